"""Edit calls in a text, by position: add arguments after the last one, or remove them."""

from __future__ import annotations

import ast
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    #: The line and the column of a called name, both counted from 1.
    Position = tuple[int, int]
    #: The name of an argument, and its value as source; None to remove it.
    Change = tuple[str, str | None]


class NewName(str):
    """Used instead of a value: the new name of an argument."""

    __slots__ = ()


class NewArgument(NewName):
    """The same, for an argument together with its value."""


class _Cut(NamedTuple):
    start: int
    end: int
    text: str


def edited(text: str, by_position: Mapping[Position, Iterable[Change]]) -> str:
    """Return a module with the calls at some positions edited.

    Raises:
        SyntaxError: the text is not valid Python.
    """
    rows = text.splitlines(keepends=True)
    offset = _offsets(rows)
    cuts: list[_Cut] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            changes = by_position.get(called(node, rows)[1], ())
            for change in _replaced(node, list(changes)):
                is_name = isinstance(change[1], NewName)
                cuts += (_renaming if is_name else _cut)(node, change, offset)
    for cut in sorted(cuts, reverse=True):
        text = text[: cut.start] + cut.text + text[cut.end :]
    return text


def with_argument(text: str, position: Position) -> tuple[str, Position] | None:
    """Return name and position of the call that has a keyword argument at a position."""
    rows = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        for one in node.keywords if isinstance(node, ast.Call) else ():
            column = _characters(rows, one.lineno, one.col_offset) + 1
            if isinstance(node, ast.Call) and (one.lineno, column) == position:
                return called(node, rows)
    return None


def called(call: ast.Call, rows: Sequence[str]) -> tuple[str, Position]:
    """Return the name that is called, and its position."""
    line, column = call.func.end_lineno or 0, call.func.end_col_offset or 0
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    return name, (line, _characters(rows, line, column - len(name.encode())) + 1)


def _replaced(call: ast.Call, changes: list[Change]) -> list[Change]:
    """Replace the only argument of a call, if it is removed, by the first new one."""
    only = call.keywords[0].arg if len(call.keywords) == 1 and not call.args else None
    new = next((each for each in changes if isinstance(each[1], str)), None)
    if only is None or new is None or isinstance(new[1], NewName) or (only, None) not in changes:
        return changes
    rest = [each for each in changes if each not in {(only, None), new}]
    return [(only, NewArgument(f"{new[0]}={new[1]}")), *rest]


def _renaming(call: ast.Call, change: Change, offset: Callable[[int, int], int]) -> list[_Cut]:
    name, value = change
    found = [one for one in call.keywords if one.arg == name]
    starts = [offset(one.lineno, one.col_offset) for one in found]
    ends = [start + len(name) for start in starts]
    if isinstance(value, NewArgument):
        ends = [offset(e.value.end_lineno or 0, e.value.end_col_offset or 0) for e in found]
    return [_Cut(start, end, value or "") for start, end in zip(starts, ends, strict=True)]


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
    """Return a function from a line and a column in UTF-8 bytes to an offset in the text."""
    starts = [0, *accumulate(map(len, rows))]
    return lambda line, column: starts[line - 1] + _characters(rows, line, column)


def _characters(rows: Sequence[str], line: int, column: int) -> int:
    row = rows[line - 1]
    return column if row.isascii() else len(row.encode()[:column].decode())
