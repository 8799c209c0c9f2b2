"""Find the offsets of a few values in YAML text by the indentation of its lines.

Only block style is searched; a value inside `{...}` or `[...]` gets the offset where that starts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from trunkline.contracts._loading.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts._loading.pointers import Wanted

_KEY: Final = re.compile(
    rb"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#"'\[\]{},&*!|>%@`][^\n]*?))[ ]*:(?=\s|$)"""
)
_CONTENT: Final = re.compile(rb"(?m)^([ ]*)(?![ \r\n#]|---|%)")


def offsets(data: bytes, wanted: Wanted) -> dict[str, int]:
    """Return the byte offset of each wanted pointer that exists, and of those above it."""
    found: dict[str, int] = {}
    first = _CONTENT.search(data)
    if first:
        found[""] = first.end()
        _block(data, first.start(), len(data), "", wanted, found)
    return found


@lru_cache(maxsize=64)
def _at_indent(indent: int) -> re.Pattern[bytes]:
    # A pattern that starts with a literal is much faster than `(?m)^`.
    return re.compile(b"\n" + b" " * indent + rb"(?![ \r\n#])")


def _block(
    data: bytes, start: int, end: int, pointer: str, wanted: Wanted, found: dict[str, int]
) -> None:
    """Find the wanted keys of the block whose first line starts at or after `start`."""
    first = _CONTENT.search(data, start, end)
    if first is None or not wanted:
        return
    indent = len(first[1])
    dashed = data[first.end() : first.end() + 2].rstrip() == b"-"
    for number, (begin, finish) in enumerate(
        _parts(data, first.start(), end, indent, dashed=dashed)
    ):
        if dashed:
            _item(
                data, begin, finish, indent, f"{pointer}/{number}", wanted.get(str(number)), found
            )
        else:
            _member(data, begin + indent, finish, pointer, wanted, found)


def _parts(
    data: bytes, start: int, end: int, indent: int, *, dashed: bool
) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part; the first one starts at `start`."""
    further = [
        match.start() + 1
        for match in _at_indent(indent).finditer(data, start, end)
        if dashed == (data[match.end() : match.end() + 2].rstrip() == b"-")
    ]
    yield from zip([start, *further], [*further, end], strict=True)


def _item(
    data: bytes,
    begin: int,
    end: int,
    indent: int,
    pointer: str,
    wanted: Wanted | None,
    found: dict[str, int],
) -> None:
    if wanted is None:
        return
    dash = begin + indent
    content = dash + 1
    while data[content : content + 1] == b" ":
        content += 1
    found[pointer] = content if data[content : content + 1].strip() else dash
    # The dash counts as indentation: the text after it is a separate block.
    part = data[:0] + b" " * (content - begin) + data[content:end]
    inner: dict[str, int] = {}
    _block(part, 0, len(part), pointer, wanted, inner)
    found.update({key: begin + offset for key, offset in inner.items()})


def _member(
    data: bytes, at: int, end: int, pointer: str, wanted: Wanted, found: dict[str, int]
) -> None:
    match = _KEY.match(data, at, end)
    if match is None:
        return
    key = _text(match)
    if key in wanted:
        below = f"{pointer}/{escape(key)}"
        found[below] = at
        line = data.find(b"\n", match.end(), end)
        if line >= 0:
            _block(data, line + 1, end, below, wanted[key], found)


def _text(match: re.Match[bytes]) -> str:
    double, single, plain = match.groups()
    if double is not None:
        return double.decode("utf-8", "replace").replace('\\"', '"').replace("\\\\", "\\")
    if single is not None:
        return single.decode("utf-8", "replace").replace("''", "'")
    return bytes(plain).decode("utf-8", "replace")
