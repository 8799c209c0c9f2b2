"""A process that records turns, killed at a random moment; what must have survived.

The process writes each turn's number and moment to its output as soon as it is recorded. What was
older than the window and one commit when it was killed must be delivered, once.
"""

from __future__ import annotations

import json
import random
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.observe.support import lines, program

from trunkline.observe import FileDestination, drain_folder

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline.observe import DrainReport

WINDOW = 0.25
#: The window and a commit, on a machine that gives the thread its turn.
GRACE = WINDOW + 0.1

PROGRAM = """
import json, os, random, sys, time
from trunkline.observe import FileDestination, SessionObserver
folder, target, seed, turns = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
rng = random.Random(seed)
observer = SessionObserver("agent-1", destinations=[FileDestination(target)], journal=folder,
    window=0.25, recover=False)
while True:
    session = observer.start_session()
    for number in range(rng.randint(1, turns)):
        observer.record_turn(session, user=f"{number}", agent="answer")
        sys.stdout.write(json.dumps([session, number, time.time()]) + "\\n")
        sys.stdout.flush()
        time.sleep(rng.random() * 0.004)
    if rng.random() < 0.5:
        observer.export_sync(session)
"""


@dataclass
class Crash:
    """What a killed process left behind."""

    recorded: int = 0
    delivered: int = 0
    lost: int = 0
    oldest_lost: float = 0.0
    recovered: int = 0
    faults: list[str] = field(default_factory=list)


def crash(
    folder: Path, seed: int, *, turns: int = 200, longest: float = 1.2, grace: float = GRACE
) -> Crash:
    """Kill a process and deliver what it left; returns what was lost, and every broken promise."""
    rng = random.Random(seed)
    journal, target = folder / "journal", folder / "calls.jsonl"
    process = program(PROGRAM, str(journal), str(target), str(seed), str(turns))
    with process:
        assert process.stdout is not None
        recorded = [json.loads(process.stdout.readline())]
        until = time.time() + rng.random() * longest
        while time.time() < until:
            recorded.append(json.loads(process.stdout.readline()))
        killed_at = time.time()
        process.send_signal(signal.SIGKILL)
        recorded += [json.loads(line) for line in process.stdout if line.endswith("\n")]
    report = drain_folder(str(journal), [FileDestination(target)])
    return _judged(recorded, killed_at - grace, killed_at, target, report)


def _judged(
    recorded: list[tuple[str, int, float]],
    durable_until: float,
    killed_at: float,
    target: Path,
    report: DrainReport,
) -> Crash:
    result = Crash(recorded=len(recorded), recovered=len(report.recovered))
    result.faults += [f"unusable: {path}: {reason}" for path, reason in report.unusable.items()]
    delivered: dict[str, list[str]] = {}
    for call in lines(target) if target.exists() else []:
        if call["call_id"] in delivered:
            result.faults.append(f"{call['call_id']} was delivered twice")
        said = [turn["user_transcript"] for turn in call["transcript_with_metrics"]]
        delivered[call["call_id"]] = said
        if said != [str(number) for number in range(len(said))]:
            result.faults.append(f"{call['call_id']} has gaps: {said}")
    for session, number, moment in recorded:
        if str(number) in delivered.get(session, []):
            result.delivered += 1
            continue
        age = killed_at - moment
        result.lost += 1
        result.oldest_lost = max(result.oldest_lost, age)
        if moment < durable_until:
            result.faults.append(f"turn {number} of {session}, {age:.3f} s old, is lost")
    return result
