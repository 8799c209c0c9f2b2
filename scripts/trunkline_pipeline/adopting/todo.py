"""What an adoption leaves to a person: one list, with file and line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Todo:
    """One thing to do or to decide.

    Attributes:
        file: its file, relative to the repository.
        line: its line, 0 for the whole file.
        text: what it is.
        breaking: whether it affects callers or the wire.
    """

    file: str
    line: int
    text: str
    breaking: bool = False

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {'breaking: ' if self.breaking else ''}{self.text}"


@dataclass(frozen=True, slots=True)
class Question:
    """A remark about a method or a class; its line is only known after all edits."""

    file: str
    owner: str
    method: str
    text: str
    breaking: bool = False

    def placed(self, root: Path) -> Todo:
        """Return it with its line."""
        lines = (root / self.file).read_text(encoding="utf-8").splitlines()
        head = re.compile(rf"class {self.owner}\b")
        start = next((n for n, line in enumerate(lines) if head.match(line)), 0)
        if not self.method:
            return Todo(self.file, start + 1, self.text, self.breaking)
        found = (n + 1 for n in range(start, len(lines)) if f"def {self.method}(" in lines[n])
        return Todo(self.file, next(found, 0), self.text, self.breaking)


@dataclass(frozen=True, slots=True)
class MovableTodo:
    """A remark about a line of a file before the edits, which may move the line."""

    todo: Todo
    rows: tuple[str, ...]

    @classmethod
    def of(cls, root: Path, todo: Todo) -> MovableTodo:
        """Store the current lines of the file of a thing to do."""
        return cls(todo, tuple((root / todo.file).read_text(encoding="utf-8").splitlines()))

    def placed(self, root: Path) -> Todo:
        """Return it with its new line."""
        rows = (root / self.todo.file).read_text(encoding="utf-8").splitlines()
        index = self.todo.line - 1
        blocks = SequenceMatcher(None, self.rows, rows, autojunk=False).get_opcodes()
        for _, start, end, begin, stop in blocks:
            if start <= index < end:
                return replace(self.todo, line=min(begin + index - start, max(stop - 1, begin)) + 1)
        return self.todo


def listed(found: Iterable[Todo]) -> Iterator[str]:
    """Yield the list, each thing once, by file and line."""
    things = sorted(set(found))
    count = f"{len(things)} thing{'s' if len(things) != 1 else ''}"
    yield f"To do, {count}:" if things else "Nothing is left to do."
    yield from (f"  {each}" for each in things)
