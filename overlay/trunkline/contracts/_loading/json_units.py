"""Read the JSON of a contract value by value, so that two versions share unchanged values.

Most of a new version has the same text as the previous one. An unchanged value is not parsed again:
it is the same object in both trees, which also makes comparing them cheaper. The offsets of each
value are kept, so that looking up a position later does not parse the other values.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

#: The depth below these members of the values that are parsed as one unit.
_DEPTHS: Final = {"paths": 1, "webhooks": 1, "components": 2}
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_COLON: Final = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_BOM: Final = "\ufeff"

Path = tuple[str, ...]


class Unit(NamedTuple):
    """A value that was parsed as one unit, and its offsets in the text."""

    start: int
    end: int
    value: Any


@dataclass(slots=True, eq=False)
class Units:
    """The units in which a text was parsed.

    Attributes:
        repeats: whether a key may occur twice in one object.
    """

    by_path: dict[Path, Unit] = field(default_factory=dict[Path, Unit])
    repeats: bool = False


def read(text: str, base: Units, base_text: str) -> tuple[dict[str, Any], Units]:
    """Return the value of a document, and its units.

    Args:
        text: the document.
        base: units of another version, whose values are reused if their text is the same.
        base_text: the text of that version.

    Raises:
        ValueError: it is not the JSON of an object; another reader reports where.
        RecursionError: it is nested too deeply.
    """
    reader = _Reader(text, base, base_text)
    try:
        value, at = reader.members(_past_space(text, text.startswith(_BOM)), ())
    except (StopIteration, IndexError) as error:
        raise ValueError from error
    if _past_space(text, at) != len(text):
        raise ValueError
    return value, reader.units


class _Reader:
    def __init__(self, text: str, base: Units, base_text: str) -> None:
        self.units = Units(repeats=base.repeats)
        self._text = text
        self._base = base.by_path
        self._base_text = base_text
        decoder: Any = json.JSONDecoder(object_pairs_hook=self._object)
        self._scan: Callable[[str, int], tuple[Any, int]] = decoder.scan_once

    def members(self, at: int, path: Path) -> tuple[dict[str, Any], int]:
        text, found = self._text, dict[str, Any]()
        at = _past_space(text, at + 1)
        while text[at] != "}":
            key, at = self._key(at)
            self.units.repeats |= key in found
            found[key], at = self._value(at, (*path, key))
            at = self._following(at)
        return found, at + 1

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self.units.repeats = True
        return found

    def _key(self, at: int) -> tuple[str, int]:
        key, end = self._scan(self._text, at)
        colon = _COLON.match(self._text, end)
        if colon is None or not isinstance(key, str):
            raise ValueError
        return key, colon.end()

    def _value(self, at: int, path: Path) -> tuple[Any, int]:
        if len(path) <= _DEPTHS.get(path[0], 0) and self._text[at] == "{":
            return self.members(at, path)
        unit = self._shared(at, path) or self._parsed(at)
        self.units.by_path[path] = unit
        return unit.value, unit.end

    def _shared(self, at: int, path: Path) -> Unit | None:
        known = self._base.get(path)
        if known is None or known.value.__class__ not in (dict, list):
            return None  # only a value that ends with a bracket cannot continue after the same text
        same = self._text.startswith(self._base_text[known.start : known.end], at)
        return known._replace(start=at, end=at + known.end - known.start) if same else None

    def _parsed(self, at: int) -> Unit:
        value, end = self._scan(self._text, at)
        return Unit(at, end, value)

    def _following(self, at: int) -> int:
        """Return the offset of the next member or of the end of the object."""
        at = _past_space(self._text, at)
        if self._text[at] == "}":
            return at
        after = _past_space(self._text, at + 1)
        if self._text[at] != "," or self._text[after] != '"':
            raise ValueError
        return after


def _past_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
