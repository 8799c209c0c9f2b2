"""Reports of the ledger: counts, ages, pages of records; and retention."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from trunkline.ledger.attempts import DECIDED, Attempt
from trunkline.ledger.stores.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.ledger.stores.interfaces import Transaction

__all__ = ["LedgerStatus", "in_state", "page_after", "purge", "status", "tell"]

_log: Final = logging.getLogger("trunkline.ledger")
_PAGE: Final = 500
#: Attempts that one transaction purges: others wait for it.
_PIECE: Final = 5000
_NAMES: Final = ", ".join(COLUMNS)
_DECIDED: Final = ", ".join(f"'{state}'" for state in sorted(DECIDED))
#: Keys all of whose attempts are decided and older than a moment.
_OVER: Final = (
    "NOT EXISTS (SELECT 1 FROM attempt AS other WHERE other.key = attempt.key "  # noqa: S608
    f"AND other.ns = attempt.ns AND (other.state NOT IN ({_DECIDED}) OR other.updated_at >= ?))"
)


@dataclass(frozen=True, slots=True)
class LedgerStatus:
    """Counts of the ledger's records.

    Attributes:
        attempts: the number of attempts, by provider and state.
        oldest: the age in seconds of the oldest attempt in each state that is not decided.
        duplicates: calls beyond the first of a key: a provider that was late, or a redial.
        tombstones: purged keys that are still refused.
    """

    attempts: Mapping[str, Mapping[str, int]]
    oldest: Mapping[str, float]
    duplicates: int
    tombstones: int

    def total(self, state: str) -> int:
        """Return how many attempts are in a state, at all providers together."""
        return sum(counts.get(state, 0) for counts in self.attempts.values())


def status(tx: Transaction, now: float) -> LedgerStatus:
    """Count the ledger's records."""
    tx.unhurried()
    attempts: dict[str, dict[str, int]] = {}
    oldest: dict[str, float] = {}
    counted = "SELECT ns, state, COUNT(*), MIN(updated_at) FROM attempt GROUP BY ns, state"
    for ns, state, count, first in tx.select(counted):
        counts = attempts.setdefault(str(ns).partition("|")[0], {})
        counts[state] = counts.get(state, 0) + int(count)
        if state not in DECIDED:
            oldest[state] = max(oldest.get(state, 0.0), now - float(first))
    twice = (
        "SELECT COUNT(*) - COUNT(DISTINCT key || ns) FROM attempt WHERE state = 'accepted'",
        "SELECT COUNT(*) FROM extra_call",
    )
    duplicates = sum(int(tx.select(one)[0][0]) for one in twice)
    tombstones = int(tx.select("SELECT COUNT(*) FROM tombstone")[0][0])
    return LedgerStatus(attempts, oldest, duplicates, tombstones)


def in_state(tx: Transaction, state: str, ns: str | None) -> list[Attempt]:
    """Return the attempts in an undecided state, oldest first."""
    statement = (
        f"SELECT {_NAMES} FROM attempt WHERE state = ? "  # noqa: S608 - our own names
        "AND state IN ('intended', 'sending', 'unknown') ORDER BY created_at"
    )
    rows = (Attempt(*row) for row in tx.select(statement, str(state)))
    return [row for row in rows if ns in {None, row.ns}]


def page_after(primary_key: tuple[str, str, int]) -> Callable[[Transaction], list[Attempt]]:
    """Return a function that reads the next page of records after a primary key."""
    statement = (
        f"SELECT {_NAMES} FROM attempt WHERE (key, ns, n) > (?, ?, ?) "  # noqa: S608 - likewise
        f"ORDER BY key, ns, n LIMIT {_PAGE}"
    )
    return lambda tx: [Attempt(*row) for row in tx.select(statement, *primary_key)]


def purge(
    tx: Transaction, after: str, before: float, now: float, *, forget: bool
) -> tuple[str | None, int]:
    """Delete keys all of whose attempts are decided and old, among those that follow a key.

    Returns:
        The last key that was checked, None if no more follow; and the number of deleted attempts.
    """
    found = tx.select(
        "SELECT key FROM attempt WHERE key > ? ORDER BY key LIMIT 1 OFFSET ?", after, _PIECE
    )
    last = str(found[0][0]) if found else None
    which = f"key > ? AND {_OVER}" if last is None else f"key > ? AND key <= ? AND {_OVER}"
    values = (after, before) if last is None else (after, last, before)
    if not forget:
        day = datetime.fromtimestamp(now, UTC).date().isoformat()
        tx.execute(
            f"INSERT INTO tombstone (key, ns, day) SELECT DISTINCT key, ns, ? FROM attempt "  # noqa: S608
            f"WHERE {which} ON CONFLICT (key, ns) DO NOTHING",
            *(day, *values),
        )
    return last, tx.execute(f"DELETE FROM attempt WHERE {which}", *values)  # noqa: S608 - likewise


def tell(hook: Callable[[str, Mapping[str, Any]], None] | None, word: str, row: Attempt) -> None:
    """Call the caller's metrics; an exception from them must not become an error of the call."""
    if hook is None:
        return
    facts = {"provider": row.provider, "attempt": row.n, "digest": row.key}
    try:
        hook(word, facts)
    except Exception:  # noqa: BLE001 - whatever it is
        _log.exception("the ledger's on_event has failed")
