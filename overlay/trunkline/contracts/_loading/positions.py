"""Find line and column of a few values in the bytes of a document.

Parsing keeps no positions, so a comparison does not pay for them: only values that a report names
are looked up. The position of an object member is the start of its key; that of an array item is
the start of its value. A pointer to nothing yields its nearest existing container.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .pointers import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .pointers import Wanted
    from .sources import Source

Position = tuple[int, int]
_BOM: Final = b"\xef\xbb\xbf"


def find(source: Source, pointers: Iterable[str]) -> dict[str, Position]:
    """Return line and column, both from 1, for each pointer."""
    asked = list(dict.fromkeys(pointers))
    ends = {unit.start: unit.end for unit in source.units.by_path.values()}
    offsets = _offsets(source.data, source.format, wanted(asked), ends)
    nearest = {pointer: _nearest(pointer, offsets) for pointer in asked}
    found = lines_and_columns(source.data, nearest.values())
    return {pointer: found[offset] for pointer, offset in nearest.items()}


def wanted(pointers: Iterable[str]) -> Wanted:
    """Return the pointers as a tree of keys."""
    root: Wanted = {}
    for pointer in pointers:
        node = root
        for token in tokens(pointer):
            node = node.setdefault(token, {})
    return root


def offset(data: bytes, form: str, pointer: str) -> int:
    """Return the offset of a value or its nearest container; the last of repeated keys counts."""
    return _nearest(pointer, _offsets(data, form, wanted([pointer]), {}))


def _offsets(data: bytes, form: str, tree: Wanted, ends: dict[int, int]) -> dict[str, int]:
    if form == "json":
        from . import json_positions

        return json_positions.offsets(data, tree, ends)
    from .yaml import positions

    return positions.offsets(data, tree)


def _nearest(pointer: str, offsets: dict[str, int]) -> int:
    while pointer not in offsets and pointer:
        pointer = pointer.rpartition("/")[0]
    return offsets.get(pointer, 0)


def lines_and_columns(data: bytes, offsets: Iterable[int]) -> dict[int, Position]:
    """Turn byte offsets into lines and columns, in one pass however long the lines are."""
    found: dict[int, Position] = {}
    line = column = 1
    last = len(_BOM) if data.startswith(_BOM) else 0
    for offset in sorted(set(offsets)):
        ended = data.count(b"\n", last, offset)
        if ended:
            line, column = line + ended, 1
            last = data.rfind(b"\n", last, offset) + 1
        column += len(data[last:offset].decode("utf-8", "replace"))
        last = max(last, offset)
        found[offset] = line, column
    return found
