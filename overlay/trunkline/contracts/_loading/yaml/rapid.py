"""Parse YAML with rapidyaml, wherever its result agrees with the core schema.

rapidyaml writes JSON, without tags and merge keys. It reads `True`, `~` and `0x1F` as strings, and
`inf` as `.inf`, so the JSON is searched for such values. If each is written in only one way, they
are replaced; otherwise PyYAML has to parse the document.
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

#: A value that the core schema reads differently unless it is quoted; keys are always strings.
_ODD: Final = re.compile(
    r'"(?<!\\")(True|TRUE|False|FALSE|~|Null|NULL|-?\.inf|\.nan|[-+]?0[xo0-9][0-9a-fA-F]*)"(?!:)'
)
#: How `.inf` and `.nan` may have been written; each pattern starts with a literal, for speed.
_NO_NUMBERS: Final = {
    ".inf": (rb"inf(?:inity)?", rb"\.(?:inf|Inf|INF)"),
    "-.inf": (rb"-inf(?:inity)?", rb"-\.(?:inf|Inf|INF)"),
    ".nan": (rb"nan", rb"\.(?:nan|NaN|NAN)"),
}
#: The text before and after a plain value on its line.
_BEFORE: Final = re.compile(rb"(?:^|[:\-?\[,{])[ \t]*(?:[&!]\S+[ \t]+)?$")
_AFTER: Final = re.compile(rb"[ \t]*(?:[,\]}\r\n#]|\Z)")
_TAG: Final = re.compile(rb"!!?[\w<]")
_LEAD: Final = re.compile(rb"[ ]*(?:-[ ]+)*")
#: The header line of a block scalar.
_HEADER: Final = re.compile(rb"(?<=[ \t])[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n")
_ALIAS: Final = re.compile(r'"\*([^"\s*]*)')
_ALIAS_OF: Final = re.compile(rb"\*([^\s,\[\]{}]+)")
_ANCHOR: Final = re.compile(rb"&([^\s,\[\]{}]+)[ \t]*([^\r\n#]*)")
_COLLECTION: Final = re.compile(rb"[\[{*]|:(?:\s|\Z)")
#: Of a long line, only this many bytes before a value are examined.
_NEAR: Final = 200
#: At most this many words: the whole document is searched for each.
_MOST_WORDS: Final = 50


class _UnsureError(Exception):
    """The output of rapidyaml may differ from the document."""


def parse(data: bytes) -> tuple[dict[str, Any]] | None:
    """Return the object in a tuple; None if rapidyaml is missing or its result is unreliable."""
    text = as_json(data)
    try:
        value: Any = None if text is None else json.loads(text)
    except (ValueError, RecursionError):
        return None
    if is_array(value) and len(value) == 1:
        value = value[0]  # a stream with `---` is written as a list of its documents
    return (value,) if is_object(value) else None


def as_json(data: bytes) -> str | None:
    """Return the document as JSON, a stream as a list; None in the same cases as `parse`."""
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
    except Exception:  # noqa: BLE001 - its errors share no class; PyYAML gives a better message
        return None


@contextmanager
def _no_messages() -> Generator[None, None, None]:
    """Keep the library from writing its errors to the standard error of the process."""
    try:
        saved = os.dup(2)
    except OSError:  # standard error is closed
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
        if names & set(_ALIAS.findall(text)) - {""}:  # a quoted string that looks like one
            return None
    if tree.is_seq(tree.root_id()) and not tree.is_stream(tree.root_id()):
        return None  # a list, which looks the same as a stream
    return _as_core_schema(text, source)


def _as_core_schema(text: str, source: _Source) -> str:
    """Return the JSON with misread values corrected.

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
    """The bytes of a document, and the offsets of its block scalars."""

    __slots__ = ("_blocks", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._blocks: list[int] | None = None

    def has_tag(self) -> bool:
        """Whether a value has a tag, which JSON cannot represent."""
        return any(
            _TAG.match(self._data, at) and self._begins_value(at)
            for at in _offsets(self._data, b"!")
        )

    def meant(self, word: str, count: int) -> str:
        """Return the JSON of the value that a string in the output of rapidyaml represents.

        Raises:
            _UnsureError: the `count` occurrences are not all written the same way.
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
        """Whether a value starts here, or a line of a string that is not a block scalar."""
        line = self._data.rfind(b"\n", 0, at) + 1
        before = self._data[max(line, at - _NEAR) : at]
        if before.lstrip().startswith(b"#") or not _BEFORE.search(before):
            return False
        if self._blocks is None:
            self._blocks = _blocks(self._data)
        return bisect(self._blocks, at) % 2 == 0


def _blocks(data: bytes) -> list[int]:
    """Return the start and end offset of each block scalar."""
    found = [0, 0]
    for at in sorted([*_offsets(data, b"|"), *_offsets(data, b">")]):
        header = _HEADER.match(data, at) if at >= found[-1] else None
        if header is not None:
            line = data.rfind(b"\n", 0, at) + 1
            end = _not_below(_indent(data, line, at)).search(data, header.end() - 1)
            found += header.end(), end.start() + 1 if end else len(data)
    return found


def _offsets(data: bytes, mark: bytes) -> Iterator[int]:
    # Searching for one byte is far faster than a pattern.
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


@lru_cache(maxsize=64)
def _not_below(column: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n {0,%d}[^ \r\n]" % max(column, 0))


def _indent(data: bytes, line: int, at: int) -> int:
    """Return the column of the key before an offset, or of the dash."""
    lead = _LEAD.match(data, line, at)
    end = lead.end() if lead else line
    return (data.rfind(b"-", line, at) if end == at else end) - line


def _nested(data: bytes, names: set[bytes]) -> bool:
    """Whether the value of one of these anchors may contain an alias, so aliases may multiply."""
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
