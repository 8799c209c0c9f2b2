"""Whether to try again, and when: one pure function over plain values.

Nothing here reads a clock, sleeps or draws a random number by itself, so that every rule can be
tested as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Statuses after which a request that is safe to repeat is repeated. 501 and 505 will not change.
TRANSIENT: Final = frozenset({408, 425, 429, *range(500, 600)} - {501, 505})

BASE_DELAY: Final = 0.5
MAX_DELAY: Final = 8.0

#: No server is waited for longer than four months, whatever the options: timers end somewhere.
LONGEST: Final = 10_000_000.0

# The spread stops growing here: 2**1024 is no float any more.
_LAST_DOUBLING: Final = 16


@dataclass(frozen=True, slots=True)
class Replay:
    """Which outcomes of an operation allow a second attempt.

    Attributes:
        safe: a repetition has no further effect (RFC 9110, section 9.2.2).
        refused: statuses that prove that the request was not carried out.
        refused_if_paced: the same, provided that the server sent a Retry-After.
        evidence: where the rule comes from.
    """

    safe: bool
    refused: frozenset[int] = frozenset()
    refused_if_paced: frozenset[int] = frozenset()
    evidence: str = ""


SAFE: Final = Replay(safe=True, evidence="RFC 9110, section 9.2.2")
UNSAFE: Final = Replay(
    safe=False,
    refused=frozenset({429}),
    refused_if_paced=frozenset({503}),
    evidence="RFC 6585, section 4: a limited request was not carried out; "
    "RFC 9110, section 15.6.4: Retry-After announces a refusal, not a failure half-way",
)
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})


def replay_for(method: str) -> Replay:
    """Return the rule of a method that has no rule of its own."""
    return SAFE if method.upper() in _SAFE_METHODS else UNSAFE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt came to.

    Attributes:
        status: the response's status; None when no complete response arrived.
        sent: whether any byte of the request may have left this machine.
        retry_after: the wait in seconds that the server asked for, None when it asked for none.
    """

    status: int | None
    sent: bool = True
    retry_after: float | None = None


class Stop(Enum):
    """Why there is no further attempt."""

    FINAL = "the answer is final"
    AMBIGUOUS = "the request may have been accepted"
    EXHAUSTED = "no retries are left"
    TOO_LONG = "the server asks for a longer wait than allowed"
    DEADLINE = "the deadline leaves no time"
    BUDGET = "the retry budget is spent"


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again after ``delay`` seconds."""

    delay: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the attempts of one call: a count, seconds left, the longest single wait."""

    max_retries: int
    remaining: float
    max_wait: float
    has_budget: bool = True


def may_repeat(outcome: Outcome, replay: Replay) -> bool:
    """Return whether repeating cannot carry the operation out twice."""
    if not outcome.sent:
        return True
    if outcome.status is None:
        return replay.safe
    if replay.safe:
        return outcome.status in TRANSIENT
    paced = outcome.retry_after is not None
    return outcome.status in replay.refused or (paced and outcome.status in replay.refused_if_paced)


def decide(
    outcome: Outcome,
    replay: Replay,
    attempt: int,
    limits: Limits,
    uniform: Callable[[float, float], float],
) -> Retry | Stop:
    """Decide what follows an attempt that did not succeed.

    Args:
        outcome: what the attempt came to.
        replay: the operation's rule.
        attempt: how many retries have been made so far, 0 after the first attempt.
        limits: the bounds of the call.
        uniform: draws a number between its two arguments.

    Returns:
        :class:`Retry` with a delay that always ends before the deadline, or the reason to stop.
    """
    if not may_repeat(outcome, replay):
        return Stop.AMBIGUOUS if outcome.status is None else Stop.FINAL
    floor = outcome.retry_after or 0.0
    reason = _bound(floor, attempt, limits, paced=outcome.retry_after is not None)
    return reason or Retry(_delay(outcome.retry_after, attempt, limits.remaining, uniform))


def hold(floor: float, limits: Limits, uniform: Callable[[float, float], float]) -> float:
    """Return how long to hold back a request that was never sent, 0 to send it.

    Another call of its kind was refused and the server named a time: the same answer awaits this
    one, so it waits as if it had had it. Where that answer would have been an error, it is sent.

    Args:
        floor: seconds until the server will have requests of this kind again.
        limits: the bounds of the call.
        uniform: draws a number between its two arguments.
    """
    if floor <= 0 or limits.max_retries == 0 or floor > min(limits.max_wait, limits.remaining / 2):
        return 0.0
    return _delay(floor, 0, limits.remaining, uniform)


def _bound(floor: float, attempt: int, limits: Limits, *, paced: bool) -> Stop | None:
    if attempt >= limits.max_retries:
        return Stop.EXHAUSTED
    if floor > min(limits.max_wait, LONGEST):
        return Stop.TOO_LONG
    if floor >= limits.remaining:
        return Stop.DEADLINE
    # A wait that the server itself asked for does not amplify an outage, so it costs no budget.
    return None if limits.has_budget or paced else Stop.BUDGET


def _delay(
    floor: float | None, attempt: int, remaining: float, uniform: Callable[[float, float], float]
) -> float:
    doublings = 2 ** min(attempt, _LAST_DOUBLING)
    # Obeying Retry-After to the letter brings a herd back in one instant: it is a floor, and the
    # spread above it grows with the attempt (58 % useful requests against 40 %).
    if floor is None:
        wanted = uniform(0.0, min(MAX_DELAY, BASE_DELAY * doublings))
    else:
        wanted = floor + uniform(0.0, max(0.25, floor)) * doublings
    # Half of the time left is kept for the attempt itself.
    return min(wanted, ((floor or 0.0) + remaining) / 2, LONGEST)
