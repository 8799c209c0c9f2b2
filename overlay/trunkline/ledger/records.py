"""Reading the records of a ledger, deciding unknown calls, and retention."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from trunkline.errors import InvalidArgumentError
from trunkline.ledger import machine, reports
from trunkline.ledger.attempts import Attempt, CallState, state_of
from trunkline.ledger.entry import accept, apply, holder, rows_of
from trunkline.ledger.errors import LedgerError
from trunkline.ledger.keys import checked_attempt, checked_key
from trunkline.ledger.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trunkline.ledger.attempts import Moment
    from trunkline.ledger.clock import LedgerClock
    from trunkline.ledger.machine import Rows
    from trunkline.ledger.opening import Parts
    from trunkline.ledger.reports import LedgerStatus
    from trunkline.ledger.settings import LedgerSettings
    from trunkline.ledger.stores.interfaces import Transaction

__all__ = ["LedgerRecords"]


class LedgerRecords:
    """The part of a ledger that reads and changes records without sending anything."""

    def __init__(self, parts: Parts, settings: LedgerSettings, clock: LedgerClock) -> None:
        self._parts, self.settings, self._clock = parts, settings, clock
        self._writer = parts.writer
        self.watch = Watch(clock)

    def attempts(self, key: str, *, attempt: int = 1) -> tuple[Attempt, ...]:
        """Return what is known of a key: its attempts at each provider, oldest first.

        Raises:
            InvalidArgumentError: the key is not valid.
            LedgerStoreError: the ledger cannot be read.
        """
        return self.by_digest(self.digest_of(key, attempt))

    def by_digest(self, digest: str) -> tuple[Attempt, ...]:
        """Return the attempts of a key by its digest, such as one from :meth:`undecided`."""
        return self._writer.submit(lambda tx: tx.rows(digest), durable=False).result()

    def claimed(self, ns: str, call_ids: Iterable[str]) -> set[str]:
        """Return those of a provider's call ids that the ledger has recorded."""
        statement = "SELECT 1 FROM attempt WHERE ns = ? AND call_id = ?"

        def operation(tx: Transaction) -> set[str]:
            return {one for one in call_ids if tx.select(statement, ns, one)}

        return self._writer.submit(operation, durable=False).result()

    def digests_of(self, fields: Mapping[str, Any]) -> dict[str, str]:
        """Return the digests to compare with those of recorded arguments."""
        digests: dict[str, str] = json.loads(self._parts.digests.of_fields(fields))
        return digests

    def digest_of(self, key: str, attempt: int = 1) -> str:
        """Return the digest of a key; raises InvalidArgumentError if the key is not valid."""
        return self._parts.digests.of_key(checked_key(key), checked_attempt(attempt))

    def undecided(self, ns: str | None = None) -> list[Attempt]:
        """Return all attempts whose call may exist without being recorded, oldest first.

        Attempts in ``sending`` whose lease has ended become ``unknown``.

        Args:
            ns: only those of this provider, account and operation.

        Raises:
            LedgerStoreError: the ledger cannot be used.
        """

        def operation(tx: Transaction) -> list[Attempt]:
            now = self._clock.now()
            for row in reports.in_state(tx, CallState.SENDING, ns):
                if machine.is_dead(row, now, self.watch.unchanged_for(row)):
                    self._expire(tx, rows_of(tx, row), now)
            return reports.in_state(tx, CallState.UNKNOWN, ns)

        return self._writer.submit(operation).result()

    def _expire(self, tx: Transaction, rows: Rows, now: Moment) -> None:
        """Record that a sender is dead; from locked rows, as it may have finished just now."""
        if rows:
            apply(tx, rows, machine.expire(rows, now, self.watch.unchanged_for(rows[-1])))

    def record_found(self, row: Attempt, call_id: str | None, facts: Mapping[str, Any]) -> None:
        """Record that a provider's list or event shows an attempt's call."""
        known = {name: value for name, value in facts.items() if value is not None}
        response, evidence = json.dumps(known), json.dumps({"by": "list", "call_id": call_id})

        def operation(tx: Transaction) -> None:
            accept(tx, row, call_id, response, self._clock.now(), evidence)

        self._writer.submit(operation).result()
        self.event("found", row)

    def record_absent(self, row: Attempt, evidence: Mapping[str, Any]) -> bool:
        """Record that a complete reading after the quiet time did not show an attempt's call."""
        text = json.dumps({"by": "list", **evidence})

        def operation(tx: Transaction) -> bool:
            rows = rows_of(tx, row)
            writes = machine.absent(rows, row, text, self._clock.now())
            apply(tx, rows, writes)
            return bool(writes)

        changed = self._writer.submit(operation).result()
        if changed:
            self.event("absent", row)
        return changed

    def resolve(
        self,
        key: str,
        *,
        by: str,
        call_id: str | None = None,
        placed: bool | None = None,
        note: str = "",
        attempt: int = 1,
    ) -> Attempt:
        """Enter what a person has found out about an unknown call.

        Args:
            key: the caller's key.
            by: who says so; it is kept with the record.
            call_id: the id of the call, where it was placed.
            placed: False where it was not placed. One of the two is needed.
            note: how it was found out; it is kept too.
            attempt: the number of a deliberate further call of the key.

        Returns:
            The attempt as it is now.

        Raises:
            InvalidArgumentError: neither a call id nor ``placed=False`` was given, or no name.
            LedgerError: no call of the key is unknown, or the call id is that of another key.
        """
        digest = self.digest_of(key, attempt)
        return self.resolve_digest(digest, by=by, call_id=call_id, placed=placed, note=note)

    def resolve_digest(
        self, digest: str, *, by: str, call_id: str | None, placed: bool | None, note: str = ""
    ) -> Attempt:
        """Do what :meth:`resolve` does, for a key given by its digest."""
        if (call_id is None) == (placed is not False):
            raise InvalidArgumentError("give call_id= where it was placed, else placed=False")
        if call_id is not None and not _is_text(call_id):
            raise InvalidArgumentError("call_id= must be the provider's id of the call, as text")
        if not _is_text(by):
            raise InvalidArgumentError("by= must name who decides: it is kept as evidence")
        evidence = json.dumps({"by": by, "note": note} if note else {"by": by})

        def operation(tx: Transaction) -> Attempt:
            now, found = self._clock.now(), tx.rows(digest)
            for ns in {row.ns for row in found}:  # this holds even if nothing is resolved
                self._expire(tx, tuple(row for row in found if row.ns == ns), now)
            found = tx.rows(digest)
            row = next((row for row in reversed(found) if row.state == CallState.UNKNOWN), None)
            if row is None:
                state = state_of(found) or "not in the ledger"
                raise LedgerError(f"nothing to resolve: the call of this key is {state}")
            if call_id is not None and holder(tx, row.ns, call_id) is not None:
                raise LedgerError("nothing was resolved: this call id is that of another key")
            rows = tuple(one for one in found if one.ns == row.ns)
            apply(tx, rows, machine.resolved(rows, call_id, evidence, now))
            return next(one for one in tx.rows(digest) if (one.ns, one.n) == (row.ns, row.n))

        resolved = self._writer.submit(operation).result()
        self.event("resolved", resolved)
        return resolved

    def status(self) -> LedgerStatus:
        """Return the number of calls in each state, the age of the open ones, and duplicates.

        Raises:
            LedgerStoreError: the ledger cannot be read.
        """
        now = self._clock.wall()
        return self._writer.submit(partial(reports.status, now=now), durable=False).result()

    def records(self) -> Iterator[Attempt]:
        """Yield every attempt, in the order of the digests; read in pages of 500.

        Raises:
            LedgerStoreError: the ledger cannot be read.
        """
        after = ("", "", 0)
        while True:
            read = reports.page_after(after)
            page = self._writer.submit(read, durable=False).result()
            yield from page
            if not page:
                return
            after = (page[-1].key, page[-1].ns, page[-1].n)

    def purge(self, older_than: float, *, forget: bool = False) -> int:
        """Delete decided calls, and return how many; undecided ones are never deleted.

        Args:
            older_than: seconds since their last change.
            forget: whether their keys may be dialled again. By default a tombstone (the digest and
                a day) stays, and a purged key is refused.

        Raises:
            InvalidArgumentError: the time is not above 0.
            LedgerStoreError: the ledger cannot be written.
        """
        if isinstance(older_than, bool) or not (
            isinstance(older_than, int | float) and older_than > 0
        ):
            raise InvalidArgumentError(f"older_than must be seconds above 0, not {older_than!r}")
        now = self._clock.wall()
        work = partial(reports.purge, before=now - older_than, now=now, forget=forget)
        after: str | None = ""
        purged = 0
        while after is not None:  # in pieces: others must not wait for a whole large ledger
            after, count = self._writer.submit(partial(work, after=after)).result()
            purged += count
        return purged

    def event(self, word: str, row: Attempt) -> None:
        """Report a change to the caller's metrics."""
        reports.tell(self.settings.on_event, word, row)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""
