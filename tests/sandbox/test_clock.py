"""Time in the sandbox."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from trunkline.sandbox import ManualClock, RunningClock
from trunkline.sandbox.core.clock import MANUAL_START
from trunkline.sandbox.core.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Callable


async def nothing() -> None:
    await asyncio.sleep(0)


def test_manual_clock_stands_still() -> None:
    """A manual clock moves only when it is advanced."""
    clock = ManualClock()
    assert (clock.now(), clock.now(), clock.speed) == (MANUAL_START, MANUAL_START, 0)
    clock.advance(1.5)
    assert clock.now() == MANUAL_START + timedelta(seconds=1.5)


def test_manual_clock_starts_where_it_is_told() -> None:
    """A naive start is UTC, an aware one is converted."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001  # naive on purpose
    assert ManualClock(naive).now() == datetime(2026, 1, 1, tzinfo=UTC)
    india = timezone(timedelta(hours=5, minutes=30))
    start = datetime(2026, 1, 1, 5, 30, tzinfo=india)
    assert ManualClock(start).now().isoformat() == "2026-01-01T00:00:00+00:00"


def test_running_clock_runs_at_its_speed() -> None:
    """At an hour per second, a second is an hour."""
    clock = RunningClock(3600)
    first = clock.now()
    time.sleep(0.01)
    assert clock.now() - first >= timedelta(seconds=36)


def test_running_clock_starts_now_or_where_it_is_told() -> None:
    """Without a start the virtual time is the real time."""
    assert abs(RunningClock().now() - datetime.now(UTC)) < timedelta(seconds=5)
    start = datetime(2030, 1, 1, tzinfo=UTC)
    assert RunningClock(start=start).now() - start < timedelta(seconds=5)


def test_running_clock_jumps() -> None:
    """Even a running clock can be advanced."""
    clock = RunningClock(0.001)
    first = clock.now()
    clock.advance(1000)
    assert clock.now() - first >= timedelta(seconds=1000)


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_time_only_moves_forward(seconds: float) -> None:
    """A negative advance is refused."""
    with pytest.raises(ValueError, match="forward"):
        ManualClock().advance(seconds)
    with pytest.raises(ValueError, match="forward"):
        RunningClock().advance(seconds)


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_running_clock_needs_a_speed(speed: float) -> None:
    """A speed of 0 or less is refused."""
    with pytest.raises(ValueError, match="above 0"):
        RunningClock(speed)


@pytest.mark.anyio
async def test_actions_happen_in_order() -> None:
    """Due time decides, then planning order; each action is passed its due time."""
    scheduler = Scheduler(ManualClock())
    happened: list[tuple[str, datetime]] = []

    def noting(name: str) -> Callable[[datetime], None]:
        return lambda when: happened.append((name, when))

    for name, seconds in (("c", 3), ("a", 1), ("b", 1)):
        scheduler.after(seconds, noting(name))
    await scheduler.advance(2, nothing)
    assert [name for name, _ in happened] == ["a", "b"]
    await scheduler.advance(2, nothing)
    start = MANUAL_START
    assert [(when - start).total_seconds() for _, when in happened] == [1, 1, 3]


@pytest.mark.anyio
async def test_a_cancelled_action_never_happens() -> None:
    """A cancelled timer is skipped, wherever it is in the queue."""
    scheduler = Scheduler(ManualClock())
    happened: list[datetime] = []
    first = scheduler.after(1, happened.append)
    scheduler.after(2, happened.append)
    last = scheduler.after(3, happened.append)
    first.cancel()
    last.cancel()
    await scheduler.advance(5, nothing)
    assert happened == [MANUAL_START + timedelta(seconds=2)]


@pytest.mark.anyio
async def test_what_an_action_plans_happens_in_the_same_advance() -> None:
    """An advance also runs what its actions schedule."""
    scheduler = Scheduler(ManualClock())
    happened: list[datetime] = []

    def plan_another() -> None:
        scheduler.after(1, happened.append)

    scheduler.after(1, lambda _when: happened.append(scheduler.now()))
    scheduler.after(1, lambda _when: plan_another())
    await scheduler.advance(10, nothing)
    assert [(when - MANUAL_START).total_seconds() for when in happened] == [1, 2]
    assert scheduler.now() == MANUAL_START + timedelta(seconds=10)


@pytest.mark.anyio
async def test_a_cleared_timeline_is_empty() -> None:
    """Nothing that was planned runs after a reset."""
    scheduler = Scheduler(ManualClock())
    scheduler.after(1, lambda _when: pytest.fail("was cleared"))
    scheduler.clear()
    await scheduler.advance(2, nothing)


@pytest.mark.anyio
async def test_a_running_timeline_follows_its_clock() -> None:
    """Actions run by themselves, even those planned while it waits."""
    scheduler = Scheduler(RunningClock(1000))
    happened = asyncio.Event()
    running = asyncio.create_task(scheduler.run())
    await asyncio.sleep(0)
    scheduler.after(10, lambda _when: happened.set())
    await asyncio.wait_for(happened.wait(), 60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
