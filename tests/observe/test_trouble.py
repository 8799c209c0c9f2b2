"""Disks that fail in every way that a test can cause: the session goes on, the state says why."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.replay import RecordedSession
from tests.observe.support import KEY, awaited, lines, program

from trunkline.observe import (
    FileDestination,
    SessionObserver,
    WhispeyDestination,
    drain_folder,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.observe.support import Rows

    from trunkline.observe import LivekitObserve
    from trunkline.sandbox import Sandbox

LONG = 60.0

TROUBLED = """
import json, os, resource, sys
from trunkline.observe import FileDestination, SessionObserver, WhispeyDestination, status
kind, folder, target = sys.argv[1:]
if kind == "size":
    resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))
if kind == "read-only":
    os.mkdir(folder, 0o500)
    os.chown(folder, 65534, 65534)
    os.chmod(os.path.dirname(folder), 0o777)
    os.setuid(65534)
to = FileDestination(target) if kind == "read-only" else WhispeyDestination("pype_sandbox", target)
observer = SessionObserver("agent-1", destinations=[to], journal=folder, window=0.02, recover=False)
session = observer.start_session()
for number in range(100 if kind == "size" else 5):
    observer.record_turn(session, user=f"{number}", agent="x" * 800)
result = observer.export_sync(session, deadline=60)
print(json.dumps([result.state, sorted(status(folder).troubles.values()),
    len(observer.get_data(session)["transcript_with_metrics"])]), flush=True)
if kind == "size":
    os._exit(1)
"""


def troubled(kind: str, folder: Path, target: Path | str) -> tuple[str, list[str], int]:
    process = program(TROUBLED, kind, str(folder), str(target))
    with process:
        assert process.stdout is not None
        state, troubles, turns = json.loads(process.stdout.read())
        return state, troubles, turns


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another user can reach; pytest's own folders are not."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        from pathlib import Path

        yield Path(name)


def test_a_file_size_limit(place: Path, sandbox: Sandbox, rows: Rows) -> None:
    """The session is delivered from memory, and a later drain does not deliver it again."""
    folder, url = place / "journal", sandbox.whispey_ingest_url
    state, [trouble], turns = troubled("size", folder, url)
    assert (state, turns) == ("sent", 100)
    assert "failing (SQLITE_IOERR_WRITE)" in trouble
    assert len(rows()) == 1
    drain_folder(str(folder), [WhispeyDestination(KEY, url)])
    assert len(rows()) == 1
    assert status(folder).open_sessions == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_cannot_be_written(place: Path) -> None:
    """There is no journal from the start, and the state says so."""
    state, [trouble], turns = troubled("read-only", place / "journal", place / "calls.jsonl")
    assert (state, turns) == ("sent", 5)
    assert "Permission denied" in trouble


def test_a_full_disk(place: Path) -> None:
    """A one-megabyte file system; what is delivered from memory is not delivered again."""
    folder, target = place / "disk", place / "calls.jsonl"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this user cannot mount a file system")
    try:
        observer = SessionObserver(
            "agent-1",
            destinations=[FileDestination(target)],
            journal=folder,
            window=0.02,
            recover=False,
        )
        session_id = observer.start_session()
        for number in range(300):
            observer.record_turn(session_id, user=f"{number}", agent="x" * 2000)
        assert observer.export_sync(session_id, deadline=LONG).state == "sent"
        [trouble] = status(folder).troubles.values()
        assert "SQLITE_FULL" in trouble
        observer.close()
        drain_folder(str(folder), [FileDestination(target)])
        assert len(lines(target)) == 1
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_folder_that_is_deleted(tmp_path: Path) -> None:
    """SQLite would keep writing to a deleted file; the session gets a new file instead."""
    folder, target = tmp_path / "journal", tmp_path / "calls.jsonl"
    observer = SessionObserver(
        "agent-1",
        destinations=[FileDestination(target)],
        journal=folder,
        window=0.02,
        recover=False,
    )
    session_id = observer.start_session()
    awaited(lambda: list(folder.glob("*.journal")))
    shutil.rmtree(folder)
    observer.record_turn(session_id, user="hello", agent="hi")
    awaited(lambda: status(folder).open_sessions)
    assert observer.export_sync(session_id, deadline=LONG).state == "sent"
    assert len(lines(target)) == 1
    observer.close()


def test_a_lock_of_another_process(observe: Callable[..., LivekitObserve], tmp_path: Path) -> None:
    """For five seconds: the session goes on, and afterwards everything is in the file."""
    target = tmp_path / "calls.jsonl"
    observer = observe(destinations=[FileDestination(target)])
    session = RecordedSession()
    session_id = observer.start_session(session)
    session.play(until=20)
    [path] = awaited(lambda: list((tmp_path / "journal").glob("*.journal")))
    code = (
        "import sqlite3, sys, time; "
        "db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60); "
        "db.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); time.sleep(5)"
    )
    process = program(code, str(path))
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        for event in session.events[20:]:
            session.emit(event.event, event)
        assert len(observer.get_data(session_id)["transcript_with_metrics"]) == 6
        troubles = awaited(lambda: status(tmp_path / "journal").troubles)
        assert "locked" in next(iter(troubles.values()))
        assert process.poll() is None
    assert observer.export_sync(session_id, deadline=LONG).state == "sent"
    [call] = lines(target)
    assert len(call["transcript_with_metrics"]) == 6
    awaited(lambda: not status(tmp_path / "journal").troubles)


def test_a_file_that_is_no_journal_is_set_aside(tmp_path: Path) -> None:
    """It does not stop a drain and is not deleted."""
    folder = tmp_path / "journal"
    folder.mkdir()
    (folder / "1-abcd.journal").write_bytes(b"nonsense" * 1000)
    assert "corrupt" in next(iter(status(folder).troubles.values()))
    report = drain_folder(str(folder), [])
    assert "corrupt" in next(iter(report.unusable.values()))
    assert [path.name for path in folder.glob("*.corrupt")] == ["1-abcd.journal.corrupt"]


def test_no_error_of_sqlite_leaves_the_package(
    observe: Callable[..., LivekitObserve], tmp_path: Path
) -> None:
    """The caller sees a state, or an error of this package."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    observer = observe(journal=tmp_path / "file" / "below", destinations=[FileDestination("/")])
    session_id = observer.start_session()
    try:
        result: Any = observer.export_sync(session_id, deadline=1)
    except sqlite3.Error as error:  # pragma: no cover
        pytest.fail(repr(error))
    assert result.state == "queued"
    assert sys.exc_info()[0] is None
