"""Each resource's raw form, derived into `_async/resources/`."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from trunkline_pipeline import toolchain
from trunkline_pipeline.checks.probe.clients import connected
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.generation import raw_resources

if TYPE_CHECKING:
    from pathlib import Path

RUFF = toolchain.Ruff.pinned("0.17.5")
SOURCE = '''
class AsyncThings(AsyncAPIResource["Client"]):
    """Things."""

    @property
    def size(self) -> int: ...
    async def get(self) -> int: ...
    def list(self) -> int: ...
    def _private(self) -> int: ...

class Other: ...
'''


def resources(client: object) -> dict[str, Any]:
    public = (name for name in dir(type(client)) if not name.startswith("_"))
    found = {name: getattr(client, name) for name in public}
    return {name: each for name, each in found.items() if hasattr(each, "with_raw_response")}


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_every_public_method_of_a_resource_has_a_raw_form(mode: str) -> None:
    """So do helpers that send several requests, such as `wait`, with the same signature."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={}))
    count = 0
    for package in ("pamela", "phone_ai", "stateset_voice", "whispey"):
        for resource in resources(connected(package, f"_{mode}", transport)).values():
            raw = resource.with_raw_response
            for name, method in inspect.getmembers(resource, inspect.ismethod):
                if not name.startswith("_"):
                    assert inspect.signature(getattr(raw, name)) == inspect.signature(method)
                    count += 1
    assert count >= 40


def test_the_derived_module_names_public_methods_only(tmp_path: Path) -> None:
    """No property, no private method, and no class that is not a resource."""
    source = tmp_path / "shop" / "_async"
    source.mkdir(parents=True)
    (source / "things.py").write_text(SOURCE)
    (source / "client.py").write_text("class AsyncShop: ...\n")
    rendered = raw_resources.render(tmp_path, RUFF)
    folder = "shop/_async/resources"
    assert rendered.keys() == {f"{folder}/__init__.py", f"{folder}/things.py"}
    text = rendered[f"{folder}/things.py"].decode()
    assert text.startswith(
        "# Derived from shop/_async/things.py by `make generate`; do not edit.\n"
    )
    assert [line.strip() for line in text.splitlines() if "async_raw(" in line] == [
        "self.get = async_raw(resource.get)",
        "self.list = async_raw(resource.list)",
    ]
    assert "class AsyncThings(things.AsyncThings):" in text
    assert "Other" not in text


def test_a_module_that_is_not_python_is_named(tmp_path: Path) -> None:
    """The message has the path of the file."""
    folder = tmp_path / "shop" / "_async"
    folder.mkdir(parents=True)
    (folder / "things.py").write_text("class (")
    with pytest.raises(PipelineError, match=r"shop/_async/things\.py"):
        raw_resources.render(tmp_path, RUFF)
