"""One call under a key: its steps, each one transaction of the ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trunkline.ledger import machine
from trunkline.ledger.attempts import Attempt, CallState, Moment, Ticket
from trunkline.ledger.errors import KeyConflictError, KeyInFlightError
from trunkline.ledger.keys import differing_fields
from trunkline.ledger.stores.schema import add_extra_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from trunkline.ledger.clock import LedgerClock
    from trunkline.ledger.machine import Claim, Policy, Rows, Writes
    from trunkline.ledger.stores.interfaces import Transaction
    from trunkline.ledger.stores.writer import Writer

__all__ = ["Entry", "accept", "apply", "holder", "rows_of"]

#: States of a key at another provider in which this provider may place the call instead.
_GIVEN_UP = frozenset({CallState.REJECTED, CallState.NOT_PLACED})


class Entry:
    """The ledger's side of one call; each step returns a future.

    Args:
        writer: runs the steps.
        clock: the ledger's clocks.
        wanted: the attempt to claim.
        label: the caller's key, for errors.
        watched: returns for how long this process has seen a record unchanged.
    """

    def __init__(
        self,
        writer: Writer,
        clock: LedgerClock,
        wanted: Attempt,
        label: str,
        watched: Callable[[Attempt], float],
    ) -> None:
        self._writer, self._clock, self.wanted = writer, clock, wanted
        self.label, self._watched = label, watched
        self.ticket = Ticket(0, "", 0)

    def claim(self, policy: Policy) -> Future[Claim]:
        """Claim the key, or return the state that it is in.

        Raises (in the future):
            KeyConflictError: it was used for another request.
        """

        def operation(tx: Transaction) -> Claim:
            tx.lock(self.wanted.key)
            found = tx.rows(self.wanted.key)
            rows = tuple(row for row in found if row.ns == self.wanted.ns)
            self._check_request(rows)
            watched = self._watched(rows[-1]) if rows else 0.0
            now = self._clock.now()
            writes, claim = machine.claim(rows, self.wanted, policy, now, watched)
            if claim.kind == "begin":
                self._check_others(tx, rows, found)
            apply(tx, rows, writes)
            return claim

        return self._writer.submit(operation, durable=False)

    def drop(self, claimed: Future[Claim]) -> None:
        """Release a claim whose caller had already gone when it was made."""
        if claimed.exception() is None and claimed.result().kind == "begin":
            self.ticket = claimed.result().ticket
            self.not_sent()

    def _check_request(self, rows: Rows) -> None:
        fields = differing_fields(rows[-1].fields, self.wanted.fields) if rows else ()
        if fields:
            raise self._conflict("the key was used for another request", fields)

    def _check_others(self, tx: Transaction, rows: Rows, found: Rows) -> None:
        """Refuse a key that may have a call at another provider, or that was purged."""
        own = self.wanted.provider
        others = [row for row in found if row.provider != own and row.state not in _GIVEN_UP]
        if others:
            text = f"the key was used for a call by {others[0].provider}"
            raise self._conflict(text, ("provider",))
        if rows:
            return
        for ns, day in tx.select("SELECT ns, day FROM tombstone WHERE key = ?", self.wanted.key):
            # Another account of the same provider has its own keys.
            if ns == self.wanted.ns or not ns.startswith(f"{own}|"):
                raise self._conflict(f"the key was used for a call that was purged on {day}", ())

    def _conflict(self, text: str, fields: tuple[str, ...]) -> KeyConflictError:
        where = f" (they differ in {', '.join(fields)})" if fields else ""
        return KeyConflictError(
            f"{text}{where}: take a new key for a new call", key=self.label, fields=fields
        )

    def begin(self, late: float) -> Future[Moment]:
        """Commit to sending; the send-by limit counts from the returned moment.

        Raises (in the future):
            KeyInFlightError: another caller has taken the key over in the meantime.
        """

        def operation(tx: Transaction) -> Moment:
            rows, now = self._rows(tx), self._clock.now()
            writes = machine.begin_sending(rows, self.ticket, now, late)
            if writes is None:
                raise KeyInFlightError(
                    "another caller has taken this key over; nothing was sent", key=self.label
                )
            apply(tx, rows, writes)
            return now

        return self._writer.submit(operation)

    def is_late(self, begun: Moment) -> bool:
        """Return whether the send-by limit has passed by any clock."""
        now = self._clock.now()
        steady, wall = now.steady - begun.steady, now.wall - begun.wall
        return max(steady, wall) > machine.SEND_BY

    def wait_again(self) -> Future[None]:
        """Record that the request was certainly refused and will be sent again."""
        return self._change(machine.wait_again)

    def not_sent(self) -> Future[None]:
        """Record that nothing was sent."""
        return self._change(machine.not_sent)

    def unknown(self, reason: str) -> Future[None]:
        """Record that the outcome of the request is unknown."""
        return self._change(lambda rows, ticket, now: machine.unknown(rows, ticket, reason, now))

    def rejected(self, error: dict[str, Any], reason: str) -> Future[None]:
        """Record a refusal."""
        text = json.dumps(error, separators=(",", ":"), default=str)
        return self._change(
            lambda rows, ticket, now: machine.rejected(rows, ticket, text, reason, now)
        )

    def accepted(self, call_id: str | None, response: str) -> Future[None]:
        """Record an acceptance, whoever holds the lease by now."""

        def operation(tx: Transaction) -> None:
            row = replace(self.wanted, n=self.ticket.n)
            accept(tx, row, call_id, response, self._clock.now(), "")

        return self._writer.submit(operation)

    def _change(self, step: Callable[[Rows, Ticket, Moment], Writes]) -> Future[None]:
        def operation(tx: Transaction) -> None:
            rows = self._rows(tx)
            apply(tx, rows, step(rows, self.ticket, self._clock.now()))

        return self._writer.submit(operation)

    def _rows(self, tx: Transaction) -> Rows:
        return rows_of(tx, self.wanted)


def rows_of(tx: Transaction, like: Attempt) -> Rows:
    """Return the attempts of a key at the same provider and account."""
    return tuple(row for row in tx.rows(like.key) if row.ns == like.ns)


def apply(tx: Transaction, rows: Rows, writes: Writes) -> None:
    """Write what the state machine has decided."""
    known = {row.n for row in rows}
    for row in writes:
        if row.n in known:
            tx.update(row)
        else:
            tx.insert(row)


def accept(
    tx: Transaction,
    like: Attempt,
    call_id: str | None,
    response: str | None,
    now: Moment,
    evidence: str,
) -> None:
    """Record an acceptance of the attempt ``like.n``; a second id of one attempt is kept too."""
    rows = rows_of(tx, like)
    if call_id is not None:
        owner = holder(tx, like.ns, call_id)
        if owner is not None and owner != (like.key, like.n):
            # The provider returned one call for two requests: it belongs to the other key.
            evidence = json.dumps({"call_of_another_key": call_id})
            call_id = None
    apply(tx, rows, machine.accepted(rows, like.n, call_id, response, now, evidence))
    row = next((row for row in rows if row.n == like.n), None)
    if row is not None and call_id is not None and row.call_id not in {None, call_id}:
        add_extra_call(tx, row, call_id, now.wall)


def holder(tx: Transaction, ns: str, call_id: str) -> tuple[str, int] | None:
    """Return the key and the number of the attempt that has a call id; None if none has it."""
    found = tx.select("SELECT key, n FROM attempt WHERE ns = ? AND call_id = ?", ns, call_id)
    return (str(found[0][0]), int(found[0][1])) if found else None
