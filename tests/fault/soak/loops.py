"""Storms on an asynchronous client: Ctrl-C ends a running event loop.

asyncio's own handler cancels the main task; trio's raises KeyboardInterrupt there at the next
checkpoint, which cancels all others. (Without that restriction it is raised at any line, and in the
code of a cancel scope it breaks trio itself.) The same client is used in the next loop.
"""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import trio
from tests.fault.harness import TO
from tests.fault.soak.storm import COMPANIONS, SIZE, Storm, Timer

from trunkline import AsyncStateSetVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    Job = Callable[[], Coroutine[Any, Any, None]]


class SIGINTTimer(Timer):
    """Leaves the signal to the event loop's own handler."""

    def interrupt(self) -> None:
        signal.raise_signal(signal.SIGINT)


class LoopStorm(Storm):
    """Runs one event loop after another until interrupts have ended enough of them."""

    client_class = AsyncStateSetVoice

    def run(self, *jobs: Job, timer: Timer | None = None) -> None:
        """Run jobs together in a new event loop; a timer is disarmed before the loop ends."""
        if self.cell.backend == "trio":
            trio.run(self._in_trio, jobs, timer, restrict_keyboard_interrupt_to_checkpoints=True)
        else:
            asyncio.run(self._in_asyncio(jobs, timer))

    async def _in_trio(self, jobs: Iterable[Job], timer: Timer | None) -> None:
        async with trio.open_nursery() as nursery:
            for job in jobs:
                nursery.start_soon(job)
        if timer is not None:
            timer.disarm()

    async def _in_asyncio(self, jobs: Iterable[Job], timer: Timer | None) -> None:
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                group.create_task(job())
        if timer is not None:
            timer.disarm()

    def job(self, run: str, *kinds: bool) -> Job:
        """Return a job that makes calls one after the other: POST where a kind is true."""

        async def work() -> None:
            for count, post in enumerate(kinds):
                self.report.calls += 1
                await self._call(f"{self.cell}-{run}-{count}", post=post)

        return work

    async def _call(self, run: str, *, post: bool) -> None:
        """Make one call; its response must be its own."""
        one = self.for_run(run)
        made: Any = await one.make_call(to=TO) if post else (await one.call_logs.list()).items[0]
        self.compare(run, made.call_sid)

    def warm_up(self) -> None:
        self.run(self.job("warm", False, True))

    def interrupt(self, interrupts: int) -> None:
        timer = SIGINTTimer(KeyboardInterrupt, self.report)
        while self.report.raised < interrupts:
            self._run_once(timer)

    def _run_once(self, timer: Timer) -> None:
        """Call from several tasks, twice from each so that connections are reused."""
        before = self.report.raised
        runs = [f"{self.report.calls}-{number}" for number in range(COMPANIONS + 1)]

        async def strike() -> None:
            timer.set(self.dice.uniform(1e-5, 4 * self.spread))

        try:
            self.run(strike, *(self.job(run, True, False) for run in runs), timer=timer)
            self.report.swallowed += self.report.raised - before
        except BaseException as error:  # noqa: BLE001 - the loop decides what it raises
            if self.report.raised == before:
                self.strange.append(f"without an interrupt: {error!r}")
        finally:
            timer.disarm()

    def take_all(self) -> None:
        self.run(*(self.job(f"last{number}", False) for number in range(SIZE)))
        self.run(self.client.aclose)
