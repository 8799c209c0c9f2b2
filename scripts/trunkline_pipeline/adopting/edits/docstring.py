"""Edits of a docstring, line by line."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_WIDTH: Final = 100
_SECTION: Final = re.compile(r"^( *)(Args|Returns|Raises|Yields):$")


def rewritten(function: cst.FunctionDef, edit: Callable[[str], str]) -> cst.FunctionDef:
    """Return a function whose docstring, quotes included, was edited; as it is without one."""
    first = function.body.body[0] if function.body.body else None
    if not isinstance(first, cst.SimpleStatementLine) or not isinstance(first.body[0], cst.Expr):
        return function
    text = first.body[0].value
    if not isinstance(text, cst.SimpleString):
        return function
    made = first.with_changes(
        body=[first.body[0].with_changes(value=text.with_changes(value=edit(text.value)))]
    )
    return function.with_changes(
        body=function.body.with_changes(body=[made, *function.body.body[1:]])
    )


def entry(name: str, text: str, indent: str) -> list[str]:
    """Return the lines that describe an argument."""
    return textwrap.wrap(
        f"{name}: {text}",
        _WIDTH,
        initial_indent=f"{indent}    ",
        subsequent_indent=f"{indent}        ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def described(text: str, name: str, said: str, before: Collection[str] = ()) -> str:
    """Describe an argument anew, or for the first time: before the named ones, else at the end."""
    lines = text.split("\n")
    indent = _indent(lines)
    if f"{indent}Args:" not in lines:
        lines = _with_section(lines, indent)
    start = lines.index(f"{indent}Args:") + 1
    found = _entries(lines, start, indent)
    if name in found:
        first, end = found[name]
    else:
        places = [found[each][0] for each in found if each in before]
        first = end = places[0] if places else max((e for _, e in found.values()), default=start)
    lines[first:end] = entry(name, said, indent)
    return "\n".join(lines)


def operation_named(text: str, old: str, new: str) -> str:
    """Name another operation; where the line gets too long for both, below the summary."""
    made = re.sub(rf"\((operation\s+)``{re.escape(old)}``", rf"(\1``{new}``", text)
    lines = made.split("\n")
    indent = _indent(lines)
    for number, line in enumerate(lines):
        summary, mark, rest = line.partition(f" (operation ``{new}``)")
        if mark and len(line) > _WIDTH and rest in {"", "."}:
            # A line of one word may be of any length.
            lines[number] = f"{summary}.\n\n{indent}(operation\n{indent}``{new}``)"
    return "\n".join(lines)


def _indent(lines: list[str]) -> str:
    if len(lines) > 1:
        return lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())]
    return " " * 8


def _with_section(lines: list[str], indent: str) -> list[str]:
    if len(lines) == 1:
        quotes = lines[0][-3:]
        lines = [lines[0][:-3], f"{indent}{quotes}"]
    place = next((n for n, line in enumerate(lines) if _SECTION.match(line)), len(lines) - 1)
    empty = [] if lines[place - 1] == "" else [""]
    after = [""] if _SECTION.match(lines[place]) else []
    return [*lines[:place], *empty, f"{indent}Args:", *after, *lines[place:]]


def _entries(lines: list[str], start: int, indent: str) -> dict[str, tuple[int, int]]:
    """Return the first line of each entry and the one after its last."""
    found: dict[str, tuple[int, int]] = {}
    name = ""
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.startswith(f"{indent}    "):
            break
        if match := re.match(rf"{indent}    (\w+):", line):
            name = match[1]
            found[name] = (number, number + 1)
        elif name:
            found[name] = (found[name][0], number + 1)
    return found
