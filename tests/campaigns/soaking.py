"""A campaign of thousands of calls with a worker killed every two seconds, for ``make soak``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.campaigns.processes import Run, in_rabbitmq, in_redis
from tests.ledger.fleets.soaking import place

from trunkline.sandbox import ManualClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.campaigns.processes import Queue

    from trunkline.campaigns import Counts

WORKERS = 4
#: Seconds between two kills, while rows remain to be dialled.
EVERY = 2.0


def campaigns(rows: int, seed: int) -> Iterator[tuple[str, bool]]:
    """Dial the given number of rows with each broker; yield the result.

    The flag says whether a promise was broken.
    """
    with in_rabbitmq() as queue:
        yield _killed("RabbitMQ", queue, rows, seed)
    with in_redis(60.0) as queue:
        yield _killed("Redis", queue, rows, seed)


def _killed(broker: str, queue: Queue, rows: int, seed: int) -> tuple[str, bool]:
    began = last = time.monotonic()
    with place("postgres") as where, Sandbox(clock=ManualClock()) as sandbox:
        sandbox.control.fault("latency", operation="create_call", seconds=0.05, times=rows)

        def is_time(counts: Counts) -> bool:
            nonlocal last
            if time.monotonic() < last + EVERY or not counts.rows.get("ready"):
                return False
            last = time.monotonic()
            return True

        result = Run(where, queue, sandbox, rows, WORKERS, seed).go(is_time)
    line = (
        f"campaign  {broker}: {rows} rows, {result.calls} calls, {result.killed} workers killed, "
        f"{result.undecided} undecided by then, {time.monotonic() - began:.0f} s "
        f"{result.wrong or 'holds'}"
    )
    return line, bool(result.wrong)
