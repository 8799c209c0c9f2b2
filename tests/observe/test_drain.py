"""Processes that die, and the drains that deliver their sessions."""

from __future__ import annotations

import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from tests.observe.soaking.crashes import Crash, crash
from tests.observe.support import awaited, lines, program

from trunkline.observe import FileDestination, SessionObserver, drain_folder, status
from trunkline.observe._sending import drain
from trunkline.observe._sending.drain import ARCHIVE
from trunkline.observe._storage.folder import SUFFIX, journal_files
from trunkline.observe._storage.journal import Journal
from trunkline.observe._storage.outbox import Outcome, claim, settle

#: On a machine under heavy load, the writer thread runs late.
PATIENT = 3.0

RUNNING = """
import os, sys
from trunkline.observe import FileDestination, SessionObserver
folder, target, calls = sys.argv[1:]
observer = SessionObserver("agent-1", destinations=[FileDestination(target)], journal=folder,
    window=0.02, recover=False)
for number in range(int(calls)):
    session = observer.start_session(session_id=f"{os.getpid()}-{number}")
    observer.record_turn(session, user=f"question {number}", agent="answer")
print("ready", flush=True)
sys.stdin.read()
"""


def killed(folder: Path, target: Path, calls: int = 1, before: int = 0) -> None:
    process = program(RUNNING, str(folder), str(target), str(calls))
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        wait_for_rows(folder, before + calls)
        process.send_signal(signal.SIGKILL)


def wait_for_rows(folder: Path, calls: int) -> None:
    """Wait until so many running sessions have a turn on disk."""
    awaited(
        lambda: status(folder).open_sessions >= calls and sum(map(turns, folder.iterdir())) >= calls
    )


def turns(path: Path) -> int:
    if path.suffix != SUFFIX:
        return 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as journal:
        [count] = journal.execute("SELECT count(DISTINCT session) FROM entries").fetchone()
    return int(count)


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_process_loses_its_last_moment_at_most(tmp_path: Path, seed: int) -> None:
    """Every event older than the window arrives, once, with the true end reason."""
    result: Crash = crash(tmp_path, seed, longest=2.0, grace=PATIENT)
    assert not result.faults, result


def test_a_running_session_is_left_alone(tmp_path: Path) -> None:
    """Its process holds a lock; once it has died, one of many drains sends its session."""
    folder, target = tmp_path / "journal", tmp_path / "calls.jsonl"
    places = [FileDestination(target)]
    process = program(RUNNING, str(folder), str(target), "1")
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        wait_for_rows(folder, 1)
        assert drain_folder(str(folder), places).recovered == []
        process.send_signal(signal.SIGKILL)
        process.wait()
    report = drain_folder(str(folder), places)
    assert len(report.recovered) == 1
    [call] = lines(target)
    assert call["call_ended_reason"] == "interrupted"
    assert call["metadata"]["trunkline"]["recovered"] is True
    assert call["transcript_json"][0]["content"] == "question 0"


def test_a_session_that_begins_during_a_recovery_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal's lock keeps other processes out; this one has to know its own journals."""
    folder, places = tmp_path / "journal", [FileDestination(tmp_path / "calls.jsonl")]
    observer = SessionObserver("agent-1", destinations=places, journal=folder, recover=False)

    def listed(path: str) -> list[str]:
        observer.record_turn(observer.start_session(), user="hello", agent="hi")
        wait_for_rows(folder, 1)
        return list(journal_files(path))

    monkeypatch.setattr(drain, "journal_files", listed)
    assert drain_folder(str(folder), places).recovered == []
    observer.close()


def test_several_processes_and_several_drains(tmp_path: Path) -> None:
    """Each session of each process is delivered by one drain, and files do not pile up."""
    folder, target = tmp_path / "journal", tmp_path / "calls.jsonl"
    for number in range(3):
        killed(folder, tmp_path / f"calls-{number}.jsonl", 3, 3 * number)
    places = [FileDestination(tmp_path / f"calls-{number}.jsonl") for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda _: drain_folder(str(folder), places), range(3)))
    assert sum(len(report.recovered) for report in reports) == 9
    assert [report.unusable for report in reports] == [{}, {}, {}]
    delivered = [call["call_id"] for place in places for call in lines(place_path(place))]
    assert len(delivered) == len(set(delivered)) == 9
    assert not target.exists()
    drain_folder(str(folder), places)
    assert [path.name for path in folder.glob("*.journal")] == [ARCHIVE]
    assert status(folder).sent == 9


def test_a_journal_that_another_drain_is_done_with_is_not_unusable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was listed, then delivered and deleted; no lock file is left for it."""
    folder, places = tmp_path / "journal", [FileDestination(tmp_path / "calls.jsonl")]
    killed(folder, tmp_path / "calls.jsonl")
    listed = list(journal_files(str(folder)))
    drain_folder(str(folder), places)
    monkeypatch.setattr(drain, "journal_files", lambda _folder: listed)
    assert drain_folder(str(folder), places).unusable == {}
    assert not list(folder.glob(f"{Path(listed[0]).name}*"))


def place_path(place: FileDestination) -> Path:
    return Path(place.target)


def test_another_observer_recovers_at_its_start(tmp_path: Path) -> None:
    """In the background, unless recovery is switched off."""
    folder, target = tmp_path / "journal", tmp_path / "calls.jsonl"
    killed(folder, target)
    observer = SessionObserver("agent-1", destinations=[FileDestination(target)], journal=folder)
    observer.start_session()
    awaited(lambda: target.exists() and lines(target))
    observer.close()
    assert lines(target)[0]["call_ended_reason"] == "interrupted"


def test_an_observer_recovers_when_it_is_told_to(tmp_path: Path) -> None:
    """The method reports what it found."""
    folder, target = tmp_path / "journal", tmp_path / "calls.jsonl"
    killed(folder, target)
    observer = SessionObserver(
        "agent-1", destinations=[FileDestination(target)], journal=folder, recover=False
    )
    assert len(observer.recover().recovered) == 1
    assert len(lines(target)) == 1


@pytest.mark.parametrize(
    ("policy", "state"), [("at_most_once", "unknown"), ("at_least_once", "pending")]
)
def test_a_sender_that_vanished_leaves_a_lease(tmp_path: Path, policy: str, state: str) -> None:
    """After it expires, the record may have been stored; the policy decides."""
    folder, now = tmp_path / "journal", 1000.0
    target = FileDestination("/dev/full")
    observer = SessionObserver(
        "agent-1", destinations=[target], journal=folder, recover=False, delivery=policy
    )
    session_id = observer.start_session()
    observer.export_sync(session_id, deadline=0.1)
    observer.close()
    [path] = folder.glob("*.journal")
    journal, key = Journal(str(path)), ("file", target.target, "*")
    late = 1e10  # long after the wait between attempts
    with journal.transaction() as db:
        db.execute("UPDATE outbox SET state='pending', created=?", (late,))
    taken = claim(journal, key, "first", late, 60)
    assert taken is not None
    assert claim(journal, key, "second", late + 59, 60) is None
    again = claim(journal, key, "second", late + 61, 60)
    assert (again is not None) == (policy == "at_least_once")
    if again is None:
        [delivery] = journal.deliveries(session_id)
        assert delivery.state == state
        # The first sender is alive after all, and knows the result.
        assert settle(journal, taken, Outcome("sent"), "first", now)
    else:
        assert not settle(journal, taken, Outcome("sent"), "first", now)
    journal.close()
