"""Marks in the programs that measure the impact analysis: they name operations and fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo

from .by_text.texts import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

_PROGRAMS: Final = "tests/contracts/impact/programs"
_MARK: Final = re.compile(r"# (?:hit|maybe): (.+)$")


def listed(root: Path, changes: Changes) -> Iterator[Todo]:
    """Yield the programs whose marks name an operation or a field that was renamed."""
    names = {old: f"{old} is now {new}" for old, new in changes.operation_ids.items()}
    for change in (field for each in changes.operations for field in each.fields):
        if change.former:
            names[change.former] = f"{change.former} is {change.became}"
    for path in sorted((root / _PROGRAMS).rglob("*.py")) if names else ():
        text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        if mentions(file, text + _siblings(path), [changes.package]):
            yield from (Todo(file, *each) for each in _marked(text, names))


def _siblings(path: Path) -> str:
    """Return the other modules of a program that has several."""
    if path.parent.parent.parent.name != "programs":
        return ""
    return "".join(each.read_text(encoding="utf-8") for each in path.parent.glob("*.py"))


def _marked(text: str, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        mark = _MARK.search(line)
        for name in (each.strip() for each in mark[1].split(",")) if mark else ():
            if name in names:
                yield number, f"a mark has the former name: {names[name]}"
