"""Waiting for a state, with a clock that only moves during pauses."""

from __future__ import annotations

import asyncio
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import Clock

from trunkline import errors
from trunkline._engine.client._async.waiter import AsyncWaiter
from trunkline._engine.client._sync.waiter import LONGEST, Waiter

if TYPE_CHECKING:
    from collections.abc import Callable


def wait(
    clock: Clock,
    read: Callable[[], Any],
    done: Callable[[Any], bool],
    *,
    timeout: float = 60.0,
    interval: float = 1.0,
) -> Any:
    """Wait in both backends, which must agree, and return the result."""

    async def async_read(_within: float) -> Any:
        return read()

    async def run() -> Any:
        return await AsyncWaiter(
            async_read, done, "the call", timeout, interval, clock.runtime()
        ).run()

    if clock.draw == 1.0:
        return asyncio.run(run())
    return Waiter(
        lambda _within: read(), done, "the call", timeout, interval, clock.runtime()
    ).run()


class Script:
    """Returns results one after another, and the last one forever."""

    def __init__(self, *responses: Any) -> None:
        self.responses = list(responses)
        self.asked = 0

    def __call__(self) -> Any:
        self.asked += 1
        response = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        if isinstance(response, Exception):
            raise response
        return response


@pytest.fixture(params=[0.0, 0.5, 1.0], ids=["early", "even", "late, async"])
def clock(request: pytest.FixtureRequest) -> Clock:
    return Clock(draw=request.param)


def is_done(state: str) -> bool:
    return state == "done"


def test_a_state_that_is_there_costs_no_pause(clock: Clock) -> None:
    """The first query is immediate."""
    assert wait(clock, Script("done"), is_done) == "done"
    assert clock.sleeps == []


def test_pauses_grow_to_ten_seconds(clock: Clock) -> None:
    """Each pause is 1.5 times the one before, up to the longest, within 10 %."""
    wait(clock, Script(*["ringing"] * 12, "done"), is_done, timeout=600)
    expected = 1.0
    for pause in clock.sleeps:
        assert 0.9 * expected <= pause <= 1.1 * expected + 1e-9
        expected = min(expected * 1.5, LONGEST)
    assert len(clock.sleeps) == 12


def test_time_runs_out_with_a_last_look(clock: Clock) -> None:
    """Time is reserved for a last query, and the error has the latest state."""
    script = Script("ringing")
    with pytest.raises(errors.WaitTimeoutError, match=r"the call did not .* within 30 s") as caught:
        wait(clock, script, is_done, timeout=30)
    assert caught.value.last == "ringing"
    assert 28 <= sum(clock.sleeps) <= 30
    assert script.asked == len(clock.sleeps) + 1
    assert pickle.loads(pickle.dumps(caught.value)).last is None


def test_passing_failures_are_waited_out(clock: Clock) -> None:
    """A lost connection, a 429 and a 5xx do not end the wait."""
    script = Script(
        errors.APIConnectionError("x"),
        errors.ServerError("x"),
        errors.RateLimitError("x", retry_after=7.0),
        "done",
    )
    assert wait(clock, script, is_done) == "done"
    assert clock.sleeps[2] >= 7 * 0.9


def test_a_failure_that_stays_is_the_cause_of_the_timeout(clock: Clock) -> None:
    """The error is that of a wait that timed out, with the last state read."""
    script = Script("ringing", errors.ServerError("x"))
    with pytest.raises(errors.WaitTimeoutError) as caught:
        wait(clock, script, is_done, timeout=10)
    assert caught.value.last == "ringing"
    assert isinstance(caught.value.__cause__, errors.ServerError)


def test_what_was_just_created_may_not_be_found_yet(clock: Clock) -> None:
    """A 404 in the first seconds is waited out; one after the object was found is final."""
    assert wait(clock, Script(*[errors.NotFoundError("x")] * 2, "done"), is_done) == "done"
    with pytest.raises(errors.NotFoundError):
        wait(clock, Script("ringing", errors.NotFoundError("x")), is_done)
    with pytest.raises(errors.NotFoundError):
        wait(clock, Script(errors.NotFoundError("x")), is_done, timeout=60)


@pytest.mark.parametrize("kind", [errors.BadRequestError, errors.AuthenticationError])
def test_other_failures_are_raised_at_once(clock: Clock, kind: type[errors.APIError]) -> None:
    """Waiting would not change them."""
    with pytest.raises(kind):
        wait(clock, Script(kind("x")), is_done)
    assert clock.sleeps == []


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), "5"])
def test_times_are_checked(clock: Clock, value: Any) -> None:
    """Timeout and interval are finite numbers above 0."""
    with pytest.raises(errors.InvalidArgumentError, match="timeout"):
        wait(clock, Script("done"), is_done, timeout=value)
    with pytest.raises(errors.InvalidArgumentError, match="interval"):
        wait(clock, Script("done"), is_done, interval=value)


@given(
    st.floats(0.1, 1000),
    st.floats(0.1, 100),
    st.floats(0, 1),
    st.lists(st.none() | st.floats(0, 1e7), max_size=40),
)
def test_a_wait_never_sleeps_past_its_end(
    timeout: float, interval: float, draw: float, wanted: list[float | None]
) -> None:
    """Whatever waits the server requests, all pauses together stay within the timeout."""
    clock = Clock(draw=draw)
    responses = ["on" if w is None else errors.RateLimitError("x", retry_after=w) for w in wanted]
    script = Script(*responses, "on")
    waiting = Waiter(
        lambda _within: script(), is_done, "the call", timeout, interval, clock.runtime()
    )
    with pytest.raises(errors.WaitTimeoutError):
        waiting.run()
    assert sum(clock.sleeps) <= timeout * (1 + 1e-9)
