"""Interrupts calls at random lines, as signals and other threads do; run as a separate program.

A timer's signal handler raises in the main thread (Ctrl-C, Celery's soft time limit), or one
thread raises in others (``PyThreadState_SetAsyncExc``), while further threads or tasks wait for
the same connections.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.fault.harness import HostileProcess
from tests.fault.soak.loops import LoopStorm
from tests.fault.soak.program import prepare, run_program, watch
from tests.fault.soak.storm import INTERRUPTS, Cell, Report, Storm, descriptors
from tests.fault.soak.threads import ThreadStorm

if TYPE_CHECKING:
    from collections.abc import Iterable


def run(cell: Cell, interrupts: int, seed: int) -> Report:
    """Start a server, interrupt a number of calls, and return the report."""
    lost: list[str] = []
    watch(lost, ignored=tuple(INTERRUPTS.values()))
    kind: type[Storm] = ThreadStorm if cell.backend == "threads" else LoopStorm
    with HostileProcess() as server:
        kind(server, cell, seed).warm_up()
        server.all_counts()
        before = descriptors()
        storm = kind(server, cell, seed)
        storm.interrupt(interrupts)
        report = storm.finish()
        report.descriptors = before, descriptors()
    if report.descriptors[1] > before:
        report.faults.append(f"{report.descriptors[1] - before} descriptors were left open")
    report.faults += lost
    return report


def interrupted(cells: Iterable[Cell], interrupts: int, seed: int) -> list[Report]:
    """Do the same for each cell in a separate process; raises SoakError when it hangs."""
    named = [str(cell) for cell in cells]
    arguments = [f"--interrupts={interrupts}", f"--seed={seed}", *named]
    told = run_program(__name__, arguments, interrupts * len(named))
    return [Report(**one) for one in told]


def main() -> None:
    """Print the result as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interrupts", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("cells", nargs="+", type=Cell.parsed, metavar="KIND:BACKEND:SCHEME:DELAY")
    chosen = parser.parse_args()
    prepare(chosen.interrupts * len(chosen.cells))
    reports = [run(cell, chosen.interrupts, chosen.seed) for cell in chosen.cells]
    sys.stdout.write(json.dumps([asdict(report) for report in reports]) + "\n")


if __name__ == "__main__":
    main()
