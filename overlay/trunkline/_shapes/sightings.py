"""When something was seen: in how many responses, of which operations, since which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trunkline._shapes.counts import Counts

__all__ = ["Answer", "Sightings"]


class Answer:
    """What the counts need to know about the response being recorded.

    Attributes:
        number: unique among the responses of the process.
        operation: the operationId.
        day: in UTC, such as ``2026-11-28``.
        minute: since the epoch; kept in memory only.
        is_error: whether the status is an error; no text of such a response is inspected.
        is_whole: whether every item of an array is inspected, not a sample.
    """

    __slots__ = ("day", "is_error", "is_whole", "minute", "number", "operation")

    def __init__(
        self, number: int, operation: str, day: str, minute: int, *, is_error: bool, is_whole: bool
    ) -> None:
        self.number, self.operation = number, operation
        self.day, self.minute = day, minute
        self.is_error, self.is_whole = is_error, is_whole


class Sightings:
    """Counts how often something was seen."""

    __slots__ = (
        "_minute",
        "_number",
        "answers",
        "first",
        "last",
        "minutes",
        "objects",
        "operations",
    )

    def __init__(self) -> None:
        self.objects = self.answers = self.minutes = 0
        self.first = self.last = ""
        self.operations: dict[str, int] = {}
        self._number = self._minute = -1

    def add(self, answer: Answer) -> None:
        """Count an object of a response."""
        self.objects += 1
        if self._number != answer.number:
            self._number = answer.number
            self._add_answer(answer)

    def _add_answer(self, answer: Answer) -> None:
        self.answers += 1
        self.operations[answer.operation] = self.operations.get(answer.operation, 0) + 1
        self.first, self.last = self.first or answer.day, answer.day
        if self._minute != answer.minute:
            self._minute, self.minutes = answer.minute, self.minutes + 1

    def forget(self) -> None:
        """Start counting again, after the opposite was seen."""
        self.__init__()  # type: ignore[misc]  # its own

    def counts(self) -> Counts:
        """Return the counts as they are merged and written."""
        return {
            "objects": self.objects,
            "answers": self.answers,
            "minutes": "2+" if self.minutes > 1 else "1",
            "first": self.first,
            "last": self.last,
            "operations": dict(self.operations),
        }
