"""How long a record has stayed the same, on a clock that cannot be set."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.clock import LedgerClock

__all__ = ["Watch"]

#: The most records that are remembered at once; beyond that the oldest are forgotten.
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
        """Return the seconds for which a record was seen in this state, with this owner."""
        key, now = (row.key, row.ns, row.n), self._clock.steady()
        seen = (str(row.state), row.fence, row.owner)  # a purged key starts again, with a new owner
        with self._lock:
            before, since = self._seen.get(key, (None, now))
            if before == seen:
                return now - since
            while len(self._seen) >= _MOST:
                del self._seen[next(iter(self._seen))]
            self._seen[key] = (seen, now)
        return 0.0

    def unknown_for(self, row: Attempt) -> float:
        """Return the seconds since an attempt became unknown.

        On the same machine and boot the record gives the time. Other processes count from when
        they first saw the record.
        """
        recorded = self._clock.now().since(row.since)
        return max(self.unchanged_for(row), recorded or 0.0)
