"""Whether to try again, and when: one pure function over plain values.

Nothing here reads a clock, sleeps or draws a random number by itself, so that every rule can be
tested as a table.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.provider import RetryRule

#: Statuses after which an idempotent request is repeated. 501 and 505 will not change.
RETRYABLE_STATUSES: Final = frozenset({408, 425, 429, *range(500, 600)} - {501, 505})


#: Statuses that leave open whether the request was carried out: redirects (RFC 9110, section 15.4),
#: a timeout or lost connection on the server's side (408, 499), 425, and every 5xx.
UNDECIDED: Final = frozenset({*range(300, 400), 408, 425, 499, *range(500, 1000)})

REFUSALS: Final = frozenset({429})

BASE_DELAY: Final = 0.5


MAX_DELAY: Final = 8.0


#: The longest wait, about four months: timers have a maximum.
LONGEST: Final = 10_000_000.0


# The spread stops growing here: 2**1024 does not fit a float.
_LAST_DOUBLING: Final = 16


class AttemptResult(NamedTuple):
    """The result of one attempt.

    Attributes:
        status: the response's status; None when no complete response arrived.
        sent: whether any byte of the request may have left this machine.
        retry_after: the wait in seconds that the server asked for, None when it asked for none.
        verified: whether the response certainly belongs to the request; else a refusal proves
            nothing.
    """

    status: int | None
    sent: bool = True
    retry_after: float | None = None
    verified: bool = True


class StopReason(Enum):
    """Why there is no further attempt."""

    FINAL = "the response is final"
    AMBIGUOUS = "the request may have been accepted"
    EXHAUSTED = "no retries are left"
    TOO_LONG = "the server asks for a longer wait than allowed"
    DEADLINE = "the deadline leaves no time"
    BUDGET = "the retry budget is spent"


class Retry(NamedTuple):
    """Try again after ``delay`` seconds."""

    delay: float


class RetryLimits(NamedTuple):
    """The bounds of one call's attempts: a count, seconds left, the longest single wait."""

    max_retries: int
    remaining: float
    max_wait: float
    has_budget: bool = True


def is_retryable(outcome: AttemptResult, retry_rule: RetryRule) -> bool:
    """Return whether repeating cannot carry the operation out twice."""
    if not outcome.sent:
        return True
    if outcome.status is None:
        return retry_rule.idempotent
    if retry_rule.idempotent:
        return outcome.status in RETRYABLE_STATUSES
    if not outcome.verified:
        return False
    paced = outcome.retry_after is not None
    return outcome.status in retry_rule.retryable_statuses or (
        paced and outcome.status in retry_rule.retryable_with_retry_after
    )


def maybe_accepted(result: AttemptResult, retry_rule: RetryRule) -> bool:
    """Return whether the server may have carried out a request that is not idempotent.

    A refusal is proof that it did not: a status that the rule names, or any other 4xx. The
    statuses of :data:`UNDECIDED` prove nothing.
    """
    if retry_rule.idempotent or not result.sent:
        return False
    if result.status is None:
        return True
    if not result.verified and result.status in REFUSALS:
        return True
    return result.status in UNDECIDED and not is_retryable(result, retry_rule)


def decide(
    outcome: AttemptResult,
    retry_rule: RetryRule,
    attempt: int,
    limits: RetryLimits,
    uniform: Callable[[float, float], float],
) -> Retry | StopReason:
    """Decide what follows an attempt that did not succeed.

    Args:
        outcome: the result of the attempt.
        retry_rule: the operation's rule.
        attempt: how many retries have been made so far, 0 after the first attempt.
        limits: the bounds of the call.
        uniform: draws a number between its two arguments.

    Returns:
        :class:`Retry` with a delay that always ends before the deadline, or the reason to stop.
    """
    if not is_retryable(outcome, retry_rule):
        return StopReason.AMBIGUOUS if outcome.status is None else StopReason.FINAL
    floor = outcome.retry_after or 0.0
    reason = _bound(floor, attempt, limits, paced=outcome.retry_after is not None)
    return reason or Retry(_delay(outcome.retry_after, attempt, limits.remaining, uniform))


def cooldown_delay(
    floor: float, limits: RetryLimits, uniform: Callable[[float, float], float]
) -> float:
    """Return how long to hold back a request that was never sent, 0 to send it.

    Another call of the same operation was refused and the server named a time. This one would get
    the same response, so it waits as if it had. Where that would have been an error, it is sent.

    Args:
        floor: seconds until the server accepts requests of this operation again.
        limits: the bounds of the call.
        uniform: draws a number between its two arguments.
    """
    if floor <= 0 or limits.max_retries == 0 or floor > min(limits.max_wait, limits.remaining / 2):
        return 0.0
    return _delay(floor, 0, limits.remaining, uniform)


def _bound(floor: float, attempt: int, limits: RetryLimits, *, paced: bool) -> StopReason | None:
    if attempt >= limits.max_retries:
        return StopReason.EXHAUSTED
    if floor > min(limits.max_wait, LONGEST):
        return StopReason.TOO_LONG
    if floor >= limits.remaining:
        return StopReason.DEADLINE
    # A wait that the server itself asked for does not amplify an outage, so it costs no budget.
    return None if limits.has_budget or paced else StopReason.BUDGET


def _delay(
    floor: float | None, attempt: int, remaining: float, uniform: Callable[[float, float], float]
) -> float:
    doublings = 2 ** min(attempt, _LAST_DOUBLING)
    # If all clients waited exactly Retry-After, they would all retry at once: it is a minimum, and
    # the spread above it grows with the attempt (58 % useful requests against 40 %).
    if floor is None:
        wanted = uniform(0.0, min(MAX_DELAY, BASE_DELAY * doublings))
    else:
        wanted = floor + uniform(0.0, max(0.25, floor)) * doublings
    # Half of the time left is kept for the attempt itself.
    return min(wanted, ((floor or 0.0) + remaining) / 2, LONGEST)
