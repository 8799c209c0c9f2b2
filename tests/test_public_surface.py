"""The names that users may rely on."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
from typing import Any, ClassVar

import pytest

import trunkline

PUBLIC = [
    "trunkline",
    "trunkline.errors",
    "trunkline.limits",
    "trunkline.observe",
    "trunkline.pamela",
    "trunkline.whispey",
    "trunkline.stateset_voice",
    "trunkline.phone_ai",
    "trunkline.webhooks",
]

ROOMS = ("Pamela", "PhoneAI", "StateSetVoice", "Whispey")


@pytest.mark.parametrize("name", PUBLIC)
def test_all_is_sorted_and_complete(name: str) -> None:
    """Every name in __all__ exists, once, in order."""
    module = importlib.import_module(name)
    assert list(module.__all__) == sorted(module.__all__)
    for public in module.__all__:
        assert getattr(module, public) is not None


def test_the_root_imports_nothing_heavy() -> None:
    """Importing the package loads neither httpx nor a generated package."""
    code = (
        "import sys, trunkline; heavy = {'httpx', 'attrs', 'trunkline_generated'}; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("name", PUBLIC)
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    """A misspelt name is refused as in any other module."""
    with pytest.raises(AttributeError, match=rf"'{name}' has no attribute 'Pamella'"):
        _ = importlib.import_module(name).Pamella


def test_the_root_leads_to_every_package_and_the_errors() -> None:
    """``import trunkline`` is enough for ``except trunkline.errors.RateLimitError``."""
    code = (
        "import trunkline; "
        "assert trunkline.errors.RateLimitError is trunkline.RateLimitError; "
        "print(trunkline.pamela.Pamela is trunkline.Pamela, trunkline.webhooks.__name__)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["True", "trunkline.webhooks"]
    assert set(trunkline.errors.__all__) <= set(trunkline.__all__)


def test_dir_shows_no_machinery() -> None:
    """Completion offers public names only."""
    shown = {name for name in dir(trunkline) if not name.startswith("__")}
    assert not shown & {"lazy", "TYPE_CHECKING", "annotations"}


def test_the_version_is_the_distribution_s() -> None:
    """The version is defined in one place."""
    from importlib.metadata import version

    assert trunkline.__version__ == version("trunkline")


@pytest.mark.parametrize("name", PUBLIC)
def test_dir_lists_the_public_names(name: str) -> None:
    """Completion in a shell finds the lazily imported names."""
    module = importlib.import_module(name)
    assert set(module.__all__) <= set(dir(module))


CLIENTS = [f"{backend}{name}" for backend in ("", "Async") for name in ROOMS]


@pytest.mark.parametrize("name", CLIENTS)
def test_help_shows_every_argument_of_a_client(name: str) -> None:
    """The signature has them all, and the text names each of them."""
    client = getattr(trunkline, name)
    base = client.__mro__[1]
    arguments = set(inspect.signature(client).parameters)
    assert arguments >= set(inspect.signature(base.__init__).parameters) - {"self"}
    assert "keywords" not in arguments
    for argument in arguments:
        assert re.search(rf"\b{argument}\b", inspect.getdoc(client) or ""), argument


@pytest.mark.parametrize("backend", ["", "Async"])
def test_the_keywords_are_those_of_the_clients_base(backend: str) -> None:
    """Type checkers see a client's arguments through a separate list."""
    base = getattr(trunkline, f"{backend}Pamela").__mro__[1]
    module = importlib.import_module(
        f"trunkline._engine.client._{backend.lower() or 'sync'}.client"
    )
    keywords = getattr(module, f"{backend}Keywords").__annotations__
    arguments = inspect.signature(base.__init__).parameters
    assert {"self", "api_key", "base_url", *keywords} == set(arguments)


def test_a_client_may_be_subclassed_with_any_signature() -> None:
    """The signature shown by help does not restrict subclasses."""

    class Registered:
        names: ClassVar[list[str]] = []

        def __init_subclass__(cls) -> None:
            cls.names.append(cls.__name__)

    class Anything(trunkline.Pamela):
        def __init__(self, *arguments: Any, **keywords: Any) -> None:
            super().__init__(*arguments, **keywords)

    class Tenant(trunkline.Pamela, Registered):
        def __init__(self, *, tenant: str, **keywords: Any) -> None:
            super().__init__(tenant, **keywords)

    assert Registered.names == ["Tenant"]
    assert [*inspect.signature(Tenant).parameters][:2] == ["tenant", "api_key"]
    assert "timeout" in inspect.signature(Anything).parameters
    Tenant(tenant="key").close()
