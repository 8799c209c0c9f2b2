"""A campaign of thousands of calls with a worker killed every two seconds, for ``make soak``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.campaigns.processes import Run, queue
from tests.ledger.fleets.soaking import place

from trunkline.sandbox import ManualClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.campaigns import Counts

WORKERS = 4
#: Seconds between two kills.
EVERY = 2.0


def campaigns(rows: int, seed: int) -> Iterator[tuple[str, bool]]:
    """Dial so many rows; yield what came of it, and whether a promise was broken."""
    began = time.monotonic()
    last = began
    with place("postgres") as where, queue() as name, Sandbox(clock=ManualClock()) as sandbox:
        sandbox.control.fault("latency", operation="create_call", seconds=0.05, times=rows)

        def is_time(_counts: Counts) -> bool:
            nonlocal last
            if time.monotonic() < last + EVERY:
                return False
            last = time.monotonic()
            return True

        result = Run(where, name, sandbox, rows, WORKERS, seed).go(is_time)
    line = (
        f"campaign  {rows} rows, {result.calls} calls, {result.killed} workers killed, "
        f"{result.undecided} undecided by then, {time.monotonic() - began:.0f} s "
        f"{result.wrong or 'holds'}"
    )
    yield line, bool(result.wrong)
