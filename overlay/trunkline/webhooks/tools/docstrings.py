"""What a tool's docstring tells the agent: the tool's purpose and that of each argument.

The three styles in use are read: Google's (``Args:`` and indented ``name: text``), NumPy's
(``Parameters`` underlined, ``name : type`` and indented text) and Sphinx's (``:param name: text``).
Only the words below begin a section, so that a sentence with a colon at its end stays a sentence.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["describe"]

_ARGUMENTS = frozenset({"Args", "Arguments", "Parameters", "Other Parameters", "Keyword Args"})
_SECTIONS = _ARGUMENTS | {
    *("Attributes", "Example", "Examples", "Note", "Notes", "Raises", "References", "Return"),
    *("Returns", "See Also", "Todo", "Warning", "Warnings", "Warns", "Yield", "Yields"),
}
_UNDERLINE = re.compile(r"-{3,}\s*$")
_SPHINX = re.compile(
    r"[:@](?:arg|argument|key|keyword|kwarg|meta|param|parameter|raise|raises|return|returns|rtype"
    r"|type|var|yield|yields)\b[^:]*:"
)
_SPHINX_ARGUMENT = re.compile(r"[:@](?:arg|argument|param|parameter)\s(?:[^:]*\s)?(\w+)\s*:\s*(.*)")
_GOOGLE_ARGUMENT = re.compile(r"(\w+)(?:\s*\(.*?\))?:(?:\s+(.*)|)$")
_NUMPY_ARGUMENT = re.compile(r"(\w+)(?:\s*:.*)?()$")


def describe(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """The description of a function and of its arguments.

    The description is the text before the first section.
    """
    lines = (inspect.getdoc(function) or "").splitlines()
    starts = [number for number in range(len(lines)) if _begins_section(lines, number)]
    ends = [*starts, len(lines)]
    arguments: dict[str, str] = {}
    for start, end in zip(starts, ends[1:], strict=True):
        arguments |= _arguments(lines[start:end])
    return _joined(lines[: ends[0]]), arguments


def _begins_section(lines: list[str], number: int) -> bool:
    line = lines[number]
    is_underlined = number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1])
    title = line.rstrip() if is_underlined else line.rstrip().removesuffix(":")
    is_title = title in _SECTIONS and (is_underlined or line.rstrip().endswith(":"))
    return bool(is_title or _SPHINX.match(line))


def _arguments(section: list[str]) -> dict[str, str]:
    """The arguments that a section describes; none for a section about something else."""
    title = section[0].rstrip().removesuffix(":")
    if title not in _ARGUMENTS:
        return _entries(section, _SPHINX_ARGUMENT)
    if len(section) > 1 and _UNDERLINE.match(section[1]):
        return _entries(section[2:], _NUMPY_ARGUMENT)
    return _entries(inspect.cleandoc("\n" + "\n".join(section[1:])).splitlines(), _GOOGLE_ARGUMENT)


def _entries(lines: Iterable[str], pattern: re.Pattern[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        start = pattern.match(line)
        if start:
            name = start[1]
            found[name] = [start[2] or ""]
        elif name:
            found[name].append(line)
    return {name: _joined(text) for name, text in found.items()}


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
