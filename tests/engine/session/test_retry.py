"""The retry decision as a table of all its inputs, and as properties."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline._engine.provider import IDEMPOTENT, NON_IDEMPOTENT, RetryRule, rule_for_method
from trunkline._engine.session.retry import (
    LONGEST,
    RETRYABLE_STATUSES,
    AttemptResult,
    Retry,
    RetryLimits,
    StopReason,
    decide,
    is_retryable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

METHODS = {
    "GET": IDEMPOTENT,
    "HEAD": IDEMPOTENT,
    "PUT": IDEMPOTENT,
    "DELETE": IDEMPOTENT,
    "OPTIONS": IDEMPOTENT,
    "TRACE": IDEMPOTENT,
    "POST": NON_IDEMPOTENT,
    "PATCH": NON_IDEMPOTENT,
    "BREW": NON_IDEMPOTENT,
}
#: A rule as in a provider's data: only a 429 proves that nothing was done.
STRICT = RetryRule(idempotent=False, retryable_statuses=frozenset({429}))
NEVER = RetryRule(idempotent=False)
RULES = {"safe": IDEMPOTENT, "unsafe": NON_IDEMPOTENT, "strict": STRICT, "never": NEVER}

STATUSES = [100, 101, 204, 301, 302, 304, 400, 401, 403, 404, 408, 409, 412, 422, 425, 429, 451]
STATUSES += [499, 500, 501, 502, 503, 504, 505, 507, 520, 529, 599, 600, 999]
AMPLE = RetryLimits(max_retries=2, remaining=60.0, max_wait=60.0)


def middle(low: float, high: float) -> float:
    return (low + high) / 2


def repeatable(rule: str, status: int | None, *, sent: bool, paced: bool) -> bool:
    """The documented rule, reimplemented in the simplest way."""
    if not sent:
        return True
    if rule == "safe":
        return (
            status is None
            or status in {408, 425, 429}
            or (500 <= status <= 599 and status not in {501, 505})
        )
    return (status == 429 and rule != "never") or (status == 503 and paced and rule == "unsafe")


@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_the_rule_of_http(method: str) -> None:
    """Methods that HTTP calls idempotent may be repeated, others not, in upper or lower case."""
    assert rule_for_method(method) is METHODS[method]
    assert rule_for_method(method.lower()) is METHODS[method]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("retry_after", [None, 0.0, 3.0])
def test_every_combination_of_rule_status_and_pace(rule: str, retry_after: float | None) -> None:
    """The decision follows the written rule for each status, with and without a Retry-After."""
    paced = retry_after is not None
    for status in (None, *STATUSES):
        result = AttemptResult(status, retry_after=retry_after)
        verdict = decide(result, RULES[rule], 0, AMPLE, middle)
        if repeatable(rule, status, sent=True, paced=paced):
            assert isinstance(verdict, Retry), status
            assert verdict.delay >= (retry_after or 0.0), status
        else:
            stop = StopReason.AMBIGUOUS if status is None else StopReason.FINAL
            assert verdict is stop, status


@pytest.mark.parametrize("rule", RULES)
def test_what_was_not_sent_is_sent_again(rule: str) -> None:
    """A failure before the first byte is retried under every rule."""
    assert isinstance(decide(AttemptResult(None, sent=False), RULES[rule], 0, AMPLE, middle), Retry)


@pytest.mark.parametrize(
    ("sent", "max_retries", "attempt", "floor", "remaining", "max_wait", "budget", "expected"),
    [
        (True, 2, 0, None, 60.0, 60.0, True, Retry),
        (True, 2, 1, None, 60.0, 60.0, True, Retry),
        (True, 2, 2, None, 60.0, 60.0, True, StopReason.EXHAUSTED),
        (True, 0, 0, None, 60.0, 60.0, True, StopReason.EXHAUSTED),
        (False, 0, 0, None, 60.0, 60.0, True, StopReason.EXHAUSTED),
        (True, 2, 0, 60.0, 600.0, 60.0, True, Retry),
        (True, 2, 0, 60.1, 600.0, 60.0, True, StopReason.TOO_LONG),
        (True, 2, 0, 1e6, math.inf, 60.0, True, StopReason.TOO_LONG),
        (True, 2, 0, 1e300, math.inf, math.inf, True, StopReason.TOO_LONG),
        (True, 2, 0, 5.0, 5.0, 60.0, True, StopReason.DEADLINE),
        (True, 2, 0, 4.9, 5.0, 60.0, True, Retry),
        (True, 2, 0, None, 0.0, 60.0, True, StopReason.DEADLINE),
        (True, 2, 0, None, -1.0, 60.0, True, StopReason.DEADLINE),
        (True, 2, 0, None, 1e-9, 60.0, True, Retry),
        (True, 2, 0, None, 60.0, 60.0, False, StopReason.BUDGET),
        (True, 2, 0, 1.0, 60.0, 60.0, False, Retry),
        (True, 2, 0, 0.0, 60.0, 60.0, False, Retry),
        (True, 2, 2, 1e6, 0.0, 60.0, False, StopReason.EXHAUSTED),
    ],
)
def test_every_bound_has_its_reason(
    *,
    sent: bool,
    max_retries: int,
    attempt: int,
    floor: float | None,
    remaining: float,
    max_wait: float,
    budget: bool,
    expected: type[Retry] | StopReason,
) -> None:
    """Count, longest wait, deadline and budget each stop with their own reason, in order."""
    limits = RetryLimits(max_retries, remaining, max_wait, budget)
    outcome = AttemptResult(429 if floor is not None else None, sent=sent, retry_after=floor)
    verdict = decide(outcome, IDEMPOTENT, attempt, limits, middle)
    assert verdict is expected or (expected is Retry and isinstance(verdict, Retry))


def test_the_whole_table_is_decided_the_same_way_twice() -> None:
    """For all methods, phases of failure, statuses, headers and rules; nothing raises."""
    table = itertools.product(
        METHODS.values(), (True, False), (None, *STATUSES), (None, 0.0, 1e6), (0, 1, 2, 5000)
    )
    for rule, sent, status, wait, attempt in table:
        outcome = AttemptResult(status, sent=sent, retry_after=wait)
        for limits in (
            AMPLE,
            RetryLimits(10_000, math.inf, math.inf),
            RetryLimits(0, 1.0, 1.0, False),
        ):
            first = decide(outcome, rule, attempt, limits, middle)
            assert first == decide(outcome, rule, attempt, limits, middle)


outcomes = st.builds(
    AttemptResult,
    st.none() | st.integers(100, 999),
    sent=st.booleans(),
    retry_after=st.none() | st.floats(0, 1e12),
)
rules = st.sampled_from(list(RULES.values()))
attempts = st.integers(0, 5000)
draws = st.floats(0, 1)
many = st.builds(
    RetryLimits,
    st.integers(0, 10_000),
    st.floats(-10, 1e9) | st.just(math.inf),
    st.floats(0.001, 1e9) | st.just(math.inf),
    st.booleans(),
)


def drawn(draw: float) -> Callable[[float, float], float]:
    return lambda low, high: low + (high - low) * draw


@given(outcomes, rules, attempts, many, draws)
def test_a_wait_ends_before_the_deadline(
    outcome: AttemptResult, rule: RetryRule, attempt: int, limits: RetryLimits, draw: float
) -> None:
    """For any draw, the wait is at least what the server asked and leaves time for the attempt."""
    verdict = decide(outcome, rule, attempt, limits, drawn(draw))
    if isinstance(verdict, Retry):
        assert 0 <= verdict.delay <= LONGEST
        assert verdict.delay < limits.remaining
        assert verdict.delay >= (outcome.retry_after or 0.0)


@given(outcomes, rules, attempts, many, draws)
def test_retries_never_exceed_their_number(
    outcome: AttemptResult, rule: RetryRule, attempt: int, limits: RetryLimits, draw: float
) -> None:
    """At max_retries there is no further attempt."""
    verdict = decide(outcome, rule, attempt, limits, drawn(draw))
    assert not (attempt >= limits.max_retries and isinstance(verdict, Retry))


@given(outcomes, st.sampled_from([NON_IDEMPOTENT, STRICT, NEVER]), attempts, many, draws)
def test_a_post_that_may_have_been_accepted_is_never_repeated(
    outcome: AttemptResult, rule: RetryRule, attempt: int, limits: RetryLimits, draw: float
) -> None:
    """Sent without a response, or with one that proves no refusal: no second request."""
    verdict = decide(outcome, rule, attempt, limits, drawn(draw))
    proof = outcome.status == 429 or (outcome.status == 503 and outcome.retry_after is not None)
    if outcome.sent and not proof:
        assert isinstance(verdict, StopReason)
        assert not is_retryable(outcome, rule)


@given(outcomes, rules, attempts, many, draws, st.floats(0, 1e6))
def test_more_time_never_means_less(
    outcome: AttemptResult,
    rule: RetryRule,
    attempt: int,
    limits: RetryLimits,
    draw: float,
    more: float,
) -> None:
    """What is retried with little time left is retried with more, with at least the same wait."""
    longer = RetryLimits(
        limits.max_retries, limits.remaining + more, limits.max_wait, limits.has_budget
    )
    before = decide(outcome, rule, attempt, limits, drawn(draw))
    after = decide(outcome, rule, attempt, longer, drawn(draw))
    if isinstance(before, Retry):
        assert isinstance(after, Retry)
        assert after.delay >= before.delay


@given(st.integers(0, 12), st.floats(0.01, 100))
def test_the_spread_grows_with_the_attempt(attempt: int, floor: float) -> None:
    """Above a Retry-After the spread doubles each time, so that many clients spread out."""
    limits = RetryLimits(100, math.inf, math.inf)
    outcome = AttemptResult(429, retry_after=floor)

    def widest(number: int) -> float:
        verdict = decide(outcome, IDEMPOTENT, number, limits, drawn(1.0))
        assert isinstance(verdict, Retry)
        return verdict.delay - floor

    assert widest(attempt + 1) == pytest.approx(2 * widest(attempt))
    assert widest(0) == pytest.approx(max(0.25, floor))


def test_without_a_wanted_wait_the_delay_is_capped() -> None:
    """Back-off grows from half a second to eight, drawn from the whole range."""
    limits = RetryLimits(100, math.inf, math.inf)
    widest = [decide(AttemptResult(500), IDEMPOTENT, n, limits, drawn(1.0)) for n in range(8)]
    assert widest == [Retry(delay) for delay in (0.5, 1, 2, 4, 8, 8, 8, 8)]
    assert decide(AttemptResult(500), IDEMPOTENT, 3, limits, drawn(0.0)) == Retry(0.0)


def test_statuses_that_will_not_change_are_final() -> None:
    """501 and 505 mean that the server never can, not that it could not this time."""
    assert not {501, 505} & RETRYABLE_STATUSES
