"""Random runs against the hostile server: a seed says everything that happens in each."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import trio
from tests.fault.harness import HASTY, KEY, async_call, leaks, sync_call, unbudgeted
from tests.fault.table import TABLE

from trunkline import AsyncStateSetVoice, StateSetVoice
from trunkline.errors import APIError

if TYPE_CHECKING:
    from tests.fault.harness import HostileProcess, Result

#: Faults that only a time limit ends, with parameters that suit short limits.
SLOW = ("silent", "slow=120", "trickle=2", "trickle_body=5", "informational_flood=5")
FAULTS = (*TABLE, *SLOW)
#: A call may outlive its deadline by what a busy machine needs to notice.
SLACK = 5.0
AT_ONCE = 24
SETTINGS: dict[str, Any] = {
    "runtime": HASTY,
    "max_response_bytes": 1_000_000,
    "max_connections": 8,  # fewer than calls at once: they also wait for each other
}


@dataclass(frozen=True)
class Plan:
    """What one run does.

    Attributes:
        cancel_after: seconds after which the caller gives up; None to wait.
        port: the kind of server; any but "http" counts nothing.
    """

    name: str
    post: bool
    faults: str
    retries: int
    timeout: float
    deadline: float
    cancel_after: float | None
    port: str

    @classmethod
    def drawn(cls, seed: str) -> Plan:
        dice = random.Random(seed)
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
            port=dice.choices(["http", "reset", "deaf", "hanging"], [60, 1, 1, 1])[0],
        )


@dataclass
class Soak:
    """Runs plans in all backends and gathers what is wrong.

    Attributes:
        faults: sentences, one for each broken promise; empty when all were kept.
        worst: the longest that a call outlived its deadline, in seconds.
    """

    server: HostileProcess
    seed: int
    faults: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    worst: float = 0.0
    worst_plan: str = ""
    results: dict[str, tuple[Plan, Result | None]] = field(default_factory=dict)

    def run(self, runs: int) -> None:
        """Do so many runs, a third in each backend, then compare with what the server saw."""
        plans = [Plan.drawn(f"{self.seed}:{number}") for number in range(runs)]
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
        clients = {
            port: unbudgeted(StateSetVoice(KEY, base_url=f"http://127.0.0.1:{number}", **SETTINGS))
            for port, number in self.server.ports.items()
        }

        def one(plan: Plan) -> None:
            started = time.monotonic()
            result = sync_call(clients[plan.port], plan.name, plan.faults, **self._options(plan))
            self._note(plan, result, time.monotonic() - started)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, plans))
        for client in clients.values():
            self._inspect("sync", client)
            client.close()

    async def _asyncio(self, plans: list[Plan]) -> None:
        clients = self._async_clients()
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(plan: Plan) -> None:
            async with gate:
                started = time.monotonic()
                result: Result | None = None
                with suppress(TimeoutError):
                    result = await asyncio.wait_for(self._one(clients, plan), plan.cancel_after)
                self._note(plan, result, time.monotonic() - started)

        await asyncio.gather(*map(one, plans))
        for client in clients.values():
            self._inspect("asyncio", client)
            await client.aclose()

    async def _trio(self, plans: list[Plan]) -> None:
        clients = self._async_clients()
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
        for client in clients.values():
            self._inspect("trio", client)
            await client.aclose()

    async def _one(self, clients: dict[str, AsyncStateSetVoice], plan: Plan) -> Result:
        options = self._options(plan)
        return await async_call(clients[plan.port], plan.name, plan.faults, **options)

    def _async_clients(self) -> dict[str, AsyncStateSetVoice]:
        return {
            port: unbudgeted(
                AsyncStateSetVoice(KEY, base_url=f"http://127.0.0.1:{number}", **SETTINGS)
            )
            for port, number in self.server.ports.items()
        }

    def _inspect(self, backend: str, client: Any) -> None:
        if missing := leaks(client):
            self.faults.append(f"{backend}: {missing} places of the pool were not given back")

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
        rules["the answer was meant for another run"] = result.name != plan.name
        rules["success without an accepted call"] = plan.post and accepted != 1
    elif result is not None and isinstance(result.error, APIError):
        silent = not result.error.maybe_accepted
        rules["an accepted call without a warning"] = plan.post and accepted > 0 and silent
        rules["more requests than attempts told of"] = seen > result.error.attempts
    elif result is not None:
        rules[f"a foreign exception: {result.error!r}"] = True
    return [sentence for sentence, broken in rules.items() if broken]


def soak(runs: int, seed: int) -> Soak:
    """Start a server, do the runs and return what came of them."""
    from tests.fault.harness import HostileProcess

    with HostileProcess() as server:
        done = Soak(server, seed)
        done.run(runs)
    return done
