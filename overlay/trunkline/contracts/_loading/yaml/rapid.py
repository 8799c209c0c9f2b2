"""YAML by rapidyaml, wherever what it yields is what the core schema says.

rapidyaml writes JSON and knows neither tags nor merge keys there. It takes `True`, `~` and `0x1F`
for texts, and `inf` for `.inf`, so such values are looked for in the JSON. If they are written
alike everywhere, they are replaced; otherwise PyYAML has to read the document.
"""

from __future__ import annotations

import json
import os
import re
from bisect import bisect
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object

from .nodes import plain

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

#: A value that the core schema reads differently unless it is quoted; no key, as keys are texts.
_ODD: Final = re.compile(
    r'"(?<!\\")(True|TRUE|False|FALSE|~|Null|NULL|-?\.inf|\.nan|[-+]?0[xo0-9][0-9a-fA-F]*)"(?!:)'
)
#: How `.inf` and `.nan` may have been written; each pattern begins with fixed text, to be fast.
_NO_NUMBERS: Final = {
    ".inf": (rb"inf(?:inity)?", rb"\.(?:inf|Inf|INF)"),
    "-.inf": (rb"-inf(?:inity)?", rb"-\.(?:inf|Inf|INF)"),
    ".nan": (rb"nan", rb"\.(?:nan|NaN|NAN)"),
}
#: What stands before a plain value, and what after it, on its line.
_BEFORE: Final = re.compile(rb"(?:^|[:\-?\[,{])[ \t]*(?:[&!]\S+[ \t]+)?$")
_AFTER: Final = re.compile(rb"[ \t]*(?:[,\]}\r\n#]|\Z)")
_TAG: Final = re.compile(rb"!!?[\w<]")
_LEAD: Final = re.compile(rb"[ ]*(?:-[ ]+)*")
#: What a text in block style begins after.
_HEADER: Final = re.compile(rb"(?<=[ \t])[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n")
_ALIAS: Final = re.compile(r'"\*([^"\s*]*)')
_ALIAS_OF: Final = re.compile(rb"\*([^\s,\[\]{}]+)")
_ANCHOR: Final = re.compile(rb"&([^\s,\[\]{}]+)[ \t]*([^\r\n#]*)")
_COLLECTION: Final = re.compile(rb"[\[{*]|:(?:\s|\Z)")
#: Of a long line only so much is looked at.
_NEAR: Final = 200
#: Each is looked for in the whole document.
_MOST_WORDS: Final = 50


class _UnsureError(Exception):
    """What rapidyaml yields may not be what the document says."""


def parse(data: bytes) -> tuple[dict[str, Any]] | None:
    """Return the object in a tuple, or None where rapidyaml is missing or not to be trusted."""
    text = as_json(data)
    try:
        value: Any = None if text is None else json.loads(text)
    except (ValueError, RecursionError):
        return None
    if is_array(value) and len(value) == 1:
        value = value[0]  # a stream with `---` is written as a list of its documents
    return (value,) if is_object(value) else None


def as_json(data: bytes) -> str | None:
    """Return the document as JSON, a stream as a list, or None as `parse` does."""
    try:
        import ryml  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs] - it has none

        reader: Any = ryml
    except ImportError:
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    source = _Source(data)
    if source.has_tag() or (b"\t" in data and (b":\t" in data or b"-\t" in data)):
        return None
    try:
        with _no_messages():
            return _text(reader, data, source)
    except Exception:  # noqa: BLE001 - its errors have no class in common, and PyYAML says more
        return None


@contextmanager
def _no_messages() -> Generator[None, None, None]:
    """Keep the library from writing its errors to the standard error of the process."""
    try:
        saved = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)


def _text(reader: Any, data: bytes, source: _Source) -> str | None:
    tree = reader.parse_in_arena(data)
    text: str = reader.emit_json_malloc(tree, tree.root_id())
    if '"<<"' in text:
        return None
    names = set(_ALIAS.findall(text))
    if names - {""}:
        if _nested(data, {name.encode() for name in names}):
            return None
        tree.resolve()
        text = reader.emit_json_malloc(tree, tree.root_id())
        if names & set(_ALIAS.findall(text)) - {""}:  # a quoted text that looks like one
            return None
    if tree.is_seq(tree.root_id()) and not tree.is_stream(tree.root_id()):
        return None  # a list, which could not be told from a stream
    return _as_core_schema(text, source)


def _as_core_schema(text: str, source: _Source) -> str:
    """Return the JSON with the values that rapidyaml took for others.

    Raises:
        _UnsureError: such a value is written in several ways, or there are too many.
    """
    known: dict[str, str] = {}

    def meant(match: re.Match[str]) -> str:
        if match[1] not in known:
            if len(known) == _MOST_WORDS:
                raise _UnsureError
            known[match[1]] = source.meant(match[1], text.count(match[0]))
        return known[match[1]]

    return _ODD.sub(meant, text)


class _Source:
    """The bytes of a document, and where its texts in block style are."""

    __slots__ = ("_blocks", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._blocks: list[int] | None = None

    def has_tag(self) -> bool:
        """Whether a value has a tag, of which JSON keeps nothing."""
        return any(
            _TAG.match(self._data, at) and self._begins_value(at)
            for at in _places(self._data, b"!")
        )

    def meant(self, word: str, count: int) -> str:
        """Return the JSON of what so many texts in the output of rapidyaml stand for.

        Raises:
            _UnsureError: they are not written alike.
        """
        patterns = _NO_NUMBERS.get(word) or (re.escape(word.encode()),)
        matches = (each for pattern in patterns for each in re.finditer(pattern, self._data))
        found = [each[0].decode() for each in matches if self._is_plain(*each.span())]
        if not found:
            return json.dumps(word)  # all are quoted
        quoted = any(f"{mark}{word}{mark}".encode() in self._data for mark in "'\"")
        if len(found) != count or len(set(found)) > 1 or quoted:
            raise _UnsureError
        return json.dumps(plain(found[0]))

    def _is_plain(self, start: int, end: int) -> bool:
        return _AFTER.match(self._data, end) is not None and self._begins_value(start)

    def _begins_value(self, at: int) -> bool:
        """Whether a value begins, or a line of a text that is not in block style."""
        line = self._data.rfind(b"\n", 0, at) + 1
        before = self._data[max(line, at - _NEAR) : at]
        if before.lstrip().startswith(b"#") or not _BEFORE.search(before):
            return False
        if self._blocks is None:
            self._blocks = _blocks(self._data)
        return bisect(self._blocks, at) % 2 == 0


def _blocks(data: bytes) -> list[int]:
    """Return where each text in block style begins and ends."""
    found = [0, 0]
    for at in sorted([*_places(data, b"|"), *_places(data, b">")]):
        header = _HEADER.match(data, at) if at >= found[-1] else None
        if header is not None:
            line = data.rfind(b"\n", 0, at) + 1
            end = _not_below(_indent(data, line, at)).search(data, header.end() - 1)
            found += header.end(), end.start() + 1 if end else len(data)
    return found


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    # One byte is found far faster than any pattern.
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


@lru_cache(maxsize=64)
def _not_below(column: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n {0,%d}[^ \r\n]" % max(column, 0))


def _indent(data: bytes, line: int, at: int) -> int:
    """Return the column of the key before a place, or of the dash."""
    lead = _LEAD.match(data, line, at)
    end = lead.end() if lead else line
    return (data.rfind(b"-", line, at) if end == at else end) - line


def _nested(data: bytes, names: set[bytes]) -> bool:
    """Whether what one of these anchors names may hold an alias, so that they may multiply."""
    return any(
        match[1] in names and _may_hold_alias(data, match, names)
        for match in _ANCHOR.finditer(data)
    )


def _may_hold_alias(data: bytes, anchor: re.Match[bytes], names: set[bytes]) -> bool:
    line = data.rfind(b"\n", 0, anchor.start()) + 1
    if data[line : anchor.start()].rstrip()[-1:] not in {b":", b"-"}:
        return True  # it names a key, or the whole document
    if anchor[2]:  # a value in one line
        return _COLLECTION.search(anchor[2]) is not None
    column = max(0, _indent(data, line, anchor.start()))
    below = re.compile(rb"\n {0,%d}[^ \r\n#-]" % column)
    end = below.search(data, anchor.end())
    inner = data[anchor.end() : end.start() if end else len(data)]
    return not names.isdisjoint(_ALIAS_OF.findall(inner))
