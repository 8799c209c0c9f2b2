"""Limits sent by the server slow the rate limiter down, and never speed it up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.rate_limits import FAR, _keys, core_with, limiter_for, most_in_any
from tests.engine.support import Clock

from trunkline._engine.headers import RateLimit
from trunkline._engine.provider import Rate


def test_a_new_client_keeps_to_what_the_server_told() -> None:
    """A lower limit that one client received also applies to later clients of its account."""
    rate, key, clock = Rate(100, 60.0), f"key-{next(_keys)}", Clock()
    first = limiter_for(core_with(rate, key=key, clock=clock))
    first.update(RateLimit(10), 0.0)
    second = limiter_for(core_with(rate, key=key, clock=clock))
    begun = [one.reserve(0.0, FAR) for one in (first, second) * 2]
    assert begun == pytest.approx([0.0, 6.0, 12.0, 18.0])


def test_what_the_server_has_left_slows_down() -> None:
    """Five requests left for twenty seconds: four seconds apart, then the usual rate again."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(100, 5, 20.0), 0.0)
    begun = [throttle.reserve(0.0, FAR) for _ in range(5)]
    assert begun == pytest.approx([0.0, 4.0, 8.0, 12.0, 16.0])
    assert throttle.reserve(20.0, FAR) == 0.0


def test_nothing_left_means_waiting_for_the_reset() -> None:
    """With no request left, none starts before the server's window is over."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(100, 0, 30.0), 5.0)
    assert throttle.reserve(5.0, FAR) == 30.0
    assert throttle.reserve(36.0, FAR) == 0.0


@pytest.mark.parametrize("reset", [999_999_999.0, 86_400.0, 3_661.0])
@pytest.mark.parametrize("remaining", [0, 1])
def test_an_absurd_reset_is_not_believed(remaining: int, reset: float) -> None:
    """No vendor has windows of days: one such header must not stop all calls with a key."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(100, remaining, reset), 0.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(5)] == [0.0] * 5
    throttle.update(RateLimit(100, 0, 3600.0), 0.0)
    assert throttle.reserve(0.0, FAR) == 3600.0


def test_plenty_left_does_not_hurry() -> None:
    """The server's headers never raise the vendor's documented limit."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    throttle.update(RateLimit(5000, 4999, 60.0), 0.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(3)] == [0.0, 10.0, 20.0]


def test_a_lower_limit_counts() -> None:
    """If a server allows ten where its docs say a hundred, ten applies until it sends more."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(10), 0.0)
    begun = [throttle.reserve(0.0, FAR) for _ in range(10)]
    assert begun == pytest.approx([6.0 * n for n in range(10)])
    throttle.update(RateLimit(100), 60.0)
    assert [throttle.reserve(200.0, FAR) for _ in range(5)] == [0.0] * 5


def test_without_rates_only_the_server_is_heeded() -> None:
    """A vendor without a documented limit is not throttled until its server sends one."""
    throttle = limiter_for(core_with())
    assert [throttle.reserve(0.0, FAR) for _ in range(50)] == [0.0] * 50
    throttle.update(RateLimit(None, 1, 9.0), 1.0)
    assert throttle.reserve(1.0, FAR) == 0.0
    assert throttle.reserve(1.0, FAR) == 9.0


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 50), st.floats(0, 100)), max_size=60))
def test_headers_never_lead_above_the_rate(steps: list[tuple[float, int, float]]) -> None:
    """Whatever a server sends in between, the vendor's rate holds."""
    throttle = limiter_for(core_with(Rate(20, 10.0)))
    now, begun = 0.0, []
    for pause, remaining, reset in steps:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
        throttle.update(RateLimit(20, remaining, reset), now)
    assert most_in_any(10.0, begun) <= 20
