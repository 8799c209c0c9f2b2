"""Messages about a change: for callers in the changelog, for a person in the list."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from trunkline_pipeline.adopting import changelog, comparing
from trunkline_pipeline.adopting.callers import marks
from trunkline_pipeline.adopting.callers.by_text import imported, sentences, status, texts, values
from trunkline_pipeline.adopting.changes import FieldChange, Kind, OperationChange
from trunkline_pipeline.adopting.edits import required
from trunkline_pipeline.adopting.todo import MovableTodo, Todo
from trunkline_pipeline.checks.contract.operations import Field, contract_operations
from trunkline_pipeline.checks.source.methods import Method
from trunkline_pipeline.checks.source.modules import Sources

if TYPE_CHECKING:
    from pathlib import Path


def listing(name: str) -> dict[str, Any]:
    """A document with one operation that has a query parameter."""
    field = {"name": name, "in": "query", "schema": {"type": "string"}}
    operation = {"operationId": "list_a", "parameters": [field], "responses": {}}
    info = {"title": "A", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {"/a": {"get": operation}}}


def test_an_argument_that_keeps_its_name_is_not_said_to_warn(tmp_path: Path) -> None:
    """Only the wire name changes."""
    page = tmp_path / "CHANGELOG.md"
    page.write_text("# Changes\n\n## Unreleased\n\n", encoding="utf-8")
    found = comparing.compared("acme", listing("end_date"), listing("endDate"))
    changelog.follow(tmp_path, found, [])
    said = "- `list_a` sends `end_date` as the API calls it now; the argument stays.\n"
    assert page.read_text(encoding="utf-8").endswith(f"### Changed\n\n{said}\n")


def test_only_an_exported_model_is_said_to_be_called_otherwise(tmp_path: Path) -> None:
    """Callers cannot import the others, such as models of bodies, so nothing can warn."""
    page = tmp_path / "CHANGELOG.md"
    page.write_text("# Changes\n\n## Unreleased\n\n", encoding="utf-8")
    package = tmp_path / "overlay" / "trunkline" / "acme" / "__init__.py"
    package.parent.mkdir(parents=True)
    package.write_text('_MODELS = "acme"\n__all__ = [\n    "Call",\n]\n', encoding="utf-8")
    found = comparing.compared("acme", listing("a"), listing("a"))
    schemas = {"Call": "CallDto", "CallBody": "CallBodyDto"}
    changelog.follow(tmp_path, replace(found, schemas=schemas), [])
    said = "- `Call` is now called `CallDto`; the old name warns.\n"
    assert page.read_text(encoding="utf-8").endswith(f"### Changed\n\n{said}\n")


@pytest.mark.parametrize(
    ("after", "line"),
    [
        ("a\nb\nc\nd\n", 3),
        ("new\na\nb\nc\nd\n", 4),
        ("a\nb\nchanged\nd\n", 3),
        ("a\nb\nd\n", 3),
        ("a\nin\none\nd\n", 3),
        ("a\none\nd\n", 2),
    ],
)
def test_a_line_is_found_after_the_edits(tmp_path: Path, after: str, line: int) -> None:
    """Lines before it may have been added or removed; an edited line is its replacement."""
    (tmp_path / "a.py").write_text("a\nb\nc\nd\n", encoding="utf-8")
    spot = MovableTodo.of(tmp_path, Todo("a.py", 3, "look"))
    (tmp_path / "a.py").write_text(after, encoding="utf-8")
    assert spot.placed(tmp_path) == Todo("a.py", line, "look")


def test_a_table_of_all_path_parameters_is_listed_for_a_new_one(tmp_path: Path) -> None:
    """At the last of them; a file that lacks another one is not listed."""
    old = listing("status")
    for name in ("a_id", "b_id", "c_id"):
        old["paths"][f"/{name}/{{{name}}}"] = {"get": {"operationId": name, "responses": {}}}
    key = {"get": {"operationId": "get_key", "responses": {}}}
    new = {**old, "paths": {**old["paths"], "/keys/{key_id}": key}}
    (tmp_path / "tests").mkdir()
    text = 'MAKERS = {\n    "a_id": 1,\n    "c_id": 2,\n}\n'
    (tmp_path / "tests" / "some.py").write_text(text, encoding="utf-8")
    (tmp_path / "tests" / "every.py").write_text(f'B = "b_id"\n{text}', encoding="utf-8")
    found = [str(each) for each in texts.tables(tmp_path, comparing.compared("acme", old, new))]
    assert found == ["tests/every.py:4: names every path parameter but key_id: add it"]


def test_a_page_with_all_operations_is_listed_for_a_new_one(tmp_path: Path) -> None:
    """A page with all ids as code is listed at the last row."""
    old = listing("status")
    for name in ("get_a", "get_b"):
        old["paths"][f"/{name}"] = {"get": {"operationId": name, "responses": {}}}
    new = {**old, "paths": {**old["paths"], "/c": {"get": {"operationId": "c", "responses": {}}}}}
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "acme.md").write_text("`list_a`\n`get_a`, `get_b`\n", encoding="utf-8")
    (tmp_path / "docs" / "part.md").write_text("`list_a`\n`get_a`, get_b\n", encoding="utf-8")
    found = [str(each) for each in texts.tables(tmp_path, comparing.compared("acme", old, new))]
    assert found == ["docs/acme.md:2: names every operation but GET /c: add it"]


def test_pages_that_call_a_published_contract_reconstructed_are_listed(tmp_path: Path) -> None:
    """On its own page, and in lines about it or about all contracts."""
    (tmp_path / "docs").mkdir()
    pages = {
        "README.md": "Acme is reconstructed.\nOther is reconstructed.\n",
        "docs/check.md": "Every contract is *reconstructed*.\nA reconstructed contract fails.\n",
        "docs/acme_voice.md": "Calls.\nThe contract is reconstructed.\n",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = [(each.file, each.line) for each in status.listed(tmp_path, "acme_voice")]
    assert found == [("README.md", 1), ("docs/acme_voice.md", 2), ("docs/check.md", 1)]


def test_a_call_of_what_is_gone_is_listed_in_sentences(tmp_path: Path) -> None:
    """Rows of operations are not listed, since they are removed."""
    page = tmp_path / "page.md"
    rows = "`calls.end(id)` ends it.\n| `calls.end(id)` | `POST /end` |\n| `end_call(id)` | it |\n"
    page.write_text(f"{rows}`calls.extend(id)`, `end`\n", encoding="utf-8")
    (old,) = contract_operations("acme", listing("status"))
    wanted = [(OperationChange(old, None, ()), {"calls.end", "end_call.get_kwargs"})]
    found = [(each.line, each.text) for each in sentences.listed(tmp_path, [page], wanted)]
    assert found == [(1, "calls.end is called here: GET /a is gone")]


CALLER = """from trunkline.acme import Call, Format
from trunkline.other import Format
from trunkline_generated.acme.api.calls import get_call, list_calls
from trunkline_generated.acme.models import Call
from trunkline_generated.acme.models.format_ import Format
from trunkline_generated.acme_too.models.format_ import Format
"""


def test_imports_that_lead_nowhere_are_listed(tmp_path: Path) -> None:
    """Names that the package no longer exports, and modules and names no longer generated."""
    for name in ("api/calls/get_call.py", "api/calls/__init__.py", "models/call.py"):
        file = tmp_path / "generated" / "trunkline_generated" / "acme" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (file.parent / "__init__.py").write_text("from .call import Call\n", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "calling.py").write_text(CALLER, encoding="utf-8")
    found = list(imported.listed(tmp_path, "acme", {"trunkline.acme": ["Format"]}))
    home = "trunkline_generated.acme"
    assert [(each.line, each.text) for each in found] == [
        (1, "imports what is gone: trunkline.acme.Format"),
        (3, f"imports what is gone: {home}.api.calls.list_calls"),
        (5, f"imports what is gone: {home}.models.format_.Format"),
    ]


HELPERS = """def plain(x: str) -> str: ...
def hidden(x: str | None) -> str | None: ...
"""
METHODS = """from ._helpers import hidden, plain
class AsyncA:
    async def list(self, a, b, c, d):
        return send(hidden(a), plain(b), hidden(c), d=d)
"""


def test_what_may_be_none_although_it_must_be_sent_is_listed(tmp_path: Path) -> None:
    """Listed if its converter can return None; plain and optional arguments are not listed."""
    package = tmp_path / "overlay" / "trunkline" / "acme"
    package.mkdir(parents=True)
    (package / "_helpers.py").write_text(HELPERS, encoding="utf-8")
    (package / "lists.py").write_text(METHODS, encoding="utf-8")
    sources = Sources(tmp_path)
    module = sources.module("trunkline.acme.lists")
    assert module is not None
    node = next(each for each in ast.walk(module.tree) if isinstance(each, ast.AsyncFunctionDef))
    method = Method(module, "AsyncA", node, None, {})
    fields = [Field(each, "query", required=True, schema={}) for each in "abd"]
    change = OperationChange(None, None, tuple(FieldChange(Kind.REQUIRED, e) for e in fields))
    assert list(required.may_be_none(sources, method, change)) == [
        "query a is required, and hidden returns str | None"
    ]


IS_FIVE = "query a is 5 here: it is no longer accepted"


@pytest.mark.parametrize(
    ("old", "new", "given", "said"),
    [
        ({"enum": ["csv", "json"]}, {}, "'xlsx'", "query a is 'xlsx' here: it is now accepted"),
        ({"enum": ["csv", "json"]}, {}, "'csv'", ""),
        ({}, {"enum": ["csv"]}, "'xlsx'", "query a is 'xlsx' here: it is no longer accepted"),
        ({}, {"pattern": r"^\p{L}"}, "'xlsx'", ""),
        ({}, {"pattern": "^c"}, "'xlsx'", "query a is 'xlsx' here: it is no longer accepted"),
        ({"type": "integer"}, {}, "5", IS_FIVE),
        ({"type": "integer"}, {"type": ["integer", "null"]}, "5", ""),
        ({"type": "integer"}, {"type": "integer", "maximum": 4}, "4", ""),
        ({"type": "integer"}, {"type": "integer", "maximum": 4}, "5", IS_FIVE),
        ({"type": "integer"}, {}, "number", ""),
        ({"type": "integer"}, {}, "None", ""),
    ],
)
def test_a_value_is_listed_where_it_is_refused_on_one_side(
    old: dict[str, Any], new: dict[str, Any], given: str, said: str
) -> None:
    """A value accepted on both sides, or refused on both, is not listed."""
    before, after = (Field("a", "query", {"type": "string", **each}) for each in (old, new))
    change = FieldChange(Kind.OTHER, after, before)
    assert values.told(ast.parse(given, mode="eval").body, change) == said


@pytest.mark.parametrize(("given", "listed"), [("None", True), ("x", True), ("y", False)])
def test_none_is_listed_where_something_must_be_given(given: str, *, listed: bool) -> None:
    """As a literal, or as a name that a function of the module declares as optional."""
    code = ast.parse("def f(x: str | None, y: str, z): ...")
    change = FieldChange(Kind.REQUIRED, Field("a", "query", {}, required=True))
    value = ast.parse(given, mode="eval").body
    said = values.told(value, change, values.optional(ast.walk(code)))
    assert said == ("query a may be None here: it is required" if listed else "")


def test_programs_in_texts_are_listed_in_files_about_the_package(tmp_path: Path) -> None:
    """Methods of other packages have the same names."""
    (tmp_path / "tests").mkdir()
    for client in ("acme", "other"):
        text = f'PROGRAM = """\nfrom trunkline import {client}\n{client}.calls.create(to=1)\n"""\n'
        (tmp_path / "tests" / f"test_{client}.py").write_text(text, encoding="utf-8")
    change = FieldChange(Kind.REQUIRED, Field("secret", "json", {}, required=True))
    found = texts.programs(tmp_path, "acme", [(change, {"create"})])
    said = "a text calls create: json secret is required"
    assert [str(each) for each in found] == [f"tests/test_acme.py:1: {said}"]


def test_marks_of_programs_are_listed(tmp_path: Path) -> None:
    """Marks name the change that breaks a line, with the contract's former name."""
    folder = tmp_path / "tests" / "contracts" / "impact" / "programs"
    folder.mkdir(parents=True)
    code = "from acme import a\na()  # hit: list_b, agent\na()  # maybe: list_a, limit\n"
    (folder / "ours.py").write_text(code, encoding="utf-8")
    (folder / "other.py").write_text(code.replace("acme", "other"), encoding="utf-8")
    new = listing("agent_id")
    new["paths"]["/a"]["get"]["operationId"] = "AController_list"
    found = marks.listed(tmp_path, comparing.compared("acme", listing("agent"), new))
    assert [str(each).partition("programs/")[2] for each in found] == [
        "ours.py:2: a mark has the former name: agent is now agent_id",
        "ours.py:3: a mark has the former name: list_a is now AController_list",
    ]
