"""A common form for OpenAPI 3.0 and 3.1 schemas, made only for schemas that differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object

if TYPE_CHECKING:
    from trunkline.contracts._graph.units import Component, Side

#: Keywords that say nothing about which values are valid.
NOTES: Final = frozenset(
    {
        "title",
        "description",
        "example",
        "examples",
        "externalDocs",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "$comment",
    }
)
_ANY: Final[dict[str, Any]] = {}
_NOTHING: Final[dict[str, Any]] = {"not": {}}


@dataclass(slots=True, eq=False)
class Normal:
    """A schema without its null branch and without wrappers of one member.

    Attributes:
        node: the keywords; empty if the schema is only a reference.
        pointer: their location, with the number of the file.
        ref: what it refers to, if it is only a reference.
        notes: annotations of the schema and of its wrappers, outermost first.
        nullable: whether null is allowed in addition to everything else.
    """

    node: dict[str, Any]
    pointer: str
    ref: Component | None
    notes: dict[str, Any]
    nullable: bool

    @property
    def types(self) -> frozenset[str] | None:
        """The types apart from null; None for any."""
        value = self.node.get("type")
        if isinstance(value, str):
            return frozenset() if value == "null" else frozenset({value})
        if is_array(value):
            return frozenset(item for item in value if isinstance(item, str) and item != "null")
        return None


def normal(side: Side, value: Any, pointer: str) -> Normal:
    """Return the normal form of a schema; a value that is not a schema allows everything."""
    node = value if is_object(value) else _NOTHING if value is False else _ANY
    notes: dict[str, Any] = {}
    nullable = False
    while True:
        for key in NOTES & node.keys():
            notes.setdefault(key, node[key])
        nullable = nullable or _allows_null(node)
        ref = node.get("$ref")
        if isinstance(ref, str):
            rest = _siblings(side, node)
            if not rest:
                return Normal({}, pointer, side.target(ref, pointer), notes, nullable)
            node = side.made(partial(_with_siblings, ref, rest), node, use="siblings")
        inner = _only_member(side, node, pointer)
        if inner is None:
            node, without_null = _without_null(side, node, pointer)
            return Normal(node, pointer, None, notes, nullable or without_null)
        node, pointer, without_null = inner
        nullable = nullable or without_null


def opened(side: Side, found: Normal) -> Normal:
    """Return the form of the final target of a reference, with the notes along the chain."""
    for _ in range(64):  # a longer chain is a cycle of references
        if found.ref is None:
            return found
        inner = normal(side, found.ref.node, found.ref.pointer)
        found = Normal(
            inner.node,
            inner.pointer,
            inner.ref,
            {**inner.notes, **found.notes},
            found.nullable or inner.nullable,
        )
    return Normal({}, found.pointer, None, found.notes, found.nullable)


def branches(side: Side, node: dict[str, Any], key: str, pointer: str) -> list[tuple[str, Any]]:
    """Return the members of `oneOf`, `anyOf` or `allOf` with their pointers."""
    return [
        (side.origins.get(id(item), f"{pointer}/{key}/{number}"), item)
        for number, item in enumerate(_list(node, key))
    ]


def _with(node: dict[str, Any], key: str, value: list[Any]) -> dict[str, Any]:
    return {**node, key: value}


def _with_siblings(ref: str, rest: dict[str, Any]) -> dict[str, Any]:
    return {**rest, "allOf": [{"$ref": ref}, *_list(rest, "allOf")]}


def _siblings(side: Side, node: dict[str, Any]) -> dict[str, Any]:
    if side.ignores_siblings:
        return {}
    return {
        key: value
        for key, value in node.items()
        if key != "$ref" and key not in NOTES and not key.startswith("x-")
    }


def _allows_null(node: dict[str, Any]) -> bool:
    kind = node.get("type")
    if node.get("nullable") is True or kind == "null":
        return True
    return is_array(kind) and "null" in kind


def _list(node: dict[str, Any], key: str) -> list[Any]:
    value = node.get(key)
    return value if is_array(value) else []


def _is_null(value: Any) -> bool:
    return is_object(value) and (
        value.get("type") == "null" or value.get("enum") == [None] or value.get("const", 0) is None
    )


def _only_member(
    side: Side, node: dict[str, Any], pointer: str
) -> tuple[dict[str, Any], str, bool] | None:
    """Return the only member of a schema with nothing else, and whether null was dropped."""
    keys = [key for key in node if key not in NOTES and not key.startswith("x-")]
    if keys not in (["allOf"], ["anyOf"], ["oneOf"]):
        return None
    members = branches(side, node, keys[0], pointer)
    rest = [item for item in members if keys[0] == "allOf" or not _is_null(item[1])]
    if len(rest) != 1 or not is_object(rest[0][1]):
        return None
    return rest[0][1], rest[0][0], len(rest) < len(members)


def _without_null(side: Side, node: dict[str, Any], pointer: str) -> tuple[dict[str, Any], bool]:
    found = False
    for key in ("anyOf", "oneOf"):
        members = branches(side, node, key, pointer)
        rest = [item for item in members if not _is_null(item[1])]
        if rest and len(rest) < len(members):
            side.origins.update({id(item): where for where, item in rest})
            items = [item for _, item in rest]
            node = side.made(partial(_with, node, key, items), node, use=key)
            found = True
    return node, found
