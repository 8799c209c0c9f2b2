"""Offsets of a few values in JSON text: what is not wanted is skipped at the speed of C."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from .pointers import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from .pointers import Wanted

_SPACE: Final = re.compile(r"[ \t\r\n]*")


def offsets(data: bytes, wanted: Wanted) -> dict[str, int]:
    """Return the byte offset of each wanted pointer that exists, and of those above it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {}
    scan = _Scan(text)
    # If the document is at fault, what was found before stands.
    with suppress(ValueError, IndexError, StopIteration):
        scan.value(scan.space(1 if text.startswith("\ufeff") else 0), "", wanted)
    return scan.in_bytes()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}
        decoder: Any = json.JSONDecoder()
        self._skip: Callable[[str, int], tuple[Any, int]] = decoder.scan_once

    def space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def value(self, at: int, pointer: str, wanted: Wanted) -> int:
        self._found.setdefault(pointer, at)
        opening = self._text[at : at + 1]
        if not wanted or opening not in {"{", "["}:
            return self._skip(self._text, at)[1]
        inside = self._member if opening == "{" else self._item
        closing = "}" if opening == "{" else "]"
        at = self.space(at + 1)
        number = 0
        while self._text[at] != closing:
            at = self.space(inside(at, pointer, wanted, number))
            number += 1
            if self._text[at] == ",":
                at = self.space(at + 1)
        return at + 1

    def _member(self, at: int, pointer: str, wanted: Wanted, _number: int) -> int:
        key, end = self._skip(self._text, at)  # a key is a string
        start = self.space(self._text.index(":", end) + 1)
        if key not in wanted:
            return self._skip(self._text, start)[1]
        below = f"{pointer}/{escape(key)}"
        self._found[below] = at
        return self.value(start, below, wanted[key])

    def _item(self, at: int, pointer: str, wanted: Wanted, number: int) -> int:
        if str(number) not in wanted:
            return self._skip(self._text, at)[1]
        return self.value(at, f"{pointer}/{number}", wanted[str(number)])

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
