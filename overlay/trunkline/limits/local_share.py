"""What one process may send while it cannot ask the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LocalShare"]


class LocalShare:
    """A process's own share of each budget, evenly spaced; the caller holds the lock.

    The first place comes one interval after the last one that is known to be given: the processes
    of a fleet lose the store together, and must not begin together.

    Args:
        intervals: the seconds between two requests, for each budget.
        given: the moment of the last place that is known to be given, for each budget.
    """

    def __init__(self, intervals: Sequence[float], given: Sequence[float]) -> None:
        self._intervals, self.given = intervals, list(given)
        self._paused_until = 0.0

    def reserve(self, now: float, within: float) -> float:
        """Return the seconds until a request may begin; used up only where it is before within."""
        free = (last + each for last, each in zip(self.given, self._intervals, strict=True))
        moment = max(now, self._paused_until, *free)
        if moment - now < within:
            self.given = [moment] * len(self.given)
        return moment - now

    def confirm(self, now: float, within: float) -> float:
        """Return 0 unless the server has asked for a pause since."""
        return self.reserve(now, within) if now < self._paused_until else 0.0

    def pause(self, until: float) -> None:
        """Give no place before a moment."""
        self._paused_until = max(self._paused_until, until)
