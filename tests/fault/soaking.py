"""Random runs against the hostile server: a seed says everything that happens in each."""

from __future__ import annotations

import asyncio
import ctypes
import random
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
from tests.fault.harness import NAMELESS, async_call, leaks, sync_call
from tests.fault.table import TABLE
from tests.fault.transports import BORROWED, OWN, SIZE, TRANSPORTS, Clients

from trunkline.errors import APIError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fault.harness import HostileProcess, Result

#: Faults that only a time limit ends, with parameters that suit short limits.
SLOW = ("silent", "slow=120", "trickle=2", "trickle_body=5", "informational_flood=5")
LATE = ("late_reset=3", "late_reset=60")
STRAY = ("excess", "smuggled", "stray_refusal", "stray_head")
FAULTS = (*TABLE, *SLOW, *LATE, *STRAY)
#: Threads in httpx have a limit for each read only: these outlast any deadline there.
ENDLESS = frozenset({"informational_flood=5"})
#: A call may outlive its deadline by what a busy machine needs to notice.
SLACK = 5.0
AT_ONCE = 24


class Interrupted(BaseException):
    """Raised in a thread while it calls."""


@dataclass(frozen=True)
class Plan:
    """What one run does.

    Attributes:
        cancel_after: seconds after which the caller gives up; None to wait.
        port: the kind of server; any but "http" counts nothing.
        transport: the way to it.
    """

    name: str
    post: bool
    faults: str
    retries: int
    timeout: float
    deadline: float
    cancel_after: float | None
    port: str
    transport: str

    @property
    def is_borrowed(self) -> bool:
        return self.transport in BORROWED

    @classmethod
    def drawn(cls, seed: str, transport: str) -> Plan:
        dice = random.Random(seed)
        kinds = ["http", "reset", "deaf", "hanging"] if transport == "pool" else ["http"]
        faults = dice.choices(FAULTS, k=dice.choice([0, 1, 1, 1, 2, 3]))
        stays = [] if dice.random() < 0.7 or not faults else ["*"]
        return cls(
            name=seed.replace(":", "-"),
            post=dice.random() < 0.5,
            faults=",".join([*faults, *stays]),
            retries=dice.choice([0, 0, 1, 2, 2, 3]),
            timeout=dice.choice([0.1, 0.2, 0.3]),
            deadline=dice.choice([0.05, 0.3, 1.0, 5.0, 5.0, 5.0]),
            cancel_after=dice.uniform(0, 0.05) if dice.random() < 0.08 else None,
            port=dice.choices(kinds, [60, 1, 1, 1][: len(kinds)])[0],
            transport=transport,
        )


@dataclass
class Soak:
    """Runs plans in all backends and gathers what is wrong.

    Attributes:
        interrupts: whether exceptions are raised in threads; one that strikes the harness itself
            can leave it waiting.
        faults: sentences, one for each broken promise; empty when all were kept.
        worst: the longest that a call outlived its deadline, in seconds.
    """

    server: HostileProcess
    seed: int
    interrupts: bool = True
    faults: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    worst: float = 0.0
    worst_plan: str = ""
    results: dict[str, tuple[Plan, Result | None]] = field(default_factory=dict)

    def run(self, runs: int, transports: Sequence[str] = TRANSPORTS) -> None:
        """Do so many runs, a third in each backend, then compare with what the server saw."""
        ways = [transports[number // 3 % len(transports)] for number in range(runs)]
        plans = [Plan.drawn(f"{self.seed}:{n}", way) for n, way in enumerate(ways)]
        self._threads(plans[0::3])
        asyncio.run(self._asyncio(plans[1::3]))
        trio.run(self._trio, plans[2::3])
        self._audit()

    @staticmethod
    def _options(plan: Plan) -> dict[str, Any]:
        return {
            "post": plan.post,
            "max_retries": plan.retries,
            "timeout": plan.timeout,
            "deadline": plan.deadline,
        }

    def _threads(self, plans: list[Plan]) -> None:
        clients = Clients(self.server, is_async=False)

        def one(plan: Plan) -> None:
            client = clients.made[plan.transport, plan.port]
            started = time.monotonic()
            if plan.is_borrowed or plan.cancel_after is None or not self.interrupts:
                faults = _bounded(plan) if plan.is_borrowed else plan.faults
                result: Result | None = sync_call(client, plan.name, faults, **self._options(plan))
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
        """Make a call in a thread of its own and raise something there."""
        results: list[Result] = []
        struck = threading.Event()

        def work() -> None:
            with suppress(Interrupted):
                results.append(sync_call(client, plan.name, plan.faults, **self._options(plan)))
            with suppress(Interrupted):
                struck.wait()  # or another thread would have this one's number

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(plan.cancel_after)
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        raise_in(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Interrupted))
        struck.set()
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
        return await async_call(client, plan.name, plan.faults, **self._options(plan))

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
        """As many calls as there are connections, all at once: each has its own response."""
        for name, result in zip(wanted, found, strict=True):
            if result.name != name and not (key[0] in BORROWED and result.error is None):
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
            kind = _kind(result)
            self.outcomes[kind] += 1
            for sentence in _broken_promises(plan, result, seen, accepted):
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


def _kind(result: Result | None) -> str:
    if result is None:
        return "cancelled"
    return "fine" if result.error is None else type(result.error).__name__


def _broken_promises(plan: Plan, result: Result | None, seen: int, accepted: int) -> list[str]:
    rules = {
        "the call was placed twice": plan.post and accepted > 1,
        "too many attempts": seen > plan.retries + 1,
    }
    if result is not None and result.error is None:
        # httpx may take bytes that were left on a connection for the next response.
        if not plan.is_borrowed:
            rules["the answer was meant for another run"] = result.name not in {plan.name, NAMELESS}
            rules["success without an accepted call"] = plan.post and accepted != 1
    elif result is not None and isinstance(result.error, APIError):
        silent = not result.error.maybe_accepted
        rules["an accepted call without a warning"] = plan.post and accepted > 0 and silent
        rules["more requests than attempts told of"] = seen > result.error.attempts
    elif result is not None:
        rules[f"a foreign exception: {result.error!r}"] = True
    return [sentence for sentence, broken in rules.items() if broken]


def _bounded(plan: Plan) -> str:
    """Return a plan's faults without those that a thread in httpx cannot end."""
    faults = plan.faults.split(",")
    return ",".join("slow=120" if fault in ENDLESS else fault for fault in faults)


def soak(runs: int, seed: int) -> Soak:
    """Start a server, do the runs and return what came of them."""
    from tests.fault.harness import HostileProcess

    with HostileProcess() as server:
        done = Soak(server, seed)
        done.run(runs)
    return done
