"""Find the offsets of a few values in JSON text; all others are skipped by the C scanner."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from .pointers import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .pointers import Wanted

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_COLON: Final = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_COMMA: Final = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")


def offsets(data: bytes, wanted: Wanted, ends: Mapping[int, int]) -> dict[str, int]:
    """Return the byte offset of each wanted pointer that exists, and of those above it.

    Args:
        data: the JSON.
        wanted: the pointers as a tree of keys.
        ends: the known end offsets of values by their start offsets, in characters.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {}
    scan = _Scan(text, ends)
    # If the document is invalid, the offsets found so far are kept.
    with suppress(ValueError, IndexError, StopIteration):
        scan.value(past(_SPACE, text, 1 if text.startswith("\ufeff") else 0), "", wanted)
    return scan.in_bytes()


def past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the offset after a match of a pattern."""
    match = pattern.match(text, at)
    if match is None:
        raise ValueError
    return match.end()


class _Scan:
    def __init__(self, text: str, ends: Mapping[int, int]) -> None:
        self._text = text
        self._ends = ends
        self._found: dict[str, int] = {}
        decoder: Any = json.JSONDecoder()
        self._skip: Callable[[str, int], tuple[Any, int]] = decoder.scan_once

    def value(self, at: int, pointer: str, wanted: Wanted) -> int:
        self._found.setdefault(pointer, at)
        opening = self._text[at : at + 1]
        if not wanted or opening not in {"{", "["}:
            return self._past(at)
        inside = self._member if opening == "{" else self._item
        closing = "}" if opening == "{" else "]"
        at = past(_SPACE, self._text, at + 1)
        number = 0
        while self._text[at] != closing:
            at = past(_COMMA, self._text, inside(at, pointer, wanted, number))
            number += 1
        return at + 1

    def _member(self, at: int, pointer: str, wanted: Wanted, _number: int) -> int:
        key, end = self._skip(self._text, at)  # a key is a string
        start = past(_COLON, self._text, end)
        if key not in wanted:
            return self._past(start)
        below = f"{pointer}/{escape(key)}"
        self._found[below] = at
        return self.value(start, below, wanted[key])

    def _item(self, at: int, pointer: str, wanted: Wanted, number: int) -> int:
        if str(number) not in wanted:
            return self._past(at)
        return self.value(at, f"{pointer}/{number}", wanted[str(number)])

    def _past(self, at: int) -> int:
        end = self._ends.get(at)
        return self._skip(self._text, at)[1] if end is None else end

    def in_bytes(self) -> dict[str, int]:
        if self._text.isascii():
            return self._found
        found: dict[str, int] = {}
        total = last = 0
        for pointer, at in sorted(self._found.items(), key=lambda item: item[1]):
            total += len(self._text[last:at].encode())
            last = at
            found[pointer] = total
        return found
