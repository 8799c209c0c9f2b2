"""Convert PyYAML nodes to plain values by the core schema of YAML 1.2.

PyYAML's own resolver follows YAML 1.1, in which `no` is false and `2024-01-01` is a date.
"""

from __future__ import annotations

import re
from typing import Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts.errors import ContractError

_MAX_NODES: Final = 3_000_000
_MAX_DIGITS: Final = 4000  # the interpreter refuses to convert longer ones
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL: Final = {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_MERGE: Final = "<<"
_STR: Final = "tag:yaml.org,2002:str"


def value_of(root: Any, source: str) -> Any:
    """Return the value of a composed document.

    Raises:
        ContractError: the stream is empty, a key is a list or an object, `<<` does not name
            objects, an alias contains itself, or aliases multiply beyond three million nodes.
    """
    if root is None:
        raise ContractError("is empty", document=source)
    return _Reader(source).read(root)


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._done: dict[int, tuple[Any, int]] = {}
        self._open: set[int] = set()

    def read(self, node: Any) -> Any:
        return self._sized(node)[0]

    def _sized(self, node: Any) -> tuple[Any, int]:
        if node.id == "scalar":
            return _scalar(node), 1
        known = self._done.get(id(node))
        if known is not None:
            return known
        if id(node) in self._open:
            raise self._error(node, "an alias contains itself")
        self._open.add(id(node))
        value, size = self._mapping(node) if node.id == "mapping" else self._sequence(node)
        self._open.discard(id(node))
        if size > _MAX_NODES:
            raise self._error(node, f"aliases multiply to more than {_MAX_NODES:,} values")
        self._done[id(node)] = value, size
        return value, size

    def _sequence(self, node: Any) -> tuple[list[Any], int]:
        parts = [self._sized(item) for item in node.value]
        return [value for value, _ in parts], 1 + sum(size for _, size in parts)

    def _mapping(self, node: Any) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        total = 1
        for key, item in node.value:
            value, size = self._sized(item)
            total += size
            if key.id != "scalar":
                raise self._error(key, "a key is a list or an object")
            if key.value == _MERGE and not key.style:
                self._merge(merged, value, item)
            else:
                found[key.value] = value
        return ({**merged, **found} if merged else found), total

    def _merge(self, merged: dict[str, Any], value: Any, node: Any) -> None:
        for source in value if is_array(value) else [value]:
            if not is_object(source):
                raise self._error(node, "`<<` takes an object or a list of objects")
            for key, item in source.items():
                merged.setdefault(key, item)

    def _error(self, node: Any, problem: str) -> ContractError:
        mark = node.start_mark
        return ContractError(
            problem, document=self._source, line=mark.line + 1, column=mark.column + 1
        )


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style or (node.tag == _STR and not _resolvable(text)):
        return text
    return plain(text)


def _resolvable(text: str) -> bool:
    # PyYAML tags words that only the core schema resolves, such as 1e5, as strings.
    return bool(_FLOAT.fullmatch(text) or _BASED.fullmatch(text))


def plain(text: str) -> Any:
    """Return the value of an unquoted scalar."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text) and len(text) < _MAX_DIGITS:
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text
