"""Returned slots, idle accounts, and different clocks."""

from __future__ import annotations

import gc
import os
import signal
import sys

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.rate_limits import FAR, _keys, core_with, limiter_for, most_in_any
from tests.engine.support import Clock

from trunkline._engine.headers import RateLimit
from trunkline._engine.provider import Rate
from trunkline._engine.session import rate_limiter


def test_accounts_that_rest_are_forgotten() -> None:
    """One window after its last slot nothing is kept of an account that no client uses."""
    clock, rate = Clock(), Rate(10, 60.0, "key", f"test {next(_keys)}")
    for _ in range(20):
        limiter_for(core_with(rate, clock=clock)).reserve(clock.now, FAR)
    gc.collect()
    assert sum(rate in place for place in rate_limiter._limits_by_key) == 20
    clock.now += 70
    last = limiter_for(core_with(rate, clock=clock))
    gc.collect()
    assert sum(rate in place for place in rate_limiter._limits_by_key) == 1
    assert last.reserve(clock.now, FAR) == 0.0


@given(
    st.integers(1, 60),
    st.floats(0.5, 3600),
    st.lists(st.tuples(st.floats(0, 30), st.booleans()), max_size=300),
)
def test_places_given_back_lead_nobody_above_the_rate(
    requests: int, seconds: float, steps: list[tuple[float, bool]]
) -> None:
    """Whichever waiting calls give up, no window has more than the rate allows."""
    throttle = limiter_for(core_with(Rate(requests, seconds)))
    now, begun = 0.0, []
    for pause, gives_up in steps:
        now += pause
        wait = throttle.reserve(now, FAR)
        assert wait >= 0
        if gives_up and wait:
            throttle.refund(now + wait)
        else:
            begun.append(now + wait)
    assert most_in_any(seconds, begun) <= requests


def test_a_place_given_back_goes_to_the_next_who_asks() -> None:
    """The others keep theirs, and the queue is as long as if no call had given up."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(4)] == [0.0, 10.0, 20.0, 30.0]
    throttle.refund(20.0)
    throttle.refund(10.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(3)] == [10.0, 20.0, 40.0]


def test_a_place_given_back_too_late_is_lost() -> None:
    """No request starts in the past."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(2)] == [0.0, 10.0]
    throttle.refund(10.0)
    assert throttle.reserve(15.0, FAR) == 5.0


def test_a_place_given_back_is_none_after_the_server_s_no() -> None:
    """With no request left, the reset also applies to returned slots."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(2)] == [0.0, 10.0]
    throttle.refund(10.0)
    throttle.update(RateLimit(None, 0, 50.0), 0.0)
    assert throttle.reserve(0.0, FAR) == 50.0


def test_a_place_given_back_after_the_server_s_no_is_none_either() -> None:
    """A call waiting when the response arrives may give up later; only later slots are reused."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(4)] == [0.0, 10.0, 20.0, 30.0]
    throttle.update(RateLimit(None, 0, 25.0), 0.0)
    throttle.refund(10.0)
    throttle.refund(30.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(2)] == [30.0, 40.0]


def test_clocks_share_no_places() -> None:
    """Otherwise a clock that is behind would wait for ages, and one that is ahead for nothing."""
    rate, key = Rate(1, 10.0), f"key-{next(_keys)}"
    ahead, behind = (limiter_for(core_with(rate, key=key, clock=Clock())) for _ in range(2))
    ahead.update(RateLimit(100, 0, 60.0), 5000.0)
    assert ahead.reserve(5000.0, FAR) == 60.0
    assert behind.reserve(100.0, FAR) == 0.0


def test_a_clock_that_is_ahead_forgets_nothing_of_another() -> None:
    """Idle by one clock may be busy by another; limits are kept for only a few clocks."""
    clock, rate = Clock(), Rate(1, 10.0, "key", f"test {next(_keys)}")
    key = f"key-{next(_keys)}"
    assert limiter_for(core_with(rate, key=key, clock=clock)).reserve(clock.now, FAR) == 0.0
    limiter_for(core_with(rate, clock=Clock(now=9000.0)))
    gc.collect()
    assert limiter_for(core_with(rate, key=key, clock=clock)).reserve(clock.now, FAR) == 10.0
    for _ in range(2 * rate_limiter._MAX_CLOCKS):
        limiter_for(core_with(rate)).reserve(0.0, FAR)
    gc.collect()
    assert (
        sum(rate in place for place in rate_limiter._limits_by_key) <= rate_limiter._MAX_CLOCKS + 1
    )


if sys.platform != "win32":

    def test_a_fork_does_not_inherit_the_lock() -> None:
        """A child that was forked while a thread took its slot can also take one."""
        throttle = limiter_for(core_with(Rate(1, 10.0)))
        with rate_limiter._lock:
            child = os.fork()
            if child == 0:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(20)  # it would wait forever
                code = 1
                try:
                    code = int(throttle.reserve(0.0, FAR))
                finally:
                    os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
