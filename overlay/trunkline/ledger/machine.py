"""The state machine: the allowed changes of an attempt, as pure functions over a key's rows.

Each function takes the rows of one key, oldest first, and returns the rows to write. It runs
inside one transaction, so that the rows do not change in between. Two rules are fundamental:

* nothing is ever sent on behalf of another sender: when its lease ends, the attempt is ``unknown``;
* an acceptance is recorded whoever holds the lease; everything else needs the ticket.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from trunkline.ledger.attempts import Attempt, CallState, Moment, Ticket, state_of

Rows: TypeAlias = tuple[Attempt, ...]
Writes: TypeAlias = list[Attempt]

#: No byte of a request leaves later than this many seconds after ``sending`` was committed.
SEND_BY = 5.0
LEASE_ENDED = "the lease of the sender ended"
#: The reason of an attempt whose sender itself knows that it sent nothing.
NOT_SENT = "nothing was sent"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a claim may do about earlier attempts.

    Attributes:
        retry_rejected: begin another attempt after a refusal.
        redial_absent: begin another attempt once absence was proven.
        redial_after: seconds after which an unknown attempt is dialled again; None for never.
    """

    retry_rejected: bool = False
    redial_absent: bool = False
    redial_after: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The outcome of a claim.

    Attributes:
        kind: ``begin`` with a ticket; or the state that the key is in.
        row: the attempt in that state.
    """

    kind: Literal["begin", "in_flight", "accepted", "rejected", "unknown", "not_placed"]
    row: Attempt

    @property
    def ticket(self) -> Ticket:
        """The ticket of the claim's holder."""
        return Ticket(self.row.n, self.row.owner, self.row.fence)


def is_dead(row: Attempt, now: Moment, watched: float = 0.0) -> bool:
    """Return whether a lease has ended: by the wall clock, or watched for its whole length."""
    return now.wall >= row.lease_until or watched >= row.lease > 0


def claim(
    rows: Rows, wanted: Attempt, policy: Policy, now: Moment, watched: float = 0.0
) -> tuple[Writes, Claim]:
    """Claim a key for one call, or return the state that it is in.

    Args:
        rows: the key's attempts.
        wanted: the attempt to begin, numbered as the first one, with owner, lease and fields.
        policy: what may be done about earlier attempts.
        now: the present moment.
        watched: seconds for which this process has seen the last attempt unchanged.
    """
    if not rows:
        return _begin(wanted, now)
    last, state = rows[-1], state_of(rows)
    if last.state == CallState.INTENDED and last.owner == wanted.owner:
        return [], Claim("begin", last)  # the same claim again, after a lost connection
    if state in {CallState.INTENDED, CallState.SENDING}:
        return _held(rows, wanted, now, watched)
    if _may_begin(last, state, policy, now):
        return _begin(replace(wanted, n=last.n + 1, fence=last.fence + 1), now)
    return [], _told(rows, state)


def _held(rows: Rows, wanted: Attempt, now: Moment, watched: float) -> tuple[Writes, Claim]:
    """Return the outcome of a claim while another one is held, or was not finished."""
    last = rows[-1]
    if not is_dead(last, now, watched):
        return [], Claim("in_flight", last)
    if last.state == CallState.INTENDED:
        return _begin(replace(wanted, n=last.n, fence=last.fence + 1), now, last.created_at)
    writes = expire(rows, now, watched)
    return writes, Claim("unknown", writes[0])


def _begin(row: Attempt, now: Moment, created: float | None = None) -> tuple[Writes, Claim]:
    made = now.wall if created is None else created
    until = now.wall + row.lease
    row = replace(row, lease_until=until, created_at=made, updated_at=now.wall)
    return [row], Claim("begin", row)


def _may_begin(last: Attempt, state: CallState | None, policy: Policy, now: Moment) -> bool:
    if state == CallState.REJECTED:
        return policy.retry_rejected
    if state == CallState.NOT_PLACED:
        return policy.redial_absent or last.reason == NOT_SENT
    if state == CallState.UNKNOWN and policy.redial_after is not None:
        watched = now.since(last.since)  # by a clock that cannot be set, on the same machine
        seconds = now.wall - last.updated_at if watched is None else watched
        return seconds >= policy.redial_after
    return False


def _told(rows: Rows, state: CallState | None) -> Claim:
    row = next((row for row in reversed(rows) if row.state == state), rows[-1])
    kinds: dict[CallState | None, Literal["accepted", "rejected", "unknown", "not_placed"]] = {
        CallState.ACCEPTED: "accepted",
        CallState.REJECTED: "rejected",
        CallState.NOT_PLACED: "not_placed",
    }
    return Claim(kinds.get(state, "unknown"), row)


def begin_sending(rows: Rows, ticket: Ticket, now: Moment, late: float = 0.0) -> Writes | None:
    """Commit to sending; None when the claim was lost or an earlier attempt has a call."""
    row = _of(rows, ticket)
    if row is None or row is not rows[-1]:
        return None
    if row.state == CallState.SENDING:
        return []  # the same step again, after a lost connection
    if row.state != CallState.INTENDED or state_of(rows) != CallState.INTENDED:
        return None
    until = now.wall + row.lease
    return [_changed(row, now, CallState.SENDING, lease_until=until, sent_at=now.wall, late=late)]


def give_back(rows: Rows, ticket: Ticket, now: Moment) -> Writes:
    """Release a claim under which nothing was sent, for the next caller with this key."""
    row = _of(rows, ticket)
    if row is None or row.state != CallState.INTENDED:
        return []
    return [replace(row, lease_until=0.0, updated_at=now.wall)]


def wait_again(rows: Rows, ticket: Ticket, now: Moment) -> Writes:
    """Go back to ``intended`` after a certain refusal, until the request is sent again."""
    row = _of(rows, ticket)
    if row is None or row.state != CallState.SENDING:
        return []
    until = now.wall + row.lease
    return [_changed(row, now, CallState.INTENDED, lease_until=until)]


def not_sent(rows: Rows, ticket: Ticket, now: Moment) -> Writes:
    """Record that the sender did not send after all."""
    row = _of(rows, ticket)
    if row is None or row.state != CallState.SENDING:
        return give_back(rows, ticket, now)
    return [_changed(row, now, CallState.NOT_PLACED, reason=NOT_SENT, evidence=_by("sender"))]


def accepted(
    rows: Rows,
    n: int,
    call_id: str | None,
    response: str | None,
    now: Moment,
    evidence: str = "",
) -> Writes:
    """Record an acceptance, whoever holds the lease.

    This cancels a later attempt that waits to be sent: the key's state is ``accepted``.
    """
    row = next((row for row in rows if row.n == n), None)
    if row is None or (row.state == CallState.ACCEPTED and row.call_id is not None):
        return []
    return [
        _changed(
            row,
            now,
            CallState.ACCEPTED,
            call_id=call_id,
            response=response,
            reason="",
            evidence=evidence,
        )
    ]


def rejected(rows: Rows, ticket: Ticket, error: str, reason: str, now: Moment) -> Writes:
    """Record a refusal."""
    return _record(rows, ticket, now, CallState.REJECTED, error=error, reason=reason)


def unknown(rows: Rows, ticket: Ticket, reason: str, now: Moment) -> Writes:
    """Record that the request was sent and that its outcome is unknown."""
    return _record(rows, ticket, now, CallState.UNKNOWN, reason=reason, since=now.stamp)


def _record(
    rows: Rows, ticket: Ticket, now: Moment, state: CallState, **facts: str | None
) -> Writes:
    row = _of(rows, ticket)
    if row is None or row.state != CallState.SENDING:
        return []
    return [_changed(row, now, state, **facts)]


def expire(rows: Rows, now: Moment, watched: float = 0.0) -> Writes:
    """Record that a sender is dead; nothing is sent instead."""
    last = rows[-1]
    if last.state != CallState.SENDING or not is_dead(last, now, watched):
        return []
    row = _changed(last, now, CallState.UNKNOWN, reason=LEASE_ENDED, since=now.stamp)
    return [replace(row, fence=last.fence + 1)]


def absent(rows: Rows, seen: Attempt, evidence: str, now: Moment) -> Writes:
    """Record that there is no call, if the attempt has not changed since ``seen``."""
    return [
        replace(
            _changed(row, now, CallState.NOT_PLACED, evidence=evidence, reason="absent"),
            fence=row.fence + 1,
        )
        for row in rows
        if (row.n, row.fence) == (seen.n, seen.fence) and row.state == CallState.UNKNOWN
    ]


def resolved(rows: Rows, call_id: str | None, evidence: str, now: Moment) -> Writes:
    """Record what a person knows about the latest unknown attempt.

    Args:
        rows: the key's attempts.
        call_id: the call's id; None when it was not placed.
        evidence: who said so and why, as JSON.
        now: the present moment.
    """
    row = next((row for row in reversed(rows) if row.state == CallState.UNKNOWN), None)
    if row is None:
        return []
    if call_id is not None:
        return accepted(rows, row.n, call_id, None, now, evidence)
    return absent(rows, row, evidence, now)


def _of(rows: Rows, ticket: Ticket) -> Attempt | None:
    return next((row for row in rows if row.belongs_to(ticket)), None)


def _by(who: str) -> str:
    return f'{{"by": "{who}"}}'


def _changed(row: Attempt, now: Moment, state: CallState, **facts: object) -> Attempt:
    values: dict[str, Any] = {"lease_until": 0.0, **facts}
    return replace(row, state=state, updated_at=now.wall, **values)
