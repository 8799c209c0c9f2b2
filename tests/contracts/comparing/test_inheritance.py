from __future__ import annotations

from typing import Any

import pytest
from tests.contracts import documents

from trunkline.contracts import Direction, Level

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
BASE = {"$ref": "#/components/schemas/Base"}
MIDDLE = {"$ref": "#/components/schemas/Middle"}
Found = set[tuple[str, str, str, str]]


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def heir(*required: str, of: Any = BASE, **properties: Any) -> dict[str, Any]:
    return {"allOf": [of, obj(*required, **properties)]}


def contract(**schemas: Any) -> dict[str, Any]:
    """`GET` receives `A`, `POST` sends `B`, and `PUT` sends `C` if there is one."""
    ways = {"get": "A", "post": "B", "put": "C"}
    operations: dict[str, Any] = {}
    for method, name in ways.items():
        if name in schemas:
            content = documents.body({"$ref": f"#/components/schemas/{name}"})
            received = {"responses": {"200": {"description": "", **content}}}
            sent = {"requestBody": content, "responses": {}}
            operations[method] = received if method == "get" else sent
    return documents.document({"/a": operations}, components={"schemas": schemas})


def found(old: dict[str, Any], new: dict[str, Any]) -> Found:
    return {
        (f.rule, f.level.label, f.edit.unit.rpartition("/")[2], " ".join(f.operation_names))
        for f in documents.compare(old, new).findings
        if f.rule != "all-of-changed"
    }


OLD = contract(Base=obj(x=TEXT, y=TEXT), A=heir(a=TEXT), B=heir(b=TEXT))
MOVED = contract(Base=obj(y=TEXT), A=heir(a=TEXT, x=TEXT), B=heir(b=TEXT, x=TEXT))
NEEDED = contract(Base=obj("x", x=TEXT), A=heir(a=TEXT), B=heir(b=TEXT))
NEEDED_MOVED = contract(Base=obj(x=TEXT), A=heir("x", a=TEXT), B=heir("x", b=TEXT))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            OLD, MOVED, {("property-removed", "info", "Base", "")}, id="into all that extend it"
        ),
        pytest.param(MOVED, OLD, {("property-added", "info", "Base", "")}, id="into the base"),
        pytest.param(
            OLD,
            contract(Base=obj(y=TEXT), A=heir(a=TEXT, x=TEXT), B=heir(b=TEXT)),
            {("property-removed", "warning", "Base", "POST /a")},
            id="into one of two",
        ),
        pytest.param(
            OLD,
            contract(Base=obj(y=TEXT), A=heir(a=TEXT, x=TEXT), B=heir(b=TEXT, x=NUMBER)),
            {
                ("property-removed", "info", "Base", ""),
                ("type-changed", "breaking", "B", "POST /a"),
            },
            id="and changed on the way",
        ),
        pytest.param(
            OLD,
            contract(Base=obj(y=NUMBER), A=heir(a=TEXT, x=TEXT), B=heir(b=TEXT, x=TEXT)),
            {
                ("property-removed", "info", "Base", ""),
                ("type-changed", "breaking", "Base", "GET /a POST /a"),
            },
            id="beside an edit of the base, which is told once",
        ),
        pytest.param(
            NEEDED,
            NEEDED_MOVED,
            {("property-became-optional", "info", "Base", "")},
            id="required moved down",
        ),
        pytest.param(
            NEEDED_MOVED,
            NEEDED,
            {("property-became-required", "info", "Base", "")},
            id="required moved up",
        ),
        pytest.param(
            contract(Base=obj(x=TEXT), Middle=heir(m=TEXT), A=heir(of=MIDDLE, a=TEXT)),
            contract(Base=obj(), Middle=heir(m=TEXT), A=heir(of=MIDDLE, a=TEXT, x=TEXT)),
            {("property-removed", "info", "Base", "")},
            id="over two generations",
        ),
        pytest.param(
            contract(Base=obj(x=TEXT), A=heir(a=TEXT, other=BASE), B=heir(b=TEXT)),
            contract(Base=obj(), A=heir(a=TEXT, other=BASE, x=TEXT), B=heir(b=TEXT, x=TEXT)),
            {("property-removed", "warning", "Base", "GET /a")},
            id="while the base is a value as well",
        ),
        pytest.param(
            contract(
                Base=obj(x=TEXT, parent={"$ref": "#/components/schemas/Node"}),
                Node=obj(base=BASE),
                A=heir(a=TEXT),
            ),
            contract(
                Base=obj(parent={"$ref": "#/components/schemas/Node"}),
                Node=obj(base=BASE),
                A=heir(a=TEXT, x=TEXT),
            ),
            {("property-removed", "warning", "Base", "GET /a")},
            id="while the base reaches itself as a value",
        ),
        pytest.param(
            contract(Base=obj(x=TEXT), A=heir(a=TEXT), C=heir(c=TEXT)),
            contract(Base=obj(), A=heir(a=TEXT, n=TEXT), C=heir(c=TEXT)),
            {
                ("property-added", "info", "A", "GET /a"),
                ("property-removed", "warning", "Base", "GET /a PUT /a"),
            },
            id="removed for all that extend it",
        ),
    ],
)
def test_what_a_base_loses_counts_where_it_is_lost(
    old: dict[str, Any], new: dict[str, Any], expected: Found
) -> None:
    """A property that moves within an `allOf` is not an edit of a schema that keeps it."""
    assert found(old, new) == expected


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ({"anyOf": [TEXT, {"type": "boolean"}]}, {"anyOf": [TEXT, NUMBER]}, "any-of"),
        ({"not": {"type": "null"}}, {"not": TEXT}, "not"),
    ],
)
def test_what_cannot_be_merged_is_compared(first: Any, second: Any, kind: str) -> None:
    """Two members may each have alternatives; if one list is removed, more can be received."""
    both = {"allOf": [first, second]}
    loosened = documents.compare(documents.received(both), documents.received(first))
    tightened = documents.compare(documents.sent(first), documents.sent(both))
    assert documents.levels(loosened, f"{kind}-removed") == {Direction.RECEIVED: Level.BREAKING}
    assert documents.levels(tightened, f"{kind}-added") == {Direction.SENT: Level.BREAKING}


def test_the_order_of_members_means_nothing() -> None:
    """Equal members are matched with each other, whatever their order."""
    members = [{"pattern": "a"}, {"pattern": "b"}, {"minLength": 1}]
    old, new = (documents.sent({"allOf": order}) for order in (members, members[::-1]))
    assert not documents.compare(old, new).findings
