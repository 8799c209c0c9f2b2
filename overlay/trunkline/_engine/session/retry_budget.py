"""A bound on retries, so that many clients do not turn a short failure into an outage."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable

WINDOW: Final = 10.0


SHARE: Final = 0.2


#: Retries per window that are always allowed: a client with little traffic must be able to retry.
ALLOWANCE: Final = 10


#: How many servers' budgets a process remembers; clients also hold their own.
MOST: Final = 32


class RetryBudget:
    """Allows retries up to 20 % of the requests of the last ten seconds, plus ten.

    Args:
        server: the server that it belongs to; None for a budget that serves any server.
    """

    __slots__ = ("_requests", "_retries", "server")

    def __init__(self, server: tuple[Hashable, ...] | None = None) -> None:
        self.server = server
        self._requests: deque[float] = deque(maxlen=10_000)
        self._retries: deque[float] = deque(maxlen=10_000)

    def request(self, now: float) -> None:
        """Note a first attempt."""
        self._requests.append(now)

    def retry(self, now: float) -> None:
        """Note a retry."""
        self._retries.append(now)

    def allows(self, now: float) -> bool:
        """Return whether one more retry stays within the budget."""
        _forget(self._requests, now - WINDOW)
        _forget(self._retries, now - WINDOW)
        return len(self._retries) < ALLOWANCE + SHARE * len(self._requests)


@lru_cache(MOST)
def budget_for(*server: Hashable) -> RetryBudget:
    """Return the one budget of this process for a server.

    It outlives the clients: a client per task would otherwise get the ten free retries each time.
    The clock is part of ``server``: moments of a clock that is ahead would never pass on another.
    """
    return RetryBudget(server)


#: A placeholder while the server is not known yet.
UNASSIGNED: Final = RetryBudget(())


def _forget(times: deque[float], until: float) -> None:
    # Threads may run this at the same time, without a lock that a fork could leave taken: a request
    # that is forgotten too early does no harm.
    with suppress(IndexError):
        while times[0] <= until:
            times.popleft()
