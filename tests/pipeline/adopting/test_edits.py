"""Edits of source leave other code unchanged, and resolve names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst
import pytest

from trunkline_pipeline.adopting import comparing
from trunkline_pipeline.adopting.callers import calls, rows
from trunkline_pipeline.adopting.changes import OperationChange
from trunkline_pipeline.adopting.edits import body, events, names, signature
from trunkline_pipeline.adopting.edits.added import method_name
from trunkline_pipeline.adopting.edits.paging import paging_of
from trunkline_pipeline.checks.contract.operations import Operation, contract_operations

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS = "trunkline_generated.acme.models"
RENAMES = {
    f"{MODELS}.call_log.CallLog": f"{MODELS}.call_record.CallRecord",
    f"{MODELS}.CallLog": f"{MODELS}.CallRecord",
}
TYPE, ALIAS = '"CallRecord"', '"x | CallRecord"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"from {MODELS}.call_log import CallLog  # kept\nx: CallLog = CallLog()\n",
            f"from {MODELS}.call_record import CallRecord  # kept\nx: CallRecord = CallRecord()\n",
        ),
        (
            f"from {MODELS} import Call, CallLog\n__all__ = ['Call', 'CallLog']\n",
            f"from {MODELS} import Call, CallRecord\n__all__ = ['Call', \"CallRecord\"]\n",
        ),
        (
            f"import trunkline_generated.acme.models as m\nm.CallLog\n# {MODELS}\n",
            f"import trunkline_generated.acme.models as m\nm.CallRecord\n# {MODELS}\n",
        ),
        (
            f"from {MODELS} import CallLog\nA: t.TypeAlias = 'x | CallLog'\ncast('CallLog', x)\n",
            f"from {MODELS} import CallRecord\nA: t.TypeAlias = {ALIAS}\ncast({TYPE}, x)\n",
        ),
        (
            f"from {MODELS} import CallLog\nA: TypeAlias = Literal['CallLog']\nf('CallLog')\n",
            f"from {MODELS} import CallRecord\nA: TypeAlias = Literal['CallLog']\nf('CallLog')\n",
        ),
        (
            f"from {MODELS}.call_log import CallLog as Log\nLog()\n",
            f"from {MODELS}.call_record import CallRecord as Log\nLog()\n",
        ),
    ],
)
def test_names_and_annotations_follow_an_import(before: str, after: str) -> None:
    """So do attributes of modules, `__all__`, and quoted types; comments are kept."""
    assert names.renamed(before, RENAMES) == after


@pytest.mark.parametrize(
    "text",
    [
        "from trunkline_generated.other.models.call_log import CallLog\nCallLog()\n",
        f"# {MODELS}\nclass CallLog: ...\nCallLog()\n",
        f"from {MODELS}.call import Call\ndef f(CallLog): return CallLog, 'CallLog'\n",
    ],
)
def test_the_same_word_with_another_meaning_stays(text: str) -> None:
    """Another package's class, the module's own class and an argument are not renamed."""
    assert names.renamed(text, RENAMES) == text


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("f(a)", ("b", "1"), "f(a, b=1)"),
        ("f()", ("b", "1"), "f(b=1)"),
        ("f(\n    a,  # why\n)", ("b", "1"), "f(\n    a, b=1,  # why\n)"),
        ("f(a, b=2)", ("b", "1"), "f(a, b=2)"),
        ("f(**a)", ("b", "1"), "f(**a)"),
        ("f(a=')', é='ü')", ("b", "1"), "f(a=')', é='ü', b=1)"),
        ("f(a, b=2, c=3)", ("b", None), "f(a, c=3)"),
        ("f(b=2, c=3)", ("b", None), "f(c=3)"),
        ("f(b=2)", ("b", None), "f()"),
        ("f(c=3)", ("b", None), "f(c=3)"),
        ("f(a, b=2, c=3)", ("b", calls.NewName("d")), "f(a, d=2, c=3)"),
        ("f(c=3)", ("b", calls.NewName("d")), "f(c=3)"),
        ("f(b=2)", [("b", None), ("c", "1")], "f(c=1)"),
        ("f(\n    b=2,\n)", [("c", "1"), ("b", None)], "f(\n    c=1,\n)"),
    ],
)
def test_calls_are_edited_in_place(before: str, change: Any, after: str) -> None:
    """An argument is appended, removed or renamed; comments are kept."""
    made = change if isinstance(change, list) else [change]
    assert calls.edited(f"{before}\n", {(1, 1): made}) == f"{after}\n"
    assert calls.edited(f"x = {before}\n", {(1, 1): made}) == f"x = {before}\n"


def function(text: str) -> cst.FunctionDef:
    return cst.ensure_type(cst.parse_module(text).body[0], cst.FunctionDef)


def code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        (
            "def f(self, *, a: int, key: str | None = None, **extra: X): ...",
            lambda f: signature.add(f, "b", "str", optional=True, own=("key",)),
            "def f(self, *, a: int, b: str | None = None, key: str | None = None, **extra: X): ...",
        ),
        (
            "def f(self, *, a: int | None = None, **extra: X): ...",
            lambda f: signature.add(f, "b", "str", optional=False),
            "def f(self, *, b: str, a: int | None = None, **extra: X): ...",
        ),
        (
            "def f(self, **extra: X): ...",
            lambda f: signature.add(f, "b", "str", optional=False),
            "def f(self, *, b: str, **extra: X): ...",
        ),
        (
            "def f(self, *, a: int | None = None): ...",
            lambda f: signature.make_required(f, "a"),
            "def f(self, *, a: int): ...",
        ),
        (
            "def f(self, *, a: int): ...",
            lambda f: signature.make_optional(f, "a"),
            "def f(self, *, a: int | None = None): ...",
        ),
    ],
)
def test_signatures_are_edited(
    before: str, edit: Callable[[cst.FunctionDef], cst.FunctionDef], after: str
) -> None:
    """Required arguments come before optional ones, and those before the method's own."""
    assert code(edit(function(before))).strip().replace(", )", ")") == after


def test_a_value_is_sent_beside_its_siblings_and_no_more() -> None:
    """It goes into the object or call that has the most of them; removing it restores both."""
    text = "def f(a, b):\n    return send(op, {'a': a}, q={'a': a, 'c': 1})\n"
    added = body.carried(function(text), ["a", "c"], "b", "b")
    assert added is not None
    assert "q={'a': a, 'c': 1, \"b\": b}" in code(added)
    assert body.uses(body.without(added, "b").body, "b") == 0
    assert body.carried(function(text), ["z"], "b", "b") is None


def test_what_may_be_none_is_dropped_from_a_generated_call() -> None:
    """Generated functions do not accept None; a required argument is passed unchanged."""
    text = "def f(self, a, b=None):\n    return get_a.asyncio(a, client=self)\n"
    for dropped, sent in ((True, '**drop_none({"b": b})'), (False, "b=b")):
        made = body.carried(function(text), [], "b", "b", ["get_a.asyncio"], dropped=dropped)
        assert made is not None
        assert f"get_a.asyncio(a, client=self, {sent})" in code(made).replace("b = b", "b=b")


HANDING = """def f(self, *, start: str | None = None, stop: str | None = None):
    query = made(text("start", start), stop)
    return self.start(query, start=start)
"""


def test_what_is_handed_on_is_read_by_its_new_name() -> None:
    """Calls that pass the value on use the new name; the former name is the last argument."""
    renamed = body.read_as(
        body.called(function(HANDING), "start", "start", "since"), "start", "since"
    )
    assert code(signature.joined_by(renamed, "start", "since")).replace(", )", ")") == (
        "def f(self, *, since: str | None = None, stop: str | None = None, "
        "start: str | None = None):\n"
        '    query = made(text("since", since), stop)\n'
        "    return self.start(query, since=since)\n"
    )


EVENT = """from trunkline.webhooks.events.base import Event

@dataclass(frozen=True)
class Ended(Event): ...

class Begun(Event): ...
"""


def test_classes_of_removed_webhooks_are_marked_once() -> None:
    """The decorator is imported, and classes of other webhooks do not get it."""
    made = events.marked(EVENT, ["Ended"])
    assert "import removed_webhook\n" in made
    assert "\n@removed_webhook\n@dataclass(frozen=True)\nclass Ended" in made
    assert made.count("@removed_webhook") == 1
    assert events.marked(made, ["Ended"]) == made


PAGE = """| `calls.get(id)` | `GET /calls/{id}` | `Call` |
| `calls.end(id)` | `POST /v1/calls/{id}/end` | nothing |
| `notes.end(id)` | `POST /notes/{id}/end` | nothing |
"""
PATHS: dict[str, Any] = {
    "/v1/calls/{id}": {"get": {}},
    "/v1/calls/{id}/end": {"post": {}},
    "/v1/notes/{id}/end": {"post": {}},
}


def test_rows_follow_operations_that_move_or_go() -> None:
    """A row still omits the same part of the path; rows of other operations are unchanged."""
    read, end = operation("get", "/v1/calls/{id}"), operation("end", "/v1/calls/{id}/end", "post")
    moved = OperationChange(read, operation("get", "/v1/records/{id}"))
    page = rows.followed(PAGE, moved, PATHS)
    assert page == PAGE.replace("GET /calls", "GET /records")
    page = rows.followed(PAGE, OperationChange(end, None), PATHS)
    assert page.splitlines() == [PAGE.splitlines()[0], PAGE.splitlines()[2]]


def test_rows_follow_arguments() -> None:
    """A renamed argument is renamed only in its operation's row."""
    text = "| `calls.list(start=, restart=)` | `GET /a` |\n| `notes.list(start=)` | `GET /b` |\n"
    found = comparing.compared("acme", listed_by("start"), listed_by("begin"))
    page = rows.followed(text, found.operations[0], found.old["paths"])
    assert page == text.replace("(start=", "(begin=", 1)


def operation(name: str, path: str = "/v1/call-logs/{call_sid}", method: str = "get") -> Operation:
    return Operation(("acme", name), name, method, path, (), "", open_body=False, definition={})


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (operation("get_call_log"), "get"),
        (operation("get_call_log_v1_call_logs__call_sid__get"), "get"),
        (operation("CallLogsController_findOne"), "find_one"),
        (operation("listCallLogs"), "list"),
        (operation("call_logs"), "call_logs"),
    ],
)
def test_methods_are_named_by_what_their_resource_does_not_say(
    made: Operation, wanted: str
) -> None:
    """FastAPI's appended path and NestJS's controller are left out."""
    assert method_name(made, "call_logs", set()) == wanted


def test_a_taken_name_is_made_longer() -> None:
    """Two operations of one resource get different methods."""
    assert method_name(operation("get_call_log"), "call_logs", {"get"}) == "get_call_log"


def listing(position: str, members: dict[str, Any]) -> dict[str, Any]:
    page = {"type": "object", "properties": members}
    schema = {"$ref": "#/components/schemas/Page"}
    return {
        "paths": {
            "/a": {
                "get": {
                    "operationId": "list_a",
                    "parameters": [{"name": position, "in": "query", "schema": {"type": "string"}}],
                    "responses": {"200": {"content": {"application/json": {"schema": schema}}}},
                }
            }
        },
        "components": {"schemas": {"Page": page, "A": {"type": "object"}}},
    }


ITEMS = {"items": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}}


@pytest.mark.parametrize(
    ("position", "members", "wanted"),
    [
        ("offset", {"total": {}}, ("offset", {"total": "total"})),
        ("pageToken", {"nextPageToken": {}}, ("page_token", {"next_cursor": "nextPageToken"})),
        (
            "cursor",
            {"next_cursor": {}, "hasMore": {}},
            ("cursor", {"has_more": "hasMore", "next_cursor": "next_cursor"}),
        ),
        ("cursor", {}, None),
        ("search", {"next": {}}, None),
    ],
)
def test_paging_is_recognised(
    position: str, members: dict[str, Any], wanted: tuple[str, dict[str, str]] | None
) -> None:
    """A list needs a position in its request and, for cursors, the next cursor in its response."""
    document = listing(position, {**ITEMS, **members})
    (found,) = contract_operations("acme", document)
    paging = paging_of(found, document)
    assert (paging and (paging.position, paging.facts)) == wanted


def listed_by(*names: str) -> dict[str, Any]:
    document = listing("cursor", {})
    fields: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "query",
            "schema": {"type": "string"},
            **({"description": d} if d else {}),
        }
        for name, _, d in (each.partition("=") for each in names)
    ]
    document["paths"]["/a"]["get"]["parameters"] = fields
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, **document}


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("agent_id status", "status agentId", ["renamed agent_id agentId"]),
        ("stream status", "media status", ["renamed stream media"]),
        ("stream status", "status media", ["removed stream", "added media"]),
        ("a status=State.", "b call_status=State.", ["renamed a b", "renamed status call_status"]),
        (
            "a status=State.",
            "b media=Media.",
            ["removed a", "removed status", "added b", "added media"],
        ),
        ("a_id stream status", "aId media status", ["renamed a_id aId", "renamed stream media"]),
    ],
)
def test_renamed_parameters_are_told_from_others(
    before: str, after: str, wanted: list[str]
) -> None:
    """Similar names or descriptions match; others only as the sole pair in one position."""
    found = comparing.compared("acme", listed_by(*before.split()), listed_by(*after.split()))
    (operation,) = found.operations
    assert [
        " ".join(filter(None, [each.kind, each.old and each.old.name, each.field.name]))
        for each in operation.fields
    ] == wanted
