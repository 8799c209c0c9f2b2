"""The record of one attempt to place a call: plain values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

__all__ = ["DECIDED", "Attempt", "CallState", "Moment", "Ticket", "state_of"]


class CallState(StrEnum):
    """The state of an attempt.

    Attributes:
        INTENDED: claimed; nothing was sent.
        SENDING: the request may have been sent.
        ACCEPTED: the provider has taken the call.
        REJECTED: the provider has refused it.
        NOT_PLACED: there is certainly no call.
        UNKNOWN: there may be a call; evidence has to decide.
    """

    INTENDED = "intended"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_PLACED = "not_placed"
    UNKNOWN = "unknown"


#: States that may be purged; the others still need a decision.
DECIDED: Final = frozenset({CallState.ACCEPTED, CallState.REJECTED, CallState.NOT_PLACED})


class Moment(NamedTuple):
    """One moment on both clocks.

    Attributes:
        wall: seconds since the epoch.
        steady: seconds on a clock that never jumps and keeps counting during suspend.
        boot: identifies the boot of the machine in which that clock runs; empty if unknown.
    """

    wall: float
    steady: float
    boot: str = ""

    @property
    def stamp(self) -> str:
        """The moment on the steady clock, as a record keeps it."""
        return f"{self.boot} {self.steady:.3f}"

    def since(self, stamp: str) -> float | None:
        """Return the seconds since a stamp; None for one of another machine or another boot."""
        boot, _, steady = stamp.rpartition(" ")
        if not boot or boot != self.boot:
            return None
        return max(0.0, self.steady - float(steady))


class Ticket(NamedTuple):
    """Identifies the holder of an attempt: all three must still match the record."""

    n: int
    owner: str
    fence: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """A row of the ledger.

    Attributes:
        key: the keyed digest of the caller's key.
        ns: provider, account and operation, joined by ``|``.
        n: the number of the attempt within the key, from 1.
        state: a :class:`CallState`.
        fence: rises each time the attempt changes hands.
        owner: the claim's random token.
        lease: seconds that the claim is held.
        lease_until: the end of the lease on the wall clock; 0 when it was given back.
        call_id: the provider's id of the call.
        fields: the digest of each of the caller's arguments, as JSON.
        response: what is needed to return the recorded call again, as JSON.
        error: the recorded error, as JSON.
        reason: why it is unknown, rejected or not placed.
        evidence: what decided it, as JSON.
        label: the caller's key in clear text, if the ledger is configured to keep it.
        created_at: seconds since the epoch.
        updated_at: likewise.
        sent_at: when ``sending`` was committed, likewise; 0 before.
        since: the stamp of the moment when it became unknown.
        late: by how many seconds the first byte may have missed the send-by limit.
    """

    key: str
    ns: str
    n: int
    state: str = CallState.INTENDED
    fence: int = 1
    owner: str = ""
    lease: float = 0.0
    lease_until: float = 0.0
    call_id: str | None = None
    fields: str = "{}"
    response: str | None = None
    error: str | None = None
    reason: str = ""
    evidence: str = ""
    label: str | None = None
    created_at: float = 0.0
    updated_at: float = 0.0
    sent_at: float = 0.0
    since: str = ""
    late: float = 0.0

    @property
    def provider(self) -> str:
        """The provider's short name."""
        return self.ns.partition("|")[0]

    def belongs_to(self, ticket: Ticket) -> bool:
        """Return whether the ticket's holder still holds the attempt."""
        return (self.n, self.owner, self.fence) == tuple(ticket)


def state_of(rows: tuple[Attempt, ...]) -> CallState | None:
    """Return the state of a key, derived from its attempts; None without any."""
    if not rows:
        return None
    last = CallState(rows[-1].state)
    states = {row.state for row in rows}
    if last is CallState.SENDING:
        return last
    if CallState.ACCEPTED in states:
        return CallState.ACCEPTED
    if last is CallState.INTENDED:
        return last
    return CallState.UNKNOWN if CallState.UNKNOWN in states else last
