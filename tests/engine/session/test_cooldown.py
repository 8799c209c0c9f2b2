"""A refusal with a wait also holds back calls of the same operation that were not sent yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import (
    Clock,
    build_request,
    cooldown_delay,
    make_context,
    make_request,
    next_delay,
    response,
)
from tests.providers import Reply, Scripted

from trunkline import AsyncStateSetVoice, StateSetVoice
from trunkline._engine.cooldown import CooldownActive
from trunkline._engine.session.retry import RetryLimits
from trunkline._engine.session.retry import cooldown_delay as delay_within
from trunkline._secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.models import Request
    from trunkline._engine.session.context import ClientContext

TO = "+15555550123"
BUSY = Reply(429, {"error": "slow down"}, {"Retry-After": "5"})
MADE = Reply(200, {"call_sid": "CA1"})


def check(context: ClientContext, request: Request | None, now: float) -> None:
    """Check for a cooldown as a transport does right before it sends."""
    context.cooldowns.check((request or make_request(context)).operation_key, now)


def low(start: float, _end: float) -> float:
    return start


def high(_start: float, end: float) -> float:
    return end


@given(st.floats(0, 1e4), st.integers(0, 5), st.floats(0, 1e4), st.floats(0, 1e4))
def test_a_held_request_is_sent_before_half_its_time_is_gone(
    floor: float, retries: int, remaining: float, longest: float
) -> None:
    """It waits at least as long as the server requires, or not at all."""
    limits = RetryLimits(retries, remaining, longest)
    for draw in (low, high):
        wait = delay_within(floor, limits, draw)
        assert wait == 0 or (floor <= wait <= (floor + remaining) / 2 and floor <= longest)
        assert wait == 0 or retries > 0


def test_without_a_pause_nothing_is_held() -> None:
    """The pause may have ended while the request waited for a connection."""
    assert delay_within(0.0, RetryLimits(2, math.inf, 60.0), high) == 0


def test_a_pause_is_for_its_operation_and_ends() -> None:
    """Calls of another operation, or after the given time, are not held."""
    clock = Clock()
    context = make_context(clock)
    next_delay(context, make_request(context), response(429, retry_after="5"))
    waiting, other = make_request(context), build_request(context, "GET", "/usage")
    with pytest.raises(CooldownActive):
        check(context, waiting, clock.now)
    check(context, other, clock.now)
    check(context, waiting, clock.now + 5)


def test_a_request_is_held_once() -> None:
    """A pause that is renewed again and again must not starve a request."""
    clock = Clock()
    context = make_context(clock)
    next_delay(context, make_request(context), response(429, retry_after="5"))
    waiting = make_request(context)
    assert cooldown_delay(context, waiting) == 5


def test_other_accounts_are_not_held() -> None:
    """Limits apply per key."""
    clock = Clock()
    context = make_context(clock)
    next_delay(context, make_request(context), response(429, retry_after="5"))
    with pytest.raises(CooldownActive):
        check(context.replace(options=context.options), None, clock.now)
    check(context.replace(key=Secret("another")), None, clock.now)


def test_only_so_many_kinds_are_remembered() -> None:
    """Requests without an operation may have any path."""
    context = make_context()
    for number in range(300):
        next_delay(context, make_request(context), response(429, retry_after="5"))
        request = build_request(context, "GET", f"/{number}")
        request.attempts = 1
        next_delay(context, request, response(429, retry_after="5"))
    assert len(context.cooldowns) <= 100


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted(BUSY) as scripted:
        yield scripted


def test_a_second_call_waits_without_asking(server: Scripted) -> None:
    """The second call waits out the first one's refusal without a request or attempt."""
    clock = Clock()
    with StateSetVoice("k", base_url=server.url, runtime=clock.runtime()) as client:
        with pytest.raises(Exception, match="slow down"):
            client.with_options(max_retries=0).make_call(to=TO)
        server.then(MADE)
        made = client.calls.with_raw_response.make(to=TO)
    assert (made.parsed.call_sid, made.attempts) == ("CA1", 1)
    assert (clock.sleeps, len(server.asked)) == ([5.0], 2)


def test_the_same_in_tasks(server: Scripted) -> None:
    """Also for calls that wait for a connection when the refusal arrives."""
    clock = Clock()

    async def both() -> None:
        options = {"base_url": server.url, "max_connections": 1}
        async with AsyncStateSetVoice("k", runtime=clock.runtime(), **options) as client:  # type: ignore[arg-type]  # keywords in a dictionary
            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(lambda: client.make_call(to=TO))

    server.then(MADE, MADE, MADE)
    anyio.run(both)
    assert len(server.asked) == 4


def test_a_call_that_may_not_wait_is_sent(server: Scripted) -> None:
    """Without retries, or with a shorter max_wait, the server's own response is returned."""
    clock = Clock()
    with StateSetVoice("k", base_url=server.url, runtime=clock.runtime()) as client:
        for impatient in (client.with_options(max_retries=0), client.with_options(max_wait=1)):
            server.then(BUSY)
            with pytest.raises(Exception, match="slow down"):
                impatient.make_call(to=TO)
    assert sum(clock.sleeps) == 0
