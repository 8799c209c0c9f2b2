"""The package itself: its exports, its light imports, and that its two backends agree."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import pytest

import trunkline.pamela
from trunkline import Pamela, pamela
from trunkline._engine.client._async.client import AsyncAPIClient, AsyncKeywords
from trunkline.pamela import AsyncPamela
from trunkline.pamela._provider import PROVIDER

RESOURCES = ("calls", "tools", "usage", "api_keys", "subscription")


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    """The package loads neither httpx nor attrs, and one backend's client not the other's."""
    light = loaded_after("import trunkline.pamela")
    assert not {"httpx", "attrs", "attr", "trunkline_generated", "dateutil"} & light
    one = loaded_after("from trunkline.pamela import Pamela")
    assert "trunkline.pamela._async.client" not in one
    assert not {"trunkline.webhooks", "trunkline.pamela.compat"} & one


def test_billing_needs_no_http() -> None:
    """The billing functions load no client."""
    assert "httpx" not in loaded_after("from trunkline.pamela import billed_minutes")


def test_every_public_name_exists() -> None:
    """Every listed name can be imported, and any other is an AttributeError."""
    assert set(pamela.__all__) <= set(dir(trunkline.pamela))
    for name in pamela.__all__:
        assert getattr(pamela, name).__name__ == name
    with pytest.raises(AttributeError, match="PamelaKlient"):
        _ = pamela.PamelaKlient  # type: ignore[attr-defined]  # what is tested


def clients() -> tuple[Pamela, AsyncPamela]:
    return Pamela("k", user_token="t"), AsyncPamela("k", user_token="t")


def public(thing: object) -> dict[str, Any]:
    names = [name for name in dir(thing) if not name.startswith("_")]
    return {name: getattr(thing, name) for name in names}


@pytest.mark.parametrize("resource", RESOURCES)
def test_sync_and_async_have_the_same_methods(resource: str) -> None:
    """Names and parameters of each resource are the same, sync and async."""
    sync, asynchronous = (public(getattr(client, resource)) for client in clients())
    assert sync.keys() == asynchronous.keys()
    for name in sync.keys() - {"with_raw_response"}:
        parameters = [
            [(p.name, p.kind, p.default) for p in inspect.signature(method).parameters.values()]
            for method in (sync[name], asynchronous[name])
        ]
        assert parameters[0] == parameters[1]


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_operation_has_its_raw_form(resource: str) -> None:
    """Every operation also has a method that returns the raw response."""
    for client in clients():
        found = getattr(client, resource)
        operations = {n for n, method in public(found).items() if hasattr(method, "__operation__")}
        assert operations <= set(vars(found.with_raw_response))


def test_the_keywords_are_those_of_the_base() -> None:
    """The client passes on every argument that the clients' common base accepts."""
    base = set(inspect.signature(AsyncAPIClient.__init__).parameters)
    assert base - {"self", "api_key", "base_url"} == set(AsyncKeywords.__annotations__)


def test_the_partner_operations_are_those_of_the_contract() -> None:
    """Exactly the operations that the contract assigns to users take the user's token."""
    import json
    from importlib.resources import files

    document = json.loads((files("trunkline_generated.pamela") / "openapi.json").read_text("utf-8"))
    wanted = {
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
        if {"userToken": []} in operation.get("security", [])
    }
    assert wanted == PROVIDER.user_token_operations
