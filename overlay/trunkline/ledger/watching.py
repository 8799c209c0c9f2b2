"""For how long something has stayed the same, on a clock that nobody sets."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.clock import LedgerClock

__all__ = ["Watch"]

#: So many records are remembered at once; of more, the oldest are watched anew.
_MOST: Final = 10_000


class Watch:
    """Remembers when this process first saw a record as it is.

    Args:
        clock: the ledger's clocks.
    """

    def __init__(self, clock: LedgerClock) -> None:
        self._clock, self._lock = clock, Lock()
        self._seen: dict[tuple[str, str, int], tuple[tuple[str, int, str], float]] = {}

    def unchanged_for(self, row: Attempt) -> float:
        """Return the seconds for which a record was seen in this state, in these hands."""
        place, now = (row.key, row.ns, row.n), self._clock.steady()
        seen = (str(row.state), row.fence, row.owner)  # a purged key begins again, by another owner
        with self._lock:
            before, since = self._seen.get(place, (None, now))
            if before == seen:
                return now - since
            while len(self._seen) >= _MOST:
                del self._seen[next(iter(self._seen))]
            self._seen[place] = (seen, now)
        return 0.0

    def unknown_for(self, row: Attempt) -> float:
        """Return the seconds since an attempt became unknown.

        The record says so to processes on the same machine, since its last start. Others count
        from when they first saw it.
        """
        recorded = self._clock.now().since(row.since)
        return max(self.unchanged_for(row), recorded or 0.0)
