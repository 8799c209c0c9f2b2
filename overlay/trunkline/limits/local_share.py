"""What one process may send while Redis is unavailable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LocalShare"]


class LocalShare:
    """A process's own share of each budget, evenly spaced; the caller holds the lock.

    The first slot is one interval after the last one known to be assigned: the processes of a
    fleet lose Redis at the same time, and must not all start at once.

    Args:
        intervals: the seconds between two requests, for each budget.
        given: the time of the last slot known to be assigned, for each budget.
    """

    def __init__(self, intervals: Sequence[float], given: Sequence[float]) -> None:
        self._intervals, self.given = intervals, list(given)
        self._paused_until = 0.0

    def reserve(self, now: float, within: float) -> float:
        """Return the seconds until a request may start; take the slot only if below ``within``."""
        free = (last + each for last, each in zip(self.given, self._intervals, strict=True))
        moment = max(now, self._paused_until, *free)
        if moment - now < within:
            self.given = [moment] * len(self.given)
        return moment - now

    def confirm(self, now: float, within: float) -> float:
        """Return 0, or the seconds until a new slot if the server has requested a pause since."""
        return self.reserve(now, within) if now < self._paused_until else 0.0

    def pause(self, until: float) -> None:
        """Assign no slot before this time."""
        self._paused_until = max(self._paused_until, until)
