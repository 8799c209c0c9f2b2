"""Random runs against the hostile server, as a program: a seed decides what happens in each."""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import gc
import json
import logging
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import trio
from tests.fault.harness import HostileProcess, async_call, leaks, sync_call
from tests.fault.soak.plans import Plan, broken_promises, kind_of
from tests.fault.soak.program import prepare, run_program, watch
from tests.fault.soak.transports import BORROWED, OWN, SIZE, TRANSPORTS, Clients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fault.harness import Result

#: The time by which a call may exceed its deadline on a busy machine.
SLACK = 10.0
AT_ONCE = 24


class Interrupted(BaseException):
    """Raised in a thread while it calls."""


@dataclass
class Soak:
    """Runs plans in all backends and collects what is wrong.

    Attributes:
        astray: whether the server also leaves stray bytes on its connections.
        faults: sentences, one for each broken promise; empty when all were kept.
        worst: the longest time by which a call exceeded its deadline, in seconds.
    """

    server: HostileProcess
    seed: int
    astray: bool
    faults: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    worst: float = 0.0
    worst_plan: str = ""
    results: dict[str, tuple[Plan, Result | None]] = field(default_factory=dict)

    def run(self, runs: int, transports: Sequence[str] = TRANSPORTS) -> None:
        """Do a number of runs, a third in each backend, then compare with what the server saw."""
        ways = [transports[number // 3 % len(transports)] for number in range(runs)]
        plans = [
            Plan.drawn(f"{self.seed}:{n}", way, astray=self.astray) for n, way in enumerate(ways)
        ]
        self._threads(plans[0::3])
        asyncio.run(self._asyncio(plans[1::3]))
        trio.run(self._trio, plans[2::3])
        self._audit()

    def _threads(self, plans: list[Plan]) -> None:
        clients = Clients(self.server, is_async=False)

        def one(plan: Plan) -> None:
            client = clients.made[plan.transport, plan.port]
            started = time.monotonic()
            if plan.is_borrowed or plan.cancel_after is None:
                faults = plan.faults_in_threads
                result: Result | None = sync_call(client, plan.name, faults, **plan.options)
            else:
                result = self._interrupted(client, plan)
            self._note(plan, result, time.monotonic() - started)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, plans))
            for key, client in clients.made.items():
                wanted = [f"{self.seed}-threads-{key[0]}-{n}" for n in range(SIZE)]
                if key[1] == "http":
                    last = pool.map(partial(sync_call, client, faults="", post=False), wanted)
                    self._compare(key, wanted, list(last))
                self._inspect("threads", key, client)
        clients.close()

    def _interrupted(self, client: Any, plan: Plan) -> Result | None:
        """Make a call in a separate thread and raise an exception there."""
        results: list[Result] = []
        # No events: an exception raised in their Python code leaves their lock held.
        begun, struck = _held_lock(), _held_lock()

        def work() -> None:
            with suppress(Interrupted):
                begun.release()
                results.append(sync_call(client, plan.name, plan.faults, **plan.options))
                struck.acquire()  # or another thread could get this one's id

        thread = threading.Thread(target=work)
        thread.start()
        begun.acquire()
        thread.join(plan.cancel_after)
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        raise_in(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Interrupted))
        struck.release()
        thread.join(plan.deadline + SLACK)
        if thread.is_alive():
            self.faults.append(f"{plan}: the interrupted thread hangs")
        return results[0] if results else None

    async def _asyncio(self, plans: list[Plan]) -> None:
        clients = Clients(self.server, is_async=True)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(plan: Plan) -> None:
            async with gate:
                started = time.monotonic()
                result: Result | None = None
                with suppress(TimeoutError):
                    result = await asyncio.wait_for(self._one(clients, plan), plan.cancel_after)
                self._note(plan, result, time.monotonic() - started)

        await asyncio.gather(*map(one, plans))
        await self._finish("asyncio", clients)

    async def _trio(self, plans: list[Plan]) -> None:
        clients = Clients(self.server, is_async=True)
        gate = trio.CapacityLimiter(AT_ONCE)

        async def one(plan: Plan) -> None:
            async with gate:
                started, result = time.monotonic(), None
                limit = float("inf") if plan.cancel_after is None else plan.cancel_after
                with trio.move_on_after(limit):
                    result = await self._one(clients, plan)
                self._note(plan, result, time.monotonic() - started)

        async with trio.open_nursery() as nursery:
            for plan in plans:
                nursery.start_soon(one, plan)
        await self._finish("trio", clients)

    async def _one(self, clients: Clients, plan: Plan) -> Result:
        client = clients.made[plan.transport, plan.port]
        return await async_call(client, plan.name, plan.faults, **plan.options)

    async def _finish(self, backend: str, clients: Clients) -> None:
        for key, client in clients.made.items():
            wanted = [f"{self.seed}-{backend}-{key[0]}-{n}" for n in range(SIZE)]
            last: dict[str, Result] = {}

            async def one(name: str, client: Any = client, last: Any = last) -> None:
                last[name] = await async_call(client, name, "", post=False)

            if key[1] == "http":
                async with anyio.create_task_group() as group:
                    for name in wanted:
                        group.start_soon(one, name)
                self._compare(key, wanted, [last[name] for name in wanted])
            self._inspect(backend, key, client)
        await clients.aclose()

    def _compare(self, key: tuple[str, str], wanted: list[str], found: list[Result]) -> None:
        """As many calls as there are connections, all at once: each gets its own response."""
        for name, result in zip(wanted, found, strict=True):
            stray = self.astray and key[0] in BORROWED and result.error is None
            if result.name != name and not stray:
                self.faults.append(f"{name}: after the storm: {result}")

    def _inspect(self, backend: str, key: tuple[str, str], client: Any) -> None:
        if key[0] in OWN and (missing := leaks(client)):
            self.faults.append(f"{backend}, {key}: {missing} connection permits were not released")

    def _note(self, plan: Plan, result: Result | None, elapsed: float) -> None:
        self.results[plan.name] = plan, result
        over = elapsed - plan.deadline
        self.worst, self.worst_plan = max((self.worst, self.worst_plan), (over, plan.name))
        if over > SLACK:
            self.faults.append(f"{plan}: {over:.2f} s beyond the deadline")

    def _audit(self) -> None:
        counts = self.server.all_counts()
        for name, (plan, result) in self.results.items():
            seen, accepted = counts.get(name, (0, 0))
            kind = kind_of(result)
            self.outcomes[kind] += 1
            for sentence in broken_promises(plan, result, seen, accepted):
                self.faults.append(f"{plan}: {sentence} (seen {seen}, accepted {accepted}, {kind})")

    def summary(self) -> str:
        """Return what happened, in a few lines."""
        lines = [f"{number:7}  {kind}" for kind, number in self.outcomes.most_common()]
        posts = sum(plan.post for plan, _ in self.results.values())
        lines += [
            f"{len(self.results):7}  runs with seed {self.seed}, {posts} of them POST",
            f"{self.worst:7.3f}  seconds at most beyond a deadline ({self.worst_plan})",
            f"{len(self.faults):7}  broken promises",
        ]
        return "\n".join([*lines, *self.faults[:20]])


def _held_lock() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


def soak(
    runs: int, seed: int, transports: Sequence[str] = TRANSPORTS, *, astray: bool = True
) -> tuple[int, list[str], str]:
    """Do runs in a separate process; return their number, the faults found, and a summary.

    Raises:
        SoakError: the process hangs.
    """
    arguments = [f"--runs={runs}", f"--seed={seed}", *transports]
    told = run_program(__name__, arguments + ["--astray"] * astray, runs)
    return told["runs"], told["faults"], told["summary"]


def main() -> None:
    """Print the result as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--astray", action="store_true", help="leave bytes on connections as well")
    parser.add_argument("transports", nargs="*", default=TRANSPORTS)
    chosen = parser.parse_args()
    prepare(chosen.runs)
    logging.getLogger("trunkline").setLevel(logging.ERROR)
    lost: list[str] = []
    watch(lost)
    with HostileProcess() as server:
        done = Soak(server, chosen.seed, chosen.astray)
        done.run(chosen.runs, chosen.transports)
    gc.collect()
    done.faults += lost
    told = {"runs": len(done.results), "faults": done.faults, "summary": done.summary()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
