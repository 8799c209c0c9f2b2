"""Edit calls in a text, by place: arguments are added behind the last one, or taken out."""

from __future__ import annotations

import ast
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    #: The line and the column of a called name, both counted from 1.
    Place = tuple[int, int]
    #: The name of an argument, and its value as source; None where it is taken out.
    Change = tuple[str, str | None]


class NewName(str):
    """In place of a value: the name that a given argument has now."""

    __slots__ = ()


class _Cut(NamedTuple):
    start: int
    end: int
    text: str


def edited(text: str, places: Mapping[Place, Iterable[Change]]) -> str:
    """Return a module with the calls at some places edited.

    Raises:
        SyntaxError: the text is no Python.
    """
    rows = text.splitlines(keepends=True)
    offset = _offsets(rows)
    cuts: list[_Cut] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            line, column = node.func.end_lineno or 0, node.func.end_col_offset or 0
            name = (
                node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            )
            column -= len(name.encode())
            for change in places.get((line, _characters(rows, line, column) + 1), ()):
                is_name = isinstance(change[1], NewName)
                cuts += (_renaming if is_name else _cut)(node, change, offset)
    for cut in sorted(cuts, reverse=True):
        text = text[: cut.start] + cut.text + text[cut.end :]
    return text


def _renaming(call: ast.Call, change: Change, offset: Callable[[int, int], int]) -> list[_Cut]:
    found = [(one, one.arg) for one in call.keywords if one.arg == change[0]]
    starts = [(offset(one.lineno, one.col_offset), name) for one, name in found]
    return [_Cut(start, start + len(name), change[1] or "") for start, name in starts if name]


def _cut(call: ast.Call, change: Change, offset: Callable[[int, int], int]) -> list[_Cut]:
    name, value = change
    given = next((one for one in call.keywords if one.arg == name), None)
    every = sorted([*call.args, *(one.value for one in call.keywords)], key=lambda e: e.lineno)
    ends = [offset(each.end_lineno or 0, each.end_col_offset or 0) for each in every]
    if value is None:
        if given is None:
            return []
        start = offset(given.lineno, given.col_offset)
        end = offset(given.value.end_lineno or 0, given.value.end_col_offset or 0)
        before, after = [e for e in ends if e < start], [e for e in ends if e > end]
        if before:
            return [_Cut(max(before), end, "")]
        following = [offset(one.lineno, one.col_offset) for one in call.keywords]
        following += [offset(one.lineno, one.col_offset) for one in call.args]
        return [_Cut(start, min(f for f in following if f > end) if after else end, "")]
    if given is not None or any(one.arg is None for one in call.keywords):
        return []
    if ends:
        return [_Cut(max(ends), max(ends), f", {name}={value}")]
    close = offset(call.end_lineno or 0, call.end_col_offset or 0) - 1
    return [_Cut(close, close, f"{name}={value}")]


def _offsets(rows: Sequence[str]) -> Callable[[int, int], int]:
    """Return what gives the place in a text of a line and a column in bytes of UTF-8."""
    starts = [0, *accumulate(map(len, rows))]
    return lambda line, column: starts[line - 1] + _characters(rows, line, column)


def _characters(rows: Sequence[str], line: int, column: int) -> int:
    row = rows[line - 1]
    return column if row.isascii() else len(row.encode()[:column].decode())
