"""Run the engine against random faults; ``make soak`` does it in full."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.fault.soak.storm import Cell

ROOT = Path(__file__).parents[1]
#: Runs on one server: with more, the ports of closed connections run out.
SLICE = 2000


def main() -> int:
    """Return 0 if every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40_000, help="how many calls to make")
    parser.add_argument("--interrupts", type=int, default=20_000, help="how many interrupts")
    parser.add_argument("--rounds", type=int, default=20, help="calls of each operation on Prism")
    parser.add_argument("--keys", type=int, default=2000, help="how many keys a fleet dials")
    parser.add_argument("--fleet", type=int, default=60, help="seconds for the shared limits")
    parser.add_argument("--rows", type=int, default=5000, help="how many rows a campaign has")
    parser.add_argument("--plants", type=int, default=1000, help="deviations to learn from")
    parser.add_argument("--seed", type=int, default=None, help="repeat the runs of an earlier soak")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "overlay"), str(ROOT / "generated")]
    seed = secrets.randbelow(10**9) if chosen.seed is None else chosen.seed
    print(f"soak: {chosen.runs} runs, {chosen.interrupts} interrupts, --seed {seed}", flush=True)
    broken = _ledger(chosen.keys, seed) + _limits(chosen.fleet)
    broken += _campaigns(chosen.rows, seed)
    broken += _interrupts(chosen.interrupts, seed) + _runs(chosen.runs, seed)
    broken += _timed(partial(_prism, chosen.rounds)) if chosen.rounds else 0
    broken += _timed(partial(_learning, chosen.plants, seed)) if chosen.plants else 0
    print(f"soak: {broken} broken promises", flush=True)
    return 1 if broken else 0


def _interrupts(interrupts: int, seed: int) -> int:
    """Interrupt calls in every way; return how many promises were broken."""
    from tests.fault.soak.storm import cells

    chosen = cells() if interrupts else []
    each = -(-interrupts // len(chosen)) if chosen else 0
    return sum(_timed(partial(_interrupt, cell, each, seed)) for cell in chosen)


def _interrupt(cell: Cell, interrupts: int, seed: int) -> tuple[str, int]:
    from tests.fault.soak.interrupts import interrupted

    (report,) = interrupted([cell], interrupts, seed)
    return str(report), len(report.faults)


def _ledger(keys: int, seed: int) -> int:
    """Test the call ledger, also with many processes; return how many promises were broken."""
    if not keys:
        return 0
    from tests.ledger.fleets.soaking import fleets, replays, schedules

    return _printed(chain(schedules(), replays(keys), fleets(keys, seed)))


def _limits(seconds: int) -> int:
    """Keep a budget while Redis is killed; return how many promises were broken."""
    if not seconds:
        return 0
    from tests.limits.soaking import limits

    return _printed(limits(seconds))


def _campaigns(rows: int, seed: int) -> int:
    """Kill workers of a campaign; return how many promises were broken."""
    if not rows:
        return 0
    from tests.campaigns.soaking import campaigns

    return _printed(campaigns(rows, seed))


def _printed(results: Iterable[tuple[str, bool]]) -> int:
    broken = 0
    for line, is_broken in results:
        print(line, flush=True)
        broken += is_broken
    return broken


def _learning(plants: int, seed: int) -> tuple[str, int]:
    """Plant deviations in responses of every operation; count wrong and missing proposals."""
    from tests.contracts.learning.planting import drawn, missed, unplanted
    from tests.shapes.answers import PACKAGES

    planted = drawn(plants, seed)
    wrong, lost = missed(planted)
    wrong += sum(len(unplanted(package)) for package in PACKAGES)
    text = f"{len(planted):7}  deviations in answers, {wrong} wrong proposals"
    return "\n".join([f"{text}, {len(lost)} not proposed", *lost]), wrong + len(lost)


def _runs(runs: int, seed: int) -> int:
    """Do random runs in slices; return how many promises were broken."""
    parts = (
        partial(_slice, min(SLICE, runs - start), seed + number, astray=number % 2 == 0)
        for number, start in enumerate(range(0, runs, SLICE))
    )
    return sum(map(_timed, parts))


def _slice(runs: int, seed: int, *, astray: bool) -> tuple[str, int]:
    from tests.fault.soak.runs import soak

    _, faults, summary = soak(runs, seed, astray=astray)
    return summary, len(faults)


def _prism(rounds: int) -> tuple[str, int]:
    """Call every operation on a server that generates its responses from the contracts."""
    from tests.fault.soak.prism import called

    operations, faults = called(rounds)
    text = f"{operations:7}  operations on Prism, {rounds} times, {len(faults)} without a result"
    return "\n".join([text, *faults]), len(faults)


def _timed(part: Callable[[], tuple[str, int]]) -> int:
    """Print the result of a part; a hang counts as a broken promise and does not end the soak."""
    from tests.fault.soak.program import SoakError

    started = time.monotonic()
    try:
        text, broken = part()
    except SoakError as error:
        text, broken = str(error), 1
    print(text)
    print(f"{time.monotonic() - started:7.1f}  seconds", flush=True)
    return broken


if __name__ == "__main__":
    sys.exit(main())
