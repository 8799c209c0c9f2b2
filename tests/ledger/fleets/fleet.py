"""Real processes on one ledger, against the sandbox with faults, killed at any time.

Each key is submitted several times. A killed process's submission is delivered again, as a queue
would. At the end the provider's list is read with the ledger's clock set past every lease and
quiet time, and the ledger is compared with what the server has.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from trunkline import Pamela
from trunkline._engine.runtime import SYSTEM
from trunkline.errors import TrunklineError
from trunkline.ledger import CallState, Ledger, LedgerStoreError
from trunkline.ledger.attempts import state_of
from trunkline.ledger.clock import SYSTEM_CLOCK, LedgerClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

    from trunkline.sandbox.server import Sandbox

TO = "+15005552030"
VARIABLES = ("TRUNKLINE_LEDGER_KEY", "XDG_STATE_HOME")
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.ledger.fleets.fleet"])
#: Each is (kind, when, options): before and after the call is placed.
FAULTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("reset", "before", {}),
    ("reset", "after", {}),
    ("close", "after", {"after_bytes": 20}),
    ("status", "after", {"status": 503}),
    ("status", "before", {"status": 500}),
    ("latency", "before", {"seconds": 0.05}),
    ("latency", "after", {"seconds": 0.05}),
    ("rate_limit", "before", {"seconds": 0}),
    ("truncated", "after", {}),
)


@dataclass
class Fleet:
    """What to run.

    Attributes:
        where: the ledger.
        workers: how many processes.
        keys: how many keys.
        times: how often each is submitted.
        kills: how many processes are killed.
        seed: for the order, the faults and the kills.
        on_absent: the ledger's setting.
        on_unknown: likewise.
        lag: seconds until the server's list shows a call.
        steps: seconds by which the wall clocks of the workers step, back and forth, at any time.
        interrupt: what is done to the store at each quarter of the work.
    """

    where: str
    workers: int = 3
    keys: int = 30
    times: int = 3
    kills: int = 4
    seed: int = 1
    on_absent: str = "raise"
    on_unknown: str = "raise"
    lag: float = 60.0
    steps: float = 0.0
    interrupt: Callable[[], None] | None = None


@dataclass
class Result:
    """The result; ``wrong`` contains every broken promise."""

    states: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    killed: int = 0
    wrong: list[str] = field(default_factory=list)


def client(url: str, ledger: Ledger) -> Pamela:
    hasty = replace(SYSTEM, sleep=lambda _seconds: None)
    return Pamela("pk_test_sandbox", base_url=url, ledger=ledger, deadline=20, runtime=hasty)


def submit(pamela: Pamela, key: str) -> str:
    """Submit a key once, and return its call's id or the name of the error."""
    try:
        call = pamela.calls.create(
            to=TO, task="Call", metadata={"order": key}, key=key, retry_rejected=True
        )
    except TrunklineError as error:
        return type(error).__name__
    return call.id


def work(pipe: Connection, where: str, url: str, settings: dict[str, Any]) -> None:
    """Submit the keys that arrive, until None arrives."""
    os.environ.update(settings.pop("environment"))  # the fork server has an older environment
    clock = stepping(settings.pop("steps"))
    try:
        opened = Ledger.open(where, clock=clock, **settings)
    except LedgerStoreError:
        return  # the run notices that the pipe is closed
    with opened as ledger, client(url, ledger) as pamela:
        while (key := pipe.recv()) is not None:
            pipe.send(submit(pamela, key))


@dataclass
class Worker:
    process: ForkServerProcess
    pipe: Connection
    key: str = ""


class Run:
    """One run of a fleet."""

    def __init__(self, fleet: Fleet, sandbox: Sandbox) -> None:
        self.fleet, self.sandbox = fleet, sandbox
        self.random, self.result = random.Random(fleet.seed), Result()
        self.jobs = [f"key-{n}" for n in range(fleet.keys)] * fleet.times
        self.random.shuffle(self.jobs)
        self.total, self.done = len(self.jobs), 0
        self.workers: list[Worker] = []

    def start(self) -> Worker:
        ours, theirs = CONTEXT.Pipe()
        environment = {name: os.environ[name] for name in VARIABLES if name in os.environ}
        settings = {
            "on_absent": self.fleet.on_absent,
            "on_unknown": self.fleet.on_unknown,
            "steps": self.fleet.steps,
            "environment": environment,
        }
        arguments = (theirs, self.fleet.where, self.sandbox.pamela_url, settings)
        process = CONTEXT.Process(target=work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours)

    def go(self) -> Result:
        self.sandbox.control.configure(pamela={"list_lag_seconds": self.fleet.lag})
        self.workers = [self.start() for _ in range(self.fleet.workers)]
        for worker in self.workers:
            self.give(worker)
        while busy := [worker for worker in self.workers if worker.key]:
            ready = wait([worker.pipe for worker in busy], timeout=120)
            assert ready, "no worker has answered for two minutes"
            for worker in busy:
                # A worker killed after it had answered: its key is delivered again.
                if worker.pipe in ready and worker in self.workers:
                    self.take_answer(worker)
        for worker in self.workers:
            worker.pipe.send(None)
            worker.process.join(60)
        self.sandbox.control.clear_faults()
        self.decide()
        return self.result

    def give(self, worker: Worker) -> None:
        worker.key = self.jobs.pop() if self.jobs else ""
        if worker.key:
            worker.pipe.send(worker.key)

    def take_answer(self, worker: Worker) -> None:
        """Give the worker its next key, and disturb the others."""
        try:
            worker.pipe.recv()
        except (OSError, EOFError):
            assert self.fleet.interrupt, "a worker has ended by itself"
            self.kill(worker)  # its ledger could not be opened: a supervisor starts it again
            return
        self.done += 1
        self.maybe_fault()
        if self.fleet.interrupt and self.done % (self.total // 4) == 0:
            self.fleet.interrupt()
        self.give(worker)
        if self.result.killed * self.total < self.fleet.kills * self.done:
            busy = [worker for worker in self.workers if worker.key]
            self.kill(self.random.choice(busy or self.workers))

    def kill(self, victim: Worker) -> None:
        """Kill a worker at any point; its key is delivered again, to a new process."""
        victim.process.kill()
        victim.process.join()
        victim.pipe.close()
        self.result.killed += 1
        if victim.key:
            self.jobs.append(victim.key)
        fresh = self.start()
        self.workers[self.workers.index(victim)] = fresh
        self.give(fresh)

    def maybe_fault(self) -> None:
        if self.random.random() < 0.25:
            kind, when, options = self.random.choice(FAULTS)
            options = {"operation": "create_call", "when": when, **options}
            self.sandbox.control.fault(kind, **options)

    def decide(self) -> None:
        """Reconcile, deliver what was in flight again, and compare with the server."""
        self.sandbox.control.advance(3600)  # a request of a killed process has ended by then
        later = self.fleet.steps
        while True:
            self.sandbox.control.advance(self.fleet.lag)
            later += 1000.0
            with Ledger.open(self.fleet.where, clock=shifted(later)) as ledger:
                ledger.undecided()
            with (
                Ledger.open(
                    self.fleet.where, clock=shifted(later + 500), on_absent=self.fleet.on_absent
                ) as ledger,
                client(self.sandbox.pamela_url, ledger) as pamela,
            ):
                pamela.calls.reconcile()
                if not self.again(pamela, ledger):  # nothing was placed that the list lacks
                    self.compare(pamela, ledger)
                    return

    def again(self, pamela: Pamela, ledger: Ledger) -> bool:
        """Submit what a queue would deliver again; return whether there was any."""
        left_open = {None, CallState.INTENDED, CallState.REJECTED}
        if self.fleet.on_absent == "redial":
            left_open |= {CallState.NOT_PLACED, CallState.UNKNOWN}
        keys = [f"key-{n}" for n in range(self.fleet.keys)]
        left = [key for key in keys if state_of(ledger.attempts(key)) in left_open]
        for key in left:
            submit(pamela, key)
        return bool(left)

    def compare(self, pamela: Pamela, ledger: Ledger) -> None:
        orders = Counter(str(call["metadata"]["order"]) for call in pamela.calls.list(limit=100))
        self.result.calls = sum(orders.values())
        for number in range(self.fleet.keys):
            key = f"key-{number}"
            state = str(state_of(ledger.attempts(key)) or "missing")
            self.result.states[state] += 1
            has = orders[key]
            if has > 1:
                self.result.wrong.append(f"{key}: {has} calls")
            if state not in {"accepted", "not_placed", "unknown"} or (state == "accepted") != (
                has == 1
            ):
                self.result.wrong.append(f"{key}: {state}, and the server has {has}")


def stepping(seconds: float) -> LedgerClock:
    """Return a clock whose wall time steps back or forth once in twenty readings."""
    chance, step = random.Random(), 0.0

    def wall() -> float:
        nonlocal step
        if chance.random() < 0.05:
            step = chance.choice((-seconds, 0.0, seconds))
        return SYSTEM_CLOCK.wall() + step

    return replace(SYSTEM_CLOCK, wall=wall)


def shifted(seconds: float) -> LedgerClock:
    """Return the system's clock, shifted by some seconds."""
    return replace(
        SYSTEM_CLOCK,
        wall=lambda: SYSTEM_CLOCK.wall() + seconds,
        steady=lambda: SYSTEM_CLOCK.steady() + seconds,
    )
