"""Line and column of a few values, found in the bytes of a document.

Parsing keeps no positions, so that a comparison pays nothing for them: only what a report names
is looked up. A member of an object is where its key begins, an item of an array where its value
does. A pointer that leads nowhere yields its nearest existing container.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .pointers import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .pointers import Wanted
    from .sources import Source

Place = tuple[int, int]


def find(source: Source, pointers: Iterable[str]) -> dict[str, Place]:
    """Return line and column, both from 1, for each pointer."""
    asked = list(dict.fromkeys(pointers))
    offsets = _offsets(source, wanted(asked))
    counter = _Lines(source.data)
    return {pointer: counter.place(_nearest(pointer, offsets)) for pointer in asked}


def wanted(pointers: Iterable[str]) -> Wanted:
    """Return the pointers as a tree of keys."""
    root: Wanted = {}
    for pointer in pointers:
        node = root
        for token in tokens(pointer):
            node = node.setdefault(token, {})
    return root


def _offsets(source: Source, tree: Wanted) -> dict[str, int]:
    if source.format == "json":
        from .json_places import offsets
    else:
        from .yaml_places import offsets
    return offsets(source.data, tree)


def _nearest(pointer: str, offsets: dict[str, int]) -> int:
    while pointer not in offsets and pointer:
        pointer = pointer.rpartition("/")[0]
    return offsets.get(pointer, 0)


class _Lines:
    """Turns byte offsets into lines and columns."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts = [0]
        position = data.find(b"\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = data.find(b"\n", position + 1)

    def place(self, offset: int) -> Place:
        from bisect import bisect_right

        line = bisect_right(self._starts, offset)
        text = self._data[self._starts[line - 1] : offset].decode("utf-8", "replace")
        return line, len(text.removeprefix("\ufeff")) + 1
