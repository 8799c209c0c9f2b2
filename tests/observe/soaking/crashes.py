"""Processes that record turns and are killed at random moments; checks what must survive.

Each process writes each turn's number and time to its output as soon as it is recorded. Turns that
are older than the window plus one commit at the kill must be delivered, once. Two run at a time,
with one journal folder and recovery on, so that most are killed while they deliver what an earlier
one left.
"""

from __future__ import annotations

import json
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.observe.support import KEY, Rows, lines, program

from trunkline.observe import FileDestination, WhispeyDestination, drain_folder, status
from trunkline.observe._sending.delivery import LEASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from trunkline.sandbox import Sandbox

#: How many are killed per seed.
PROCESSES = 4
WINDOW = 0.25
#: The window and a commit, on a machine that schedules the thread in time.
GRACE = WINDOW + 0.1

PROGRAM = """
import json, os, random, sys, time
from trunkline.observe import FileDestination, SessionObserver, WhispeyDestination
folder, target, agent, seed, turns = *sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
rng = random.Random(seed)
place = WhispeyDestination("pype_sandbox", target) if "://" in target else FileDestination(target)
observer = SessionObserver(agent, destinations=[place], journal=folder, window=0.25)
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
    """What a killed process left behind: counts of turns, except `recovered` (sessions)."""

    recorded: int = 0
    delivered: int = 0
    unknown: int = 0
    lost: int = 0
    oldest_lost: float = 0.0
    recovered: int = 0
    faults: list[str] = field(default_factory=list[str], repr=False)

    def __iadd__(self, other: Crash) -> Self:
        for name in ("recorded", "delivered", "unknown", "lost", "recovered", "faults"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.oldest_lost = max(self.oldest_lost, other.oldest_lost)
        return self


class FileTarget:
    """The sessions of a file, one a line."""

    def __init__(self, folder: Path, _seed: int) -> None:
        self._path = folder / "calls.jsonl"
        self.address = str(self._path)
        self.destination = FileDestination(self._path)

    def sessions(self) -> Iterator[tuple[str, list[str | None]]]:
        for call in lines(self._path) if self._path.exists() else []:
            said = [turn["user_transcript"] for turn in call["transcript_with_metrics"]]
            yield call["call_id"], said


class ServerTarget:
    """The sessions of a server, one a row."""

    def __init__(self, sandbox: Sandbox, seed: int) -> None:
        self._sandbox, self._agent = sandbox, f"agent-{seed}"
        self.address = sandbox.whispey_ingest_url
        self.destination = WhispeyDestination(KEY, self.address)

    def sessions(self) -> Iterator[tuple[str, list[str | None]]]:
        with Rows(self._sandbox) as rows:
            for row in rows(self._agent):
                yield row["session_id"], [text for _, text in rows.transcript(row)][::2]


def crash(
    folder: Path,
    seed: int,
    *,
    sandbox: Sandbox | None = None,
    processes: int = PROCESSES,
    turns: int = 200,
    longest: float = 1.2,
    grace: float = GRACE,
) -> Crash:
    """Kill processes and deliver what they left; return what was lost and every broken promise.

    Sessions are sent to the sandbox if one is given, else to a file.
    """
    journal = folder / "journal"
    target = FileTarget(folder, seed) if sandbox is None else ServerTarget(sandbox, seed)
    arguments = (str(journal), target.address, f"agent-{seed}")
    lives = [(*arguments, str(seed * 1000 + number), str(turns)) for number in range(processes)]
    with ThreadPoolExecutor(2) as pool:
        ages = [
            age for found in pool.map(lambda life: _killed(life, longest), lives) for age in found
        ]
    result = Crash(recorded=len(ages))
    for clock in (time.time, lambda: time.time() + LEASE + 1):  # again, for what was being sent
        report = drain_folder(str(journal), [target.destination], now=clock)
        result.recovered += len(report.recovered)
        result.faults += [f"unusable: {path}: {why}" for path, why in report.unusable.items()]
    unknown = {letter.session_id for letter in status(str(journal)).letters}
    _judge(result, ages, dict(_once(target, result)), unknown, grace)
    return result


def _killed(arguments: tuple[str, ...], longest: float) -> list[tuple[str, int, float]]:
    """Kill a process; return session, number and age of every turn that it recorded."""
    process = program(PROGRAM, *arguments)
    with process:
        assert process.stdout is not None
        recorded = [json.loads(process.stdout.readline())]
        until = time.time() + random.Random(arguments[3]).random() * longest
        while time.time() < until:
            recorded.append(json.loads(process.stdout.readline()))
        killed_at = time.time()
        process.send_signal(signal.SIGKILL)
        recorded += [json.loads(line) for line in process.stdout if line.endswith("\n")]
    return [(session, number, killed_at - moment) for session, number, moment in recorded]


def _once(
    target: FileTarget | ServerTarget, result: Crash
) -> Iterator[tuple[str, list[str | None]]]:
    seen: set[str] = set()
    for session, said in target.sessions():
        if session in seen:
            result.faults.append(f"{session} was delivered twice")
        if said != [str(number) for number in range(len(said))]:
            result.faults.append(f"{session} has gaps: {said}")
        seen.add(session)
        yield session, said


def _judge(
    result: Crash,
    recorded: list[tuple[str, int, float]],
    delivered: dict[str, list[str | None]],
    unknown: set[str],
    grace: float,
) -> None:
    for session, number, age in recorded:
        if str(number) in delivered.get(session, []):
            result.delivered += 1
        elif session in unknown:
            result.unknown += 1
        else:
            result.lost += 1
            result.oldest_lost = max(result.oldest_lost, age)
            if age > grace:
                result.faults.append(f"turn {number} of {session}, {age:.3f} s old, is lost")
