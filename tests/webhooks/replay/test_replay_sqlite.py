import os
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import trunkline.webhooks
from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    ReplayStoreError,
    SQLiteReplayStore,
)


def test_sqlite_survives_a_restart_and_forgets_what_expired(tmp_path: Path) -> None:
    """Claims outlive the store object; expired rows are purged periodically."""
    now = [1000.0]
    path = tmp_path / "replay.db"
    with SQLiteReplayStore(path, clock=lambda: now[0]) as store:
        store.confirm("kept", 5000)
        for number in range(300):
            assert store.claim(f"old-{number}", 10)
    now[0] = 2000.0
    with SQLiteReplayStore(path, clock=lambda: now[0]) as store:
        assert store.settled("kept")
        for number in range(300):
            assert store.claim(f"new-{number}", 10)
        store.close()
        assert not store.claim("kept", 10)
    with closing(sqlite3.connect(path)) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM deliveries").fetchone()
    assert rows == 301


FORKS = """
import os, sys
from trunkline.webhooks import SQLiteReplayStore

with SQLiteReplayStore(sys.argv[1]) as store:
    assert store.claim("parent", 60)
    child = os.fork()
    if child == 0:
        os._exit(0 if not store.claim("parent", 60) and store.claim("child", 60) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not store.claim("child", 60)
"""


def test_sqlite_can_be_used_on_both_sides_of_a_fork(tmp_path: Path) -> None:
    """A child of a forking server reopens the file and sees the parent's claims."""
    overlay = Path(trunkline.webhooks.__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", FORKS, str(tmp_path / "replay.db")],
        env={**os.environ, "PYTHONPATH": str(overlay)},
        check=True,
        timeout=60,
    )


FORK_DURING_A_CLAIM = """
import os, signal, threading, time
from trunkline.webhooks import MemoryReplayStore

asked, leave = threading.Event(), threading.Event()

def clock():
    if threading.current_thread() is not threading.main_thread():
        asked.set()
        leave.wait(60)
    return time.monotonic()

store = MemoryReplayStore(clock=clock)
assert store.claim("earlier", 60)
thread = threading.Thread(target=store.claim, args=("parent", 60), daemon=True)
thread.start()
asked.wait(60)
child = os.fork()
if child == 0:
    signal.alarm(10)
    os._exit(0 if store.claim("child", 60) and not store.claim("earlier", 60) else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
leave.set()
thread.join()
assert store.claim("child", 60)
"""


def test_memory_can_be_used_on_both_sides_of_a_fork() -> None:
    """Even if another thread of the parent uses the store at that moment."""
    overlay = Path(trunkline.webhooks.__file__).parents[2]
    subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK_DURING_A_CLAIM],
        env={**os.environ, "PYTHONPATH": str(overlay)},
        check=True,
        timeout=60,
    )


def test_sqlite_waits_for_its_turn_at_a_new_file(tmp_path: Path) -> None:
    """Another process that is setting up the file only delays a claim."""
    path = tmp_path / "replay.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with SQLiteReplayStore(path, timeout=0.02) as hasty:
            with pytest.raises(ReplayStoreError, match="locked"):
                hasty.claim("a", 60)
        release = threading.Timer(0.03, other.execute, ["ROLLBACK"])
        release.start()
        with SQLiteReplayStore(path, timeout=10) as patient:
            assert patient.claim("a", 60)
        release.join()


def test_sqlite_threads_do_not_wait_for_one_another_in_a_row(tmp_path: Path) -> None:
    """While another process locks the file, all threads give up together, after one timeout."""
    path, timeout, threads = tmp_path / "replay.db", 1.0, 24
    with (
        SQLiteReplayStore(path, timeout=timeout) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        ThreadPoolExecutor(threads) as pool,
    ):
        assert store.claim("a", 60)
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        claims = [pool.submit(store.claim, f"b{number}", 60) for number in range(threads)]
        assert all(isinstance(one.exception(), ReplayStoreError) for one in claims)
        assert time.monotonic() - begun < threads * timeout / 2
        other.execute("ROLLBACK")
        assert store.claim("c", 60)


def test_sqlite_waits_also_for_more_than_it_can_count(tmp_path: Path) -> None:
    """A two-month timeout is above SQLite's maximum, and must not become zero."""
    path = tmp_path / "replay.db"
    with (
        SQLiteReplayStore(path, timeout=5_000_000) as store,
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
    ):
        assert store.claim("a", 60)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.2, other.execute, ["ROLLBACK"])
        release.start()
        assert store.claim("b", 60)
        release.join()


@pytest.mark.parametrize("content", [None, b"this is no database, " * 100])
def test_sqlite_that_cannot_be_used_is_a_store_error(tmp_path: Path, content: bytes | None) -> None:
    """A missing folder or a foreign file is our error, with the cause's text."""
    path = tmp_path / "missing" / "replay.db" if content is None else tmp_path / "foreign"
    if content is not None:
        path.write_bytes(content)
    store = SQLiteReplayStore(path)
    for call in (
        lambda: store.claim("a", 1),
        lambda: store.confirm("a", 1),
        lambda: store.settled("a"),
        lambda: store.release("a"),
    ):
        with pytest.raises(ReplayStoreError, match="replay store failed"):
            call()
    store.close()


@pytest.mark.parametrize("path", ["", "a\0b", "\ud800", None, 5])
def test_a_path_that_names_no_file_is_refused(path: Any) -> None:
    """An empty path (an unset setting) would be a file of this process alone."""
    with pytest.raises(ConfigurationError, match="path must name a file"):
        SQLiteReplayStore(path)


def test_a_key_that_sqlite_cannot_hold_is_an_error_of_ours(tmp_path: Path) -> None:
    """A lone surrogate has no form in UTF-8."""
    with SQLiteReplayStore(tmp_path / "replay.db") as store:
        for use in (store.settled, store.release):
            with pytest.raises(ReplayStoreError):
                use("\ud800")


class Interrupt(BaseException):
    """What a signal handler raises."""


def test_an_interrupt_leaves_no_lock_behind(tmp_path: Path) -> None:
    """An exception just after a lock was taken or released blocks nobody."""
    with SQLiteReplayStore(tmp_path / "replay.db", timeout=0.2) as store:
        store.claim("k", 60, "o")
        for name in ("acquire", "release"):

            def strike(_frame: object, event: str, function: object, name: str = name) -> None:
                if event == "c_return" and getattr(function, "__name__", "") == name:
                    sys.setprofile(None)
                    raise Interrupt

            sys.setprofile(strike)
            with pytest.raises(Interrupt):
                store.settled("k")
            with ThreadPoolExecutor(1) as other:
                assert other.submit(store.settled, "k").result() is False
