"""The outbox: which records are being sent, by whom, and with what outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trunkline.observe._storage.journal import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.observe._storage.journal import Journal

__all__ = ["MAX_AGE", "Outcome", "claim", "counts", "next_due", "resend", "settle"]

#: A record that could not be delivered for this many seconds is given up.
MAX_AGE: Final = 7 * 86_400.0
#: The longest wait between two of the SDK's own attempts, in seconds.
_LONGEST_WAIT: Final = 300.0
_LAST_DOUBLING: Final = 9
_COLUMNS: Final = ", ".join(Delivery.__slots__)
#: Records of a session are sent to a destination in order: an open one blocks those after it.
_NEXT: Final = f"""SELECT {_COLUMNS} FROM outbox AS this
WHERE state='pending' AND due<=? AND destination=? AND target=? AND (?='*' OR agent=?)
AND NOT EXISTS(SELECT 1 FROM outbox AS earlier WHERE earlier.session=this.session
    AND earlier.destination=this.destination AND earlier.target=this.target
    AND earlier.seq<this.seq AND earlier.state IN ('pending', 'sending'))
ORDER BY due LIMIT 1"""  # noqa: S608 - constants

_ANYTHING: Final = """SELECT 1 FROM outbox
WHERE (state='pending' AND due<=?) OR (state='sending' AND lease<?) LIMIT 1"""
_VANISHED: Final = """UPDATE outbox SET
state=CASE policy WHEN 'at_least_once' THEN 'pending' ELSE 'unknown' END,
reason='the process that sent it has ended', updated=? WHERE state='sending' AND lease<?"""
_TOO_OLD: Final = """UPDATE outbox SET state='dead',
reason='too old: ' || COALESCE(reason, 'never sent'), updated=?
WHERE state='pending' AND created<?"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of sending a record.

    Attributes:
        state: ``sent``, ``retry``, ``unknown`` (it may have been stored) or ``dead``.
        reason: why, in words.
        retry_after: the wait in seconds that the server asked for.
    """

    state: str
    reason: str | None = None
    retry_after: float | None = None


def claim(
    journal: Journal, destination: tuple[str, str, str], owner: str, now: float, lease: float
) -> Delivery | None:
    """Mark the next record for a destination as being sent, and return it; None if there is none.

    A record whose sender has vanished is pending again, or unknown where it must not be sent twice.

    Args:
        journal: the journal of the record.
        destination: kind, target and agent; ``*`` stands for all agents.
        owner: a unique token.
        now: epoch seconds.
        lease: seconds for which the owner holds the record.

    Raises:
        JournalError: the file cannot be used.
    """
    kind, target, agent = destination
    if not journal.read(_ANYTHING, now, now):
        return None  # reading takes no lock
    with journal.transaction() as db:
        db.execute(_VANISHED, (now, now))
        db.execute(_TOO_OLD, (now, now - MAX_AGE))
        row = db.execute(_NEXT, (now, kind, target, agent, agent)).fetchone()
        if row is None:
            return None
        found = Delivery(*row)
        db.execute(
            "UPDATE outbox SET state='sending', owner=?, lease=?, attempts=attempts+1, updated=?"
            " WHERE id=?",
            (owner, now + lease, now, found.id),
        )
    return found


def settle(journal: Journal, delivery: Delivery, outcome: Outcome, owner: str, now: float) -> bool:
    """Store the outcome of a record; returns False if another sender has taken it over.

    Args:
        journal: the journal of the record.
        delivery: the record.
        outcome: the outcome of sending it.
        owner: the token it was claimed with.
        now: epoch seconds.

    Raises:
        JournalError: the file cannot be used.
    """
    state = "pending" if outcome.state == "retry" else outcome.state
    wait = max(outcome.retry_after or 0.0, _backoff(delivery.attempts))
    due = now + wait if state == "pending" else delivery.due
    with journal.transaction() as db:
        # The outcome from a sender whose lease has expired is still the best known.
        changed = db.execute(
            "UPDATE outbox SET state=?, reason=?, due=?, updated=?, payload=CASE ?"
            " WHEN 'sent' THEN NULL ELSE payload END"
            " WHERE id=? AND owner=? AND state IN ('sending', 'unknown')",
            (state, outcome.reason, due, now, state, delivery.id, owner),
        )
        return changed.rowcount == 1


def _backoff(attempts: int) -> float:
    return min(_LONGEST_WAIT, float(2 ** min(attempts, _LAST_DOUBLING)))


def next_due(journal: Journal) -> float | None:
    """Return when the next record is due, in epoch seconds; None if none is pending.

    Raises:
        JournalError: the file cannot be read.
    """
    rows = journal.read("SELECT MIN(due) FROM outbox WHERE state='pending'")
    return rows[0][0] if rows else None


def counts(journal: Journal) -> Mapping[str, int]:
    """Return how many records are in each state.

    Raises:
        JournalError: the file cannot be read.
    """
    return dict(journal.read("SELECT state, COUNT(*) FROM outbox GROUP BY state"))


def resend(journal: Journal, states: tuple[str, ...], now: float) -> int:
    """Make records pending again; returns their number.

    Args:
        journal: the journal of the records.
        states: ``unknown``, ``dead`` or both.
        now: epoch seconds.

    Raises:
        JournalError: the file cannot be used.
    """
    marks = ",".join("?" * len(states))
    with journal.transaction() as db:
        return db.execute(
            "UPDATE outbox SET state='pending', due=?, created=?, attempts=0"  # noqa: S608
            f" WHERE state IN ({marks}) AND payload IS NOT NULL",
            (now, now, *states),
        ).rowcount
