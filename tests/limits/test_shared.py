"""Budgets in a real Redis: how slots are assigned, revoked, and shared by processes."""

from __future__ import annotations

import time
from itertools import chain
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import redis
from tests.engine.rate_limits import FAR, most_in_any
from tests.limits.conftest import MINUTE, Make
from tests.limits.processes import places
from tests.redis_server import REDIS_URL

from trunkline import AsyncPamela, Pamela, errors
from trunkline.limits import (
    AsyncConfirmingLimiter,
    AsyncSharedRateLimit,
    Budget,
    ConfirmingLimiter,
    RateLimit,
    SharedRateLimit,
)

if TYPE_CHECKING:
    from trunkline._engine.runtime import Runtime
    from trunkline.sandbox.server import Sandbox

#: Seconds between two requests of ``MINUTE``, and between those of half of it.
PACE, HALF_PACE = 60 / 97, 60 / 48.5
#: Seconds that the tests may take between two commands; no slot depends on them.
SLACK = 5.0


def test_places_are_evenly_spaced_whoever_asks(make: Make) -> None:
    """Two processes that ask in turn get slots in turn, 97 of 100 a minute."""
    one, other = make(), make()
    first = time.monotonic() + one.reserve(FAR)
    for number in range(1, 40):
        asked = other if number % 2 else one
        wait = asked.reserve(FAR)
        assert time.monotonic() + wait == pytest.approx(first + number * PACE, abs=0.3)


def test_a_place_that_comes_too_late_is_not_taken(make: Make) -> None:
    """The caller gets the wait it would have been, and the next one may take the slot."""
    limit = make()
    for _ in range(10):
        limit.reserve(FAR)
    late = [limit.reserve(1.0) for _ in range(20)]
    assert min(late) > 1.0
    assert limit.reserve(FAR) <= late[0]


def test_a_request_needs_a_place_in_every_budget(make: Make) -> None:
    """The narrow one decides, and what the wide one alone would allow is counted in both."""
    narrow, wide = Budget("ip", 10, 60), Budget("tenant", 100, 60)
    here, there = make(narrow, wide), make(wide)
    first = here.reserve(FAR)
    assert here.reserve(FAR) - first == pytest.approx(60 / 9.7, abs=0.3)
    waits = [there.reserve(FAR) for _ in range(5)]
    assert waits[0] > first
    assert waits[-1] - waits[0] == pytest.approx(4 * PACE, abs=0.3)


def test_a_burst_begins_at_once(make: Make, redis_prefix: str) -> None:
    """After a long idle time; the next slots are spaced so that no window exceeds the budget."""
    limit = make(Budget("bursting", 100, 60, burst=5))
    with redis.Redis.from_url(REDIS_URL) as client:
        client.set(f"{{{redis_prefix}}}:place:bursting", 0)
    waits = [limit.reserve(FAR) for _ in range(120)]
    assert waits[:5] == [0] * 5
    assert waits[5] == pytest.approx(60 / (0.97 * 96), abs=0.3)
    assert most_in_any(60, waits) <= 100


def test_processes_keep_one_budget(redis_prefix: str) -> None:
    """Three processes ask at the same time; no minute has more requests than the vendor allows."""
    reserved = sorted(chain(*places(REDIS_URL, MINUTE, redis_prefix, 3, 60)))
    assert most_in_any(60, reserved) <= 100
    assert reserved[-1] - reserved[0] == pytest.approx(179 * PACE, abs=1)


def pamela(sandbox: Sandbox, limit: SharedRateLimit, runtime: Runtime, **more: Any) -> Pamela:
    url = sandbox.pamela_url
    return Pamela("pk_test_sandbox", base_url=url, throttle=limit, runtime=runtime, **more)


def test_a_429_that_one_receives_holds_back_all(
    make: Make, sandbox: Sandbox, hasty: Runtime
) -> None:
    """The wait is in Pamela's body or in the header; afterwards all restart spaced."""
    one, other = make(), make()
    sandbox.control.fault("rate_limit", operation="list_calls", seconds=30)
    with (
        pamela(sandbox, one, hasty, max_retries=0) as client,
        pytest.raises(errors.RateLimitError),
    ):
        list(client.calls.list())
    waits = [other.reserve(FAR) for _ in range(3)]
    assert 30 - SLACK < waits[0] <= 30
    assert waits[2] - waits[0] == pytest.approx(2 * PACE, abs=0.3)


def test_a_place_is_void_when_a_pause_came_meanwhile(make: Make) -> None:
    """A caller that waits through a pause gets a slot after it; without one it keeps its slot."""
    one, other = make(), make()
    other.reserve(FAR)
    assert other.confirm(FAR, late=0.5) == 0
    assert other.confirm(FAR, late=1.0) > 0, "a second late: another place"
    one.heed(RateLimit(remaining=0, reset=30))
    assert 30 - SLACK < other.confirm(FAR) <= 30
    one.heed(RateLimit(remaining=0, reset=10))
    assert other.confirm(FAR) > 30 - SLACK, "a shorter pause does not end a longer one"


def test_a_pause_is_that_of_each_budget(make: Make) -> None:
    """A limit that shares one of the budgets waits; one that shares none does not."""
    tenant, here, there = (
        Budget("tenant", 100, 60),
        Budget("ip 1", 100, 60),
        Budget("ip 2", 100, 60),
    )
    one, other, stranger = make(tenant, here), make(tenant, there), make(there)
    other.reserve(FAR)
    one.heed(RateLimit(remaining=0, reset=30))
    assert other.confirm(FAR) > 30 - SLACK
    assert stranger.confirm(FAR) == 0


@pytest.mark.parametrize("told", [(5, 30.0), (0, None), (0, 4000.0), (None, 30.0)])
def test_what_says_nothing_of_a_pause_is_not_one(
    make: Make, told: tuple[int | None, float | None]
) -> None:
    """Requests remain, or the wait is missing or absurd."""
    limit = make()
    limit.heed(RateLimit(100, *told))
    assert limit.reserve(FAR) < SLACK


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_clients_share_the_limit(
    make: Make, sandbox: Sandbox, hasty: Runtime, backend: str
) -> None:
    """One limit serves threads and event loops; both kinds can revoke slots."""
    limit = make()
    shared = AsyncSharedRateLimit(limit)
    assert isinstance(limit, ConfirmingLimiter)
    assert isinstance(shared, AsyncConfirmingLimiter)

    async def scenario() -> None:
        sandbox.control.fault("rate_limit", operation="list_calls", seconds=30)
        settings: dict[str, Any] = {"base_url": sandbox.pamela_url, "runtime": hasty}
        async with AsyncPamela("pk_test_sandbox", throttle=shared, **settings) as client:
            with pytest.raises(errors.RateLimitError):
                _ = [call async for call in client.with_options(max_retries=0).calls.list()]
            with pytest.raises(errors.DeadlineExceededError, match="own throttle"):
                _ = [call async for call in client.with_options(deadline=5).calls.list()]

    anyio.run(scenario, backend=backend)
    assert limit.reserve(FAR) > 30 - SLACK
