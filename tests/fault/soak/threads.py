"""Storms on a synchronous client: signals and other threads interrupt the callers."""

from __future__ import annotations

import ctypes
import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.fault.harness import TO
from tests.fault.soak.storm import COMPANIONS, INTERRUPTS, SIZE, Alarm, Storm, Timer

from trunkline import StateSetVoice

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds within which a thread that does not hang ends, however busy the machine is.
PATIENT = 60.0


class ThreadStorm(Storm):
    """Calls one client from several threads and interrupts some of the calls."""

    client_class = StateSetVoice

    #: Not an Event: an exception raised in its Python code would leave its lock held.
    stopped = False

    def call(self, run: str, *, post: bool) -> None:
        """Make one call; its response must be its own."""
        one = self.for_run(run)
        made = one.make_call(to=TO) if post else one.call_logs.list().items[0]
        self.compare(run, made.call_sid)

    def warm_up(self) -> None:
        for post in (False, True):
            self.call(f"warm-{self.cell}-{post}", post=post)
        self.client.close()

    def interrupt(self, interrupts: int) -> None:
        if self.cell.kind == "thread":
            self._by_threads(interrupts)
        else:
            self._by_signal(interrupts)

    def _by_signal(self, interrupts: int) -> None:
        """Interrupt calls of this thread with a timer."""
        timer = Timer(INTERRUPTS[self.cell.kind], self.report)
        threads = [threading.Thread(target=self._accompany, args=(n,)) for n in range(COMPANIONS)]
        for thread in threads:
            thread.start()
        while self.report.raised < interrupts:
            self._call_once(timer)
        timer.disarm()
        self.stopped = True
        for thread in threads:
            thread.join()

    def _call_once(self, timer: Timer) -> None:
        report, before = self.report, self.report.raised
        report.calls += 1
        run, post = f"{self.cell}-m{report.calls}", self.dice.random() < 0.5
        try:
            timer.set(self.dice.uniform(1e-5, self.spread))
            self.call(run, post=post)
            timer.disarm()
            report.swallowed += report.raised - before
        except INTERRUPTS[self.cell.kind]:
            pass
        except BaseException as error:  # noqa: BLE001 - any other one is unexpected
            timer.disarm()
            self.strange.append(f"instead of the interrupt: {error!r}")

    def _accompany(self, number: int) -> None:
        """Call without being interrupted, so that some thread always waits."""
        count = 0
        while not self.stopped:
            count += 1
            try:
                self.call(f"{self.cell}-c{number}-{count}", post=count % 2 == 0)
            except BaseException as error:  # noqa: BLE001 - none is expected
                self.strange.append(f"a companion's call failed: {error!r}")

    def _by_threads(self, interrupts: int) -> None:
        """Raise in the calling threads, from this one."""
        threads = [threading.Thread(target=self._survive, args=(n,)) for n in range(SIZE + 3)]
        for thread in threads:
            thread.start()
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        while self.report.raised < interrupts and all(thread.is_alive() for thread in threads):
            time.sleep(self.dice.uniform(0, self.spread / 4))
            for mine in self.dice.sample([thread.ident or 0 for thread in threads], 2):
                raise_in(ctypes.c_ulong(mine), ctypes.py_object(Alarm))
        time.sleep(0.1)
        self.stopped = True
        for thread in threads:
            thread.join(PATIENT)
            if thread.is_alive():
                self.strange.append("a thread hangs")

    def _survive(self, number: int) -> None:
        """Go on after an interrupt between two calls."""
        counter = itertools.count()
        while not self.stopped:
            try:
                while not self.stopped:
                    with suppress(Alarm):
                        self._be_struck(number, counter)
            except Alarm:  # raised in the Python code of suppress()
                continue

    def _be_struck(self, number: int, counter: Iterator[int]) -> None:
        """Call until the storm is over."""
        for count in counter:
            try:
                if self.stopped:
                    return
                self.call(f"{self.cell}-t{number}-{count}", post=count % 2 == 0)
            except Alarm:
                self.report.raised += 1
            except BaseException as error:  # noqa: BLE001 - any other one is unexpected
                self.strange.append(f"instead of the interrupt: {error!r}")

    def take_all(self) -> None:
        with ThreadPoolExecutor(SIZE) as together:
            runs = [f"{self.cell}-last{number}" for number in range(SIZE)]
            list(together.map(lambda run: self.call(run, post=False), runs))
        self.client.close()
