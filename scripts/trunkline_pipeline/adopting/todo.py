"""What an adoption leaves to a person: one list, with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, order=True)
class Todo:
    """One thing to do or to decide.

    Attributes:
        file: its file, relative to the repository.
        line: its line, 0 where the whole file is meant.
        text: what it is.
        breaking: whether callers or the wire are at stake.
    """

    file: str
    line: int
    text: str
    breaking: bool = False

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {'breaking: ' if self.breaking else ''}{self.text}"


def listed(found: Iterable[Todo]) -> Iterator[str]:
    """Yield the list, each thing once, by file and line."""
    things = sorted(set(found))
    count = f"{len(things)} thing{'s' if len(things) != 1 else ''}"
    yield f"To do, {count}:" if things else "Nothing is left to do."
    yield from (f"  {each}" for each in things)
