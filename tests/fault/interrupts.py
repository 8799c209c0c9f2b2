"""Interrupts calls at random lines, as signals and other threads do; run as a program of its own.

A timer's signal handler raises in the main thread (Ctrl-C, Celery's soft time limit), or one
thread raises in others (``PyThreadState_SetAsyncExc``), while further threads wait for the same
connections.
"""

from __future__ import annotations

import argparse
import ctypes
import faulthandler
import gc
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from billiard.exceptions import (  # type: ignore[import-untyped]  # it has no types
    SoftTimeLimitExceeded,
)
from tests.fault.harness import KEY, TO, HostileProcess
from tests.pool_state import pool_state

from trunkline import StateSetVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

SIZE = 5
COMPANIONS = 6  # with the interrupted thread more than there are connections


class Alarm(Exception):  # noqa: N818 - what a handler of the application raises
    """Raised by a signal handler."""


class Terminated(BaseException):
    """The same, below no Exception."""


INTERRUPTS: dict[str, type[BaseException]] = {
    "alarm": Alarm,
    "keyboard": KeyboardInterrupt,
    "celery": SoftTimeLimitExceeded,
    "base": Terminated,
}


@dataclass
class Report:
    """What came of it.

    Attributes:
        raised: how many interrupts struck a call.
        swallowed: how many the interpreter printed and dropped, being in a finalizer.
        faults: sentences, one for each broken promise.
    """

    kind: str
    delay: int
    seed: int
    raised: int = 0
    swallowed: int = 0
    calls: int = 0
    free: int = 0
    descriptors: tuple[int, int] = (0, 0)
    faults: list[str] = field(default_factory=list)


def descriptors() -> int:
    """Return how many files this process has open."""
    found = Path("/proc/self/fd")
    return len(list(found.iterdir())) if found.exists() else 0


class Storm:
    """Calls one client from several threads and interrupts some of the calls."""

    def __init__(self, server: HostileProcess, kind: str, delay: int, seed: int) -> None:
        self.server, self.kind, self.delay = server, kind, delay
        self.report = Report(kind, delay, seed)
        self.dice = random.Random(f"{kind}:{delay}:{seed}")
        self.client = self._client()
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.named: Counter[str] = Counter()
        self.strange: list[str] = []

    def _client(self) -> StateSetVoice:
        return StateSetVoice(
            KEY, base_url=self.server.url, max_connections=SIZE, max_retries=0, timeout=30
        )

    def call(self, run: str, *, post: bool) -> None:
        """Make one call; its response must be its own."""
        one = self.client.with_options(headers={"X-Run": run, "X-Faults": f"slow={self.delay},*"})
        name = one.make_call(to=TO).call_sid if post else one.call_logs.list().items[0].call_sid
        if name != run:
            self.strange.append(f"{run} got the response of {name}")

    def accompany(self, number: int) -> None:
        """Call without being interrupted, so that somebody always waits."""
        count = 0
        while not self.stopped.is_set():
            count += 1
            try:
                self.call(f"c{number}-{count}", post=count % 2 == 0)
            except BaseException as error:  # noqa: BLE001 - none is expected
                self.strange.append(f"a companion's call failed: {error!r}")

    def by_signal(self, interrupts: int) -> None:
        """Interrupt calls of this thread by a timer."""
        kind, armed = INTERRUPTS[self.kind], False

        def strike(_number: int, _frame: FrameType | None) -> None:
            nonlocal armed
            if armed:
                armed = False
                self.report.raised += 1
                raise kind

        signal.signal(signal.SIGALRM, strike)
        threads = [threading.Thread(target=self.accompany, args=(n,)) for n in range(COMPANIONS)]
        for thread in threads:
            thread.start()
        while self.report.raised < interrupts:
            self.report.calls += 1
            before = self.report.raised
            try:
                armed = True
                signal.setitimer(signal.ITIMER_REAL, self.dice.uniform(1e-5, self._spread()))
                self.call(f"m{self.report.calls}", post=self.dice.random() < 0.5)
                armed = False
                if self.report.raised > before:
                    self.swallow()
            except kind:
                pass
            except BaseException as error:  # noqa: BLE001 - every other one is foreign
                armed = False
                self.strange.append(f"instead of the interrupt: {error!r}")
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.stopped.set()
        for thread in threads:
            thread.join()

    def _spread(self) -> float:
        return 0.004 + 2 * self.delay / 1000

    def swallow(self) -> None:
        """Count an interrupt that a finalizer kept to itself."""
        self.report.swallowed += 1

    def by_threads(self, interrupts: int) -> None:
        """Raise in threads that call, from this one."""
        threads = [threading.Thread(target=self.survive, args=(n,)) for n in range(SIZE + 3)]
        for thread in threads:
            thread.start()
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        while self.report.raised < interrupts:
            time.sleep(self.dice.uniform(0, self._spread() / 4))
            for mine in self.dice.sample([thread.ident or 0 for thread in threads], 2):
                raise_in(ctypes.c_ulong(mine), ctypes.py_object(Alarm))
        time.sleep(0.1)
        self.stopped.set()
        for thread in threads:
            thread.join(60)
            if thread.is_alive():
                self.strange.append("a thread hangs")

    def survive(self, number: int) -> None:
        """Go on after what strikes between the calls."""
        counter = itertools.count()
        while not self.stopped.is_set():
            with suppress(Alarm):
                self.be_struck(number, counter)

    def be_struck(self, number: int, counter: Iterator[int]) -> None:
        """Call until it is over."""
        for count in counter:
            try:
                if self.stopped.is_set():
                    return
                self.call(f"t{number}-{count}", post=count % 2 == 0)
            except Alarm:
                self.report.raised += 1
            except BaseException as error:  # noqa: BLE001 - every other one is foreign
                self.strange.append(f"instead of the interrupt: {error!r}")

    def finish(self) -> Report:
        """Look at what is left."""
        report = self.report
        gc.collect()
        state = pool_state(self.client)
        report.free = state.size - state.active
        if (state.active, state.waiting) != (0, 0):
            report.faults.append(f"the pool is not whole: {state}")
        with ThreadPoolExecutor(SIZE) as together:
            list(together.map(lambda n: self.call(f"last{n}", post=False), range(SIZE)))
        self.client.close()
        gc.collect()
        doubles = [run for run, (_, n) in self.server.all_counts().items() if n > 1 and run != "-"]
        if doubles:
            report.faults.append(f"accepted twice: {doubles[:5]}")
        counted = Counter(self.strange)
        report.faults += [f"{number} x {text}" for text, number in counted.most_common(20)]
        return report


def run(kind: str, interrupts: int, delay: int, seed: int) -> Report:
    """Start a server, interrupt so many calls, and return what came of it."""
    lost: Counter[str] = Counter()

    def unraisable(found: Any) -> None:
        if isinstance(found.exc_value, Warning):
            lost[repr(found.exc_value)] += 1
        elif not isinstance(found.exc_value, tuple(INTERRUPTS.values())):
            lost[f"{found.exc_value!r} in {found.object!r}"] += 1

    sys.unraisablehook = unraisable
    with HostileProcess() as server:
        warm = Storm(server, kind, delay, seed)
        for post in (False, True):  # the first call of an operation imports its models
            warm.call(f"warm-{post}", post=post)
        warm.client.close()
        server.all_counts()
        before = descriptors()
        storm = Storm(server, kind, delay, seed)
        act: Callable[[int], None] = storm.by_threads if kind == "thread" else storm.by_signal
        act(interrupts)
        report = storm.finish()
        report.descriptors = before, descriptors()
    if report.descriptors[1] > before:
        report.faults.append(f"{report.descriptors[1] - before} descriptors were left open")
    report.faults += [f"{number} x {text}" for text, number in lost.items()]
    return report


def interrupted(kind: str, interrupts: int, delay: int, seed: int) -> Report:
    """Do the same in a process of its own: signals and warnings concern a whole process.

    Its coverage is not measured: an exception that strikes the tracer while it holds its lock
    stops every thread that is traced.
    """
    options = {"kind": kind, "interrupts": interrupts, "delay": delay, "seed": seed}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    root = Path(__file__).parents[2]
    paths = [root, root / "overlay", root / "generated"]
    unmeasured = {name: v for name, v in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault.interrupts", *arguments],
        capture_output=True,
        text=True,
        cwd=root,
        env={**unmeasured, "PYTHONPATH": os.pathsep.join(map(str, paths))},
        timeout=2 * _limit(interrupts),
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{options}: {done.stderr}")
    return Report(**json.loads(done.stdout))


def _limit(interrupts: int) -> float:
    """Return the seconds after which so many interrupts count as a hang."""
    return 60.0 + interrupts


def main() -> None:
    """Print what came of it as one line of JSON; the stacks of all threads when it hangs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=[*INTERRUPTS, "thread"], required=True)
    parser.add_argument("--interrupts", type=int, required=True)
    parser.add_argument("--delay", type=int, required=True, help="milliseconds of the server")
    parser.add_argument("--seed", type=int, required=True)
    chosen = parser.parse_args()
    faulthandler.dump_traceback_later(_limit(chosen.interrupts), exit=True)
    warnings.simplefilter("error")
    report = run(chosen.kind, chosen.interrupts, chosen.delay, chosen.seed)
    sys.stdout.write(json.dumps(asdict(report)) + "\n")


if __name__ == "__main__":
    main()
