"""Actions at virtual times."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from trunkline.sandbox.core.clock import Clock

    Action = Callable[[datetime], None]

__all__ = ["Scheduler", "Timer"]


@dataclass(slots=True, order=True)
class Timer:
    """A scheduled action; `cancel` is harmless after it has run."""

    due: datetime
    number: int
    action: Action = field(compare=False)
    is_cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.is_cancelled = True


class Scheduler:
    """Scheduled actions on one clock; every action receives its own due time.

    Actions run on the event loop's thread, never concurrently, and must not block.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._timers: list[Timer] = []
        self._count = 0
        self._changed = asyncio.Event()

    def now(self) -> datetime:
        return self.clock.now()

    def at(self, due: datetime, action: Action) -> Timer:
        """Schedule an action; actions of the same instant run in the order of scheduling."""
        self._count += 1
        timer = Timer(due, self._count, action)
        heapq.heappush(self._timers, timer)
        self._changed.set()
        return timer

    def after(self, seconds: float, action: Action) -> Timer:
        """Schedule an action this many virtual seconds from now."""
        return self.at(self.now() + timedelta(seconds=seconds), action)

    def clear(self) -> None:
        self._timers.clear()

    def run_due(self) -> None:
        while (timer := self._next()) is not None and timer.due <= self.now():
            heapq.heappop(self._timers)
            timer.action(timer.due)

    async def advance(self, seconds: float, drain: Callable[[], Awaitable[None]]) -> None:
        """Move the clock forward, stopping at each due time on the way.

        Args:
            seconds: virtual seconds.
            drain: awaited after each stop, so that what an action started (a delivery that may
                schedule its own retry) has ended before time moves on.
        """
        target = self.now() + timedelta(seconds=seconds)
        self.run_due()
        await drain()
        while (timer := self._next()) is not None and timer.due <= target:
            self._move_to(timer.due)
            self.run_due()
            await drain()
        self._move_to(target)

    async def run(self) -> None:
        """Follow a running clock forever; a manual clock only needs `advance`."""
        while True:
            self._changed.clear()
            self.run_due()
            try:
                async with asyncio.timeout(self._real_wait()):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _next(self) -> Timer | None:
        while self._timers and self._timers[0].is_cancelled:
            heapq.heappop(self._timers)
        return self._timers[0] if self._timers else None

    def _move_to(self, moment: datetime) -> None:
        self.clock.advance(max(0.0, (moment - self.now()).total_seconds()))

    def _real_wait(self) -> float | None:
        timer = self._next()
        if timer is None or self.clock.speed == 0:
            return None
        return max(0.0, (timer.due - self.now()).total_seconds() / self.clock.speed)
