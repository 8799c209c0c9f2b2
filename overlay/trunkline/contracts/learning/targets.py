"""Actions of an Overlay 1.0 document, by the pointer of the value to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EVIDENCE", "Action", "overlay", "remove", "replaced", "unescaped", "update"]

Action = dict[str, Any]
_VERSION: Final = "1.0.0"
_PLAIN: Final = re.compile(r"[A-Za-z]+", re.ASCII)
_LISTS: Final = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
_NAMED: Final = frozenset({"schemas", "properties", "paths", "responses", "content"})
EVIDENCE: Final = {"x-evidence": ["observed"]}


def overlay(title: str, taken: Sequence[Action]) -> dict[str, Any]:
    """Return actions as an Overlay document."""
    info = {"title": title, "version": _VERSION}
    return {"overlay": _VERSION, "info": info, "actions": list(taken)}


def update(pointer: str, value: Any) -> Action:
    """Return an action that merges a value into the value at a pointer."""
    return {"target": _path(pointer), "update": value}


def remove(pointer: str) -> Action:
    """Return an action that removes the value at a pointer."""
    return {"target": _path(pointer), "remove": True}


def replaced(pointer: str, schema: Any) -> list[Action]:
    """Replace a schema: a value merged into a reference would become its sibling."""
    parent, _, key = pointer.rpartition("/")
    return [remove(pointer), update(parent, {unescaped(key): schema})]


def _path(pointer: str) -> str:
    parts = pointer.removeprefix("#").split("/")
    return "$" + "".join(map(_segment, parts, parts[1:]))


def _segment(before: str, part: str) -> str:
    """Return a part of a JSONPath; names that the document's author chose are always quoted."""
    key = unescaped(part)
    if before in _LISTS:
        return f"[{key}]"
    if before not in _NAMED and _PLAIN.fullmatch(key):
        return f".{key}"
    quoted = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


def unescaped(part: str) -> str:
    """Return a part of a JSON pointer as a key."""
    return part.replace("~1", "/").replace("~0", "~")
