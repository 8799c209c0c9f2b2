"""Write the page and the tests of a new provider."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.adopting.callers.examples import example_of
from trunkline_pipeline.adopting.edits.paging import paging_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.edits.added import Written
    from trunkline_pipeline.checks.contract.operations import Operation

    from .identity import Identity
    from .package import Group

    Document = Mapping[str, Any]


def write(root: Path, identity: Identity, document: Document, groups: list[Group]) -> None:
    """Write the page and the tests, and add the provider to the other pages."""
    page = root / "docs" / f"{identity.package}.md"
    page.write_text(_page(identity, document, groups), encoding="utf-8")
    _append(root / "docs" / "models.md", _models(identity))
    _replace(root / "mkdocs.yml", r"phone_ai\.md\]", f"phone_ai.md, {identity.package}.md]")
    title = identity.title.replace("\\", r"\\")
    _replace(
        root / "CHANGELOG.md",
        r"(?s)(\A.*?### Added\n\n)",
        rf"\g<1>- `{identity.client}`: {title}, with {identity.package}.md in the docs.\n",
    )
    _sandbox(root / "docs" / "sandbox.md", identity)
    if document.get("webhooks"):
        _webhooks(root / "docs" / "webhooks.md", identity)
    folder = root / "tests" / identity.package
    folder.mkdir(parents=True, exist_ok=True)
    test = folder / f"test_{identity.package}.py"
    test.write_text(_tests(identity, document, groups), encoding="utf-8")


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "\n\n" + text, encoding="utf-8")


def _replace(file: Path, pattern: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(pattern, new, text, count=1), encoding="utf-8")


def call_of(operation: Operation, written: Written, document: Document) -> str:
    """Return the call of a method with its required arguments."""
    path = [each for each in operation.fields if each.location == "path"]
    rest = [each for each in operation.fields if each.location != "path" and each.required]
    given = [example_of(each, document) for each in path]
    if operation.open_body:
        given.append("{}")
    given += [f"{each.python_name}={example_of(each, document)}" for each in rest]
    return f"{written.attribute_path}({', '.join(given)})"


def _page(identity: Identity, document: Document, groups: list[Group]) -> str:
    every = [pair for each in groups for pair in each.methods]
    first = next((pair for pair in every if pair[0].method == "get"), every[0])
    call = call_of(*first, document)
    rows = [row_of(*pair, document) for pair in every]
    anchor = re.sub(r"[^a-z0-9]+", "-", identity.title.lower()).strip("-")
    blocks = "\n".join(
        f"::: trunkline.{identity.package}._sync.{each.attribute}.{each.name}\n"
        f'    options:\n      heading: "{each.name}: {identity.variable}.{each.attribute}"\n'
        for each in groups
    )
    return f"""# {identity.title}

```python
from trunkline import {identity.client}

with {identity.client}() as {identity.variable}:  # {identity.env}_API_KEY, {identity.env}_BASE_URL
    print({identity.variable}.{call})
```

| method | operation | result |
|---|---|---|
{chr(10).join(rows)}

Every method takes `extra_body=`, `extra_query=` and `extra_headers=`; see
[what they do](pamela.md#beyond-the-contract). A POST is never repeated after a timeout or a 5xx.

## Reference

Results are described under [models](models.md#{anchor}), lists under [lists](reference.md#lists).

::: trunkline.{identity.package}.{identity.client}
    options:
      inherited_members: [with_options, close]

{blocks}"""


def row_of(operation: Operation, written: Written, document: Document) -> str:
    """Return a row of the table of methods, in the form that the contract check reads."""
    names = [f.python_name for f in operation.fields if f.location == "path"]
    names += ["fields"] if operation.open_body else []
    others = [f for f in operation.fields if f.location != "path"]
    names += [f"{f.python_name}=" for f in others if f.required]
    names += ["..."] if any(not f.required for f in others) else []
    result = re.search(r"\) -> (.*?):\n", written.method)
    shown = result[1].replace("builtins.", "").replace("AsyncPaginator", "Page") if result else ""
    if paging_of(operation, document):
        shown = shown.replace("Page[", "").rstrip("]")
        shown = f"`{shown}` one after the other"
    else:
        shown = "nothing" if shown == "None" else f"`{shown}`"
    request = f"{operation.method.upper()} {operation.path}"
    return f"| `{written.attribute_path}({', '.join(names)})` | `{request}` | {shown} |"


def _sandbox(page: Path, identity: Identity) -> None:
    key, path = f"{identity.package}_sandbox", identity.package.replace("_", "-")
    row = f"| {identity.title} | `<url>/{path}` | any; `{key}` is exported |\n"
    _replace(page, r"(\| Phone\.ai \| `<url>[^\n]*\n)", rf"\g<1>{row}")
    lines = (
        f"export {identity.env}_API_KEY={key}\n"
        f"export {identity.env}_BASE_URL=http://127.0.0.1:8700/{path}\n"
    )
    _replace(page, r"(?m)((?:^export .*\n)+)", rf"\g<1>{lines}")


def _webhooks(page: Path, identity: Identity) -> None:
    name = f"{identity.client}Webhook"
    row = f"| {identity.title} | `{name}` | as its contract says | see its reference below |\n"
    _replace(page, r"(\| Phone\.ai \| `PhoneAIWebhook`[^\n]*\n)", rf"\g<1>{row}")
    _replace(page, r"`PhoneAIEvent`", f"`PhoneAIEvent`, `{identity.client}Event`")
    block = "::: trunkline.webhooks."
    _replace(page, rf"{block}PhoneAIWebhook\n", f"{block}PhoneAIWebhook\n\n{block}{name}\n")


def _models(identity: Identity) -> str:
    begin = f"<!-- models of trunkline.{identity.package}: written by make generate -->"
    return f"## {identity.title}\n\n{begin}\n<!-- end of the models -->\n"


def _tests(identity: Identity, document: Document, groups: list[Group]) -> str:
    client = identity.client
    every = [pair for each in groups for pair in each.methods]
    cases = "\n".join(
        f'    "{operation.operation_id}": lambda api: api.{call_of(operation, written, document)},'
        for operation, written in every
    )
    return f'''"""{identity.title} against the sandbox, which answers from the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from trunkline import {client}

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.sandbox.server import Sandbox

#: One call of each operation, with what it must be given.
CALLS: dict[str, Callable[[{client}], Any]] = {{
{cases}
}}


@pytest.mark.parametrize("name", CALLS)
def test_an_operation_is_carried_out(sandbox: Sandbox, name: str) -> None:
    """The documented response comes back as a result."""
    url = sandbox.url_for("{identity.package}")
    with {client}("{identity.package}_sandbox", base_url=url) as api:
        result = CALLS[name](api)
    assert getattr(result, "deviations", ()) == ()
'''
