"""Run random faults against the engine for as long as it takes; ``make soak`` does it in full."""

from __future__ import annotations

import argparse
import gc
import logging
import secrets
import sys
import time
import warnings
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
#: Runs on one server: beyond it the ports of closed connections run short.
SLICE = 5000


def main() -> int:
    """Return 0 when every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40_000, help="how many calls to make")
    parser.add_argument("--interrupts", type=int, default=20_000, help="how many interrupts")
    parser.add_argument("--keys", type=int, default=2000, help="how many keys a fleet dials")
    parser.add_argument("--seed", type=int, default=None, help="repeat the runs of an earlier soak")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "overlay"), str(ROOT / "generated")]
    seed = secrets.randbelow(10**9) if chosen.seed is None else chosen.seed
    print(f"soak: {chosen.runs} runs, {chosen.interrupts} interrupts, --seed {seed}", flush=True)
    broken = _ledger(chosen.keys, seed)
    broken += _interrupts(chosen.interrupts, seed) + _runs(chosen.runs, seed)
    return 1 if broken else 0


def _ledger(keys: int, seed: int) -> int:
    """Explore the call ledger and run its fleets; return how many promises were broken."""
    if not keys:
        return 0
    from tests.ledger.soaking import fleets, schedules

    broken = 0
    for line, is_broken in chain(schedules(), fleets(keys, seed)):
        print(line, flush=True)
        broken += is_broken
    return broken


def _runs(runs: int, seed: int) -> int:
    """Do random runs in slices; return how many promises were broken."""
    from tests.fault.soaking import soak

    warnings.simplefilter("error")
    logging.getLogger("trunkline").setLevel(logging.ERROR)
    broken = 0
    for number, start in enumerate(range(0, runs, SLICE)):
        lost: list[str] = []
        sys.unraisablehook = partial(_note, lost)
        started = time.monotonic()
        done = soak(min(SLICE, runs - start), seed + number)
        gc.collect()
        done.faults += lost
        print(done.summary())
        print(f"{time.monotonic() - started:7.1f}  seconds", flush=True)
        broken += len(done.faults)
    return broken


def _note(lost: list[str], found: Any) -> None:
    # trio tells of httpx's own generator when a request that httpx was sending is cancelled.
    if "httpx._content" not in str(found.exc_value):
        lost.append(repr(found.exc_value))


def _interrupts(interrupts: int, seed: int) -> int:
    """Interrupt calls in every way; return how many promises were broken."""
    from tests.fault.interrupts import INTERRUPTS, interrupted

    kinds = [(kind, delay) for delay in (0, 1, 5) for kind in (*INTERRUPTS, "thread")]
    broken = 0
    for kind, delay in kinds if interrupts else []:
        report = interrupted(kind, -(-interrupts // len(kinds)), delay, seed)
        print(report, flush=True)
        broken += len(report.faults)
    return broken


if __name__ == "__main__":
    sys.exit(main())
