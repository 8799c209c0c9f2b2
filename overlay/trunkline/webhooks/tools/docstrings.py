"""What a tool's docstring tells the agent: the tool's purpose and that of each argument."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["describe"]

_SECTION = re.compile(r"^(\w[\w ]*):\s*$")
_ARGUMENTS = frozenset({"Args", "Arguments", "Parameters"})
_ARGUMENT = re.compile(r"^(\w+)(?:\s*\([^)]*\))?:\s*(.*)$")


def describe(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """The description of a function and of its arguments.

    The description is the text before the first section; arguments are read from a section in
    Google's style (``Args:`` and indented ``name: text``).
    """
    lines = (inspect.getdoc(function) or "").splitlines()
    starts = [number for number, line in enumerate(lines) if _SECTION.match(line)]
    ends = [*starts, len(lines)]
    arguments: dict[str, str] = {}
    for start, end in zip(starts, ends[1:], strict=True):
        if lines[start].strip().rstrip(":") in _ARGUMENTS:
            arguments = _arguments(lines[start + 1 : end])
    return _joined(lines[: ends[0]]), arguments


def _arguments(lines: list[str]) -> dict[str, str]:
    indented = inspect.cleandoc("\n" + "\n".join(lines)).splitlines()
    found: dict[str, list[str]] = {}
    name = ""
    for line in indented:
        start = _ARGUMENT.match(line)
        if start:
            name = start[1]
            found[name] = [start[2]]
        elif name:
            found[name].append(line)
    return {name: _joined(text) for name, text in found.items()}


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
