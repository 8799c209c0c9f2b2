"""Find keys that occur twice in one object: undefined in JSON, forbidden in YAML.

All parsers here keep the last one. Only this second pass sees the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.contracts.errors import ContractError
from trunkline.contracts.model import Location

from . import positions
from .pause import collector_paused
from .pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document
    from .sources import Source

_Pairs = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class RepeatedKey:
    """A key that occurs more than once in one object.

    Attributes:
        key: the key.
        ignored: the location of the occurrence before the last, which does not count.
        counted: the location of the last occurrence, which counts.
    """

    key: str
    ignored: Location
    counted: Location

    def __str__(self) -> str:
        where = f"{self.counted.document}:{self.counted.line}:{self.counted.column}"
        ignored = f"the value at line {self.ignored.line} does not count"
        return f"{where}: the key {self.key!r} occurs twice in one object: {ignored}"


def repeated_keys(document: Document) -> tuple[RepeatedKey, ...]:
    """Return the keys that occur twice in one object of a document's files, in their order.

    The documents are read again for this, unless the first reading found that there are none.
    """
    with collector_paused():
        return tuple(found for file in document.files for found in _of_file(file))


def _of_file(file: Source) -> list[RepeatedKey]:
    if file.units.by_path and not file.units.repeats:
        return []
    found = [_located(file, pointer, key) for pointer, key in _pointers(file)]
    return sorted(found, key=lambda each: (each.counted.line or 0, each.counted.column or 0))


def _located(file: Source, pointer: str, key: str) -> RepeatedKey:
    offset = positions.offset(file.data, file.format, pointer)
    before = positions.offset(file.data[:offset], file.format, pointer)
    lines = positions.lines_and_columns(file.data, (before, offset))
    ignored, counted = (Location(file.name, pointer, *lines[each]) for each in (before, offset))
    return RepeatedKey(key, ignored, counted)


def _pointers(file: Source) -> Iterator[tuple[str, str]]:
    if file.format == "json":
        yield from _in_json(file.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
        return
    from .yaml import rapid, reader

    text = rapid.as_json(file.data)
    if text is not None:
        yield from _in_json(text)
        return
    try:
        node = reader.composed(file.data.decode("utf-8-sig"), file.name)
    except (ContractError, ValueError):  # a different reader accepted it
        return
    yield from _in_nodes(node)


def _in_json(text: str) -> Iterator[tuple[str, str]]:
    objects: list[tuple[dict[str, Any], list[str]]] = []

    def made(pairs: _Pairs) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [key for key, _ in pairs]
            objects.append((found, [key for key in found if names.count(key) > 1]))
        return found

    try:
        tree = json.loads(text, object_pairs_hook=made)
    except (ValueError, RecursionError):
        return
    if objects:
        repeated = {id(found): keys for found, keys in objects}
        yield from _below(tree[0] if is_array(tree) and tree else tree, repeated)


def _below(tree: Any, repeated: dict[int, list[str]]) -> Iterator[tuple[str, str]]:
    stack: list[tuple[Any, str]] = [(tree, "")]
    while stack:
        node, pointer = stack.pop()
        if is_object(node):
            yield from ((f"{pointer}/{escape(key)}", key) for key in repeated.get(id(node), ()))
            stack += [(value, f"{pointer}/{escape(key)}") for key, value in node.items()]
        elif is_array(node):
            stack += [(value, f"{pointer}/{number}") for number, value in enumerate(node)]


def _in_nodes(root: Any) -> Iterator[tuple[str, str]]:
    """The same for PyYAML nodes; the target of an alias is searched once."""
    stack: list[tuple[Any, str]] = [(root, "")]
    seen: set[int] = set()
    while stack:
        node, pointer = stack.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if node.id == "sequence":
            stack += [(value, f"{pointer}/{number}") for number, value in enumerate(node.value)]
        elif node.id == "mapping":
            names = [str(key.value) for key, _ in node.value]
            twice = (name for name in dict.fromkeys(names) if names.count(name) > 1)
            yield from ((f"{pointer}/{escape(name)}", name) for name in twice if name != "<<")
            pairs = zip(names, node.value, strict=True)
            stack += [(value, f"{pointer}/{escape(name)}") for name, (_, value) in pairs]
