"""Requests that lack a query parameter that has become required are listed."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

import libcst as cst
import pytest

from trunkline_pipeline.adopting import comparing
from trunkline_pipeline.adopting.callers import finding, positional
from trunkline_pipeline.adopting.callers.by_text import doubtful
from trunkline_pipeline.adopting.edits import methods
from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, FieldChange
    from trunkline_pipeline.checks.source.facts import Facts

ASKING = """# Pamela
pamela.get("/calls")
client.get(f"{url}/api/b2b/v1/calls?limit=1")
client.request("GET", "/api/b2b/v1/calls", headers={})
pamela.get("/calls?end_date=2026-11-28")
pamela.get("/calls", params={"limit": 1, "end_date": "2026-11-28"})
pamela.get("/calls/abc")
pamela.post("/calls", json={})
list_calls.get_kwargs(limit=1)
pamela.list_calls(limit=1)
address = f"{pamela.url}/api/b2b/v1/calls"
other = f"{pamela.url}/api/b2b/v1/calls/{1}"
"""
PROGRAM = """from trunkline.pamela import Pamela

with Pamela() as client:
    for call in client.calls.list(status="queued"):
        print(call.id)
"""


@pytest.fixture
def needed(facts: Facts) -> Callable[[str], Changes]:
    """Changes that make a parameter of the list of calls required."""

    def compared(name: str) -> Changes:
        old, new = (copy.deepcopy(facts.vendor["pamela"]) for _ in range(2))
        for document, wanted in ((old, ""), (new, name)):
            for each in document["paths"]["/api/b2b/v1/calls"]["get"]["parameters"]:
                each["required"] = each.get("name") == wanted
        return comparing.compared("pamela", old, new)

    return compared


def test_requests_without_it_are_listed(
    facts: Facts, folder: Path, needed: Callable[[str], Changes]
) -> None:
    """Also requests by a wrapping client, and URLs that are stored for later.

    A client may add the common path prefix; another path, or a POST, is not listed.
    """
    found = needed("end_date")
    (operation,) = (each.old for each in found.operations if each.old)
    called = f"{operation.key[1]}.get_kwargs"
    text = ASKING.replace("list_calls.get_kwargs", called)
    (folder / "asking.py").write_text(text, encoding="utf-8")
    every = doubtful.find(facts.sources.root, facts, found, set())
    lines = {e.line for e in every if isinstance(e, Todo) and e.file.endswith("asking.py")}
    assert lines == {2, 3, 4, 9, 10, 11}


@pytest.mark.parametrize(
    ("name", "value"), [("end_date", "2100-01-01"), ("start_date", "2000-01-01")]
)
def test_an_example_value_in_a_program_is_listed(
    facts: Facts, repository: Path, needed: Callable[[str], Changes], name: str, value: str
) -> None:
    """The edit would insert an example value into a program that listed everything."""
    program = repository / "examples" / "listing.py"
    program.write_text(PROGRAM, encoding="utf-8")
    try:
        todo = finding.find(repository, facts, needed(name)).doubtful
    finally:
        program.unlink()
    asked = [each for each in todo if each.file == "examples/listing.py"]
    assert [each.line for each in asked] == [4]
    assert asked[0].text.startswith(f'is "{value}')
    assert asked[0].text.endswith(f'" the right {name} here?')
    pages = [each for each in todo if each.file.startswith("docs/") and each.text == asked[0].text]
    rows = [(repository / each.file).read_text("utf-8").splitlines() for each in pages]
    assert pages
    assert all(".list(" in row[each.line - 1] for each, row in zip(pages, rows, strict=True))


def test_what_a_call_gives_by_position_is_not_given_again(
    facts: Facts, folder: Path, needed: Callable[[str], Changes]
) -> None:
    """The vendor's own client takes positional arguments."""
    (change,) = (each for operation in needed("end_date").operations for each in operation.fields)
    calls = ('at.list_calls("", "", 0, 0, "", "")', 'at.list_calls("", "", 0)', "at.list_calls()")
    (folder / "asking.py").write_text("\n".join(calls), encoding="utf-8")
    file = (folder / "asking.py").relative_to(facts.sources.root).as_posix()
    places: dict[tuple[int, int], list[FieldChange]] = {(n, 4): [change] for n in (1, 2, 3)}
    positional.left_out(facts.sources.root, ["pamela"], {file: places})
    assert places == {(1, 4): [], (2, 4): [change], (3, 4): [change]}


@pytest.mark.parametrize(
    ("required", "sent"), [(False, '**drop_none({"search": search})'), (True, "search=search")]
)
def test_a_first_query_parameter_is_sent(facts: Facts, *, required: bool, sent: str) -> None:
    """The generated function does not accept None, so an omitted argument is omitted there too."""
    old, new = (copy.deepcopy(facts.vendor["whispey"]) for _ in range(2))
    parameter = {"name": "search", "in": "query", "schema": {"type": "string"}}
    new["paths"]["/v1/agents"]["get"]["parameters"] = [{**parameter, "required": required}]
    found = comparing.compared("whispey", old, new)
    (change,) = found.operations
    (method,) = facts.marked(("whispey", "list_agents"))
    before = cst.ensure_type(cst.parse_statement(ast.unparse(method.node)), cst.FunctionDef)
    edited = methods.followed(before, method, change, found)
    made = cst.Module([]).code_for_node(edited.function).replace("search = search", "search=search")
    assert f"list_agents.asyncio(client=self._raw_with(extra), {sent})" in made
    assert any(name == "drop_none" for _, name in edited.imports) is not required
