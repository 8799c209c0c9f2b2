"""Determine what references outside schemas refer to, by their location.

A `$ref` in place of a response refers to a response, whatever it looks like and whichever file it
is in. All others refer to schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._loading.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .units import Side

#: For each kind, the members that contain others: many by name, a list, or one.
_MEMBERS: Final[dict[str, dict[str, str]]] = {
    "pathItems": {"parameters": "parameters"},
    "operations": {"parameters": "parameters", "requestBody": "body", "responses": "responses"},
    "requestBodies": {"content": "media"},
    "responses": {"content": "media", "headers": "headers", "links": "links"},
    "parameters": {"content": "media", "examples": "examples"},
    "headers": {"content": "media", "examples": "examples"},
    "media": {"encoding": "encoding", "examples": "examples"},
    "encoding": {"headers": "headers"},
}
_Entry = tuple[str, Any, str]


def tell(side: Side) -> None:
    """Set the section of every promoted value, once all of them are known."""
    if not side.promoted:
        return
    stack: list[_Entry] = []
    for operation in side.operations:
        stack.append(("operations", operation.node, operation.pointer))
        stack.append(("pathItems", operation.item, operation.item_pointer))
    stack.extend((item.section, item.node, item.pointer) for item in side.components.values())
    seen: set[int] = set()
    while stack:
        kind, node, pointer = stack.pop()
        if kind == "schemas" or not is_object(node) or id(node) in seen:
            continue
        seen.add(id(node))
        ref = node.get("$ref")
        if isinstance(ref, str):
            target = side.target(ref, pointer)
            side.tell(target, kind)
            stack.append((target.section, target.node, target.pointer))
        else:
            stack.extend(_below(kind, node, pointer))


def _below(kind: str, node: dict[str, Any], pointer: str) -> Iterator[_Entry]:
    for key, inner in _MEMBERS.get(kind, {}).items():
        value = node.get(key)
        here = f"{pointer}/{key}"
        if inner == "body":
            yield "requestBodies", value, here
        elif is_array(value):
            yield from ((inner, item, f"{here}/{number}") for number, item in enumerate(value))
        elif is_object(value):
            yield from ((inner, item, f"{here}/{escape(name)}") for name, item in value.items())
