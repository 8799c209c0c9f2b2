"""Processes that call a counting server, undisturbed and disturbed; ``make soak`` runs this."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from tests.limits.counting import Counting
from tests.redis_server import RedisProcess

from trunkline import StateSetVoice
from trunkline.errors import TrunklineError
from trunkline.limits import Budget, SharedRateLimit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.synchronize import Barrier

    Act = tuple[float, str]

PROCESSES, THREADS = 8, 2
BUDGET = Budget("soak", 100, 10.0)
CONTEXT: Final = get_context("spawn")


@dataclass(frozen=True)
class Disturbance:
    """What happens to the processes, and the least expected use of the budget.

    Attributes:
        name: for the report.
        use: the least share of the budget; a pause requested by the server does not count.
        acts: what happens, each at a fraction of the whole time.
        loops: how many processes compete for the processors.
    """

    name: str
    use: float
    acts: tuple[Act, ...] = ()
    loops: int = 0


DISTURBANCES: Final = (
    Disturbance("left alone", 0.95),
    Disturbance("beside busy loops", 0.95, loops=8),
    Disturbance("a 429", 0.95, ((0.5, "refuse"),)),
    Disturbance("Redis killed", 0.92, ((0.4, "kill"), (0.5, "start"))),
)


def limits(seconds: float) -> Iterator[tuple[str, bool]]:
    """Call for the given seconds under each disturbance; yield what the server counted.

    The flag says whether the server counted too much, or much less than allowed.
    """
    for disturbance in DISTURBANCES:
        with RedisProcess() as redis, Counting() as server:
            _disturbed(disturbance, redis, server, seconds)
        yield _verdict(disturbance, server)


def _disturbed(
    disturbance: Disturbance, redis: RedisProcess, server: Counting, seconds: float
) -> None:
    barrier = CONTEXT.Barrier(PROCESSES + 1)
    callers = [
        CONTEXT.Process(target=_call, args=(barrier, str(number), redis.url, server.url, seconds))
        for number in range(PROCESSES)
    ]
    loops = [CONTEXT.Process(target=_loop) for _ in range(disturbance.loops)]
    for process in callers:
        process.start()
    barrier.wait()
    began = time.monotonic()
    for process in loops:
        process.start()
    acts = {"kill": redis.kill, "start": redis.start, "refuse": server.refuse.set}
    for part, name in disturbance.acts:
        time.sleep(max(0.0, began + part * seconds - time.monotonic()))
        acts[name]()
    for process in callers:
        process.join()
    for process in loops:
        process.kill()
        process.join()


def _verdict(disturbance: Disturbance, server: Counting) -> tuple[str, bool]:
    most, use, early = server.most(BUDGET), server.use(BUDGET), server.during_the_pause()
    counts = sorted(server.by_process.values())
    broken = most > BUDGET.requests or early > 0 or use < disturbance.use
    line = (
        f"limits    {disturbance.name}: at most {most} of {BUDGET.requests} in any "
        f"{BUDGET.seconds:.0f} s, use {use:.2f}, each process {counts[0]} to {counts[-1]}, "
        f"{early} during a pause"
    )
    return line, broken


def _loop() -> None:
    while True:
        pass


def _call(barrier: Barrier, name: str, redis: str, url: str, seconds: float) -> None:
    with (
        SharedRateLimit(redis, [BUDGET], fleet_size=PROCESSES) as limit,
        StateSetVoice("key", base_url=url, throttle=limit, headers={"X-Process": name}) as client,
    ):
        barrier.wait()
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=_dial, args=(client, until)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _dial(client: StateSetVoice, until: float) -> None:
    while (left := until - time.monotonic()) > 0.1:
        try:
            client.with_options(deadline=left).make_call(to="+15005552030", agent_key="support")
        except TrunklineError:
            time.sleep(0.01)
