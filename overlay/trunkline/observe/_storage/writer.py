"""The thread that writes the journal, so that an event loop never waits for a disk."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from trunkline.observe._storage.folder import disown, new_journal_path
from trunkline.observe._storage.journal import Journal, JournalError
from trunkline.observe._storage.owner import OwnerLock

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["JournalWriter"]

T = TypeVar("T")

#: Above this many waiting operations, changes of state are no longer written ...
_CROWDED: Final = 10_000
#: ... and above this many, nothing is: the data is still in memory, and is exported from there.
_FULL: Final = 20_000
_LEAST: Final = frozenset({"state"})
#: The wait before the next attempt to write, in seconds.
_RETRY: Final = 0.5
#: Seconds that a caller's task waits for a failing journal before it runs without it.
_PATIENCE: Final = 2.0


class JournalWriter:
    """Writes operations within ``window`` seconds, in the order in which they arrived.

    Args:
        folder: the folder of the journals; None keeps everything in memory.
        window: seconds in which operations are collected for one commit.
        full: whether commits survive a loss of power.
    """

    def __init__(self, folder: str | None, *, window: float, full: bool) -> None:
        self._folder, self._window, self._full = folder, window, full
        self._waiting: deque[tuple[Any, ...]] = deque()
        self._begun: dict[str, tuple[Any, ...]] = {}
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._disk: Journal | None = None
        self._memory: Journal | None = None
        self._owner: OwnerLock | None = None
        self._since: float | None = None
        self._stopping = False
        self.trouble: str | None = None
        self.reason = ""
        self.dropped: dict[str, int] = {}

    @property
    def path(self) -> str | None:
        """Path of the journal, None while there is none."""
        return self._disk.path if self._disk is not None else None

    def journals(self) -> list[Journal]:
        """Return the journals that hold records of this process."""
        return [each for each in (self._disk, self._memory) if each is not None]

    def put(self, operation: tuple[Any, ...]) -> None:
        """Queue an operation for writing; never blocks."""
        crowd = len(self._waiting)
        if crowd >= _CROWDED and len(operation) == 3:
            kind = operation[2]["k"]
            if crowd >= _FULL or kind in _LEAST:
                self.dropped[kind] = self.dropped.get(kind, 0) + 1
                return
        self._waiting.append(operation)
        if len(operation) == 2:
            self._begun[operation[0]] = operation
            self._hurry.set()  # a session's start: the file is created now, not after the window
        if not self._wake.is_set():
            self._start()
            self._wake.set()

    def call(self, task: Callable[[Journal], T]) -> Future[T]:
        """Run a task on the journal after everything that was put before it, without delay.

        When the journal fails for too long, the task is given one in memory.
        """
        future: Future[T] = Future()
        self._waiting.append((future, task, time.monotonic(), None))
        self._start()
        self._hurry.set()
        self._wake.set()
        return future

    def forget(self, session_id: str) -> None:
        """Forget the start of an exported session: a new journal does not need it."""
        self._begun.pop(session_id, None)

    def note_delivered(self, session_id: str) -> None:
        """Prevent a session that was delivered from memory from being sent again after a crash."""
        if self._owner is not None:
            self._owner.note_delivered(session_id)

    def stop(self, seconds: float) -> bool:
        """Write what is queued, and close the journal; returns whether that was done in time."""
        self._stopping = True
        self._hurry.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(seconds)
            return not self._thread.is_alive()
        return True

    def _start(self) -> None:
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    name = "trunkline-observe-journal"
                    self._thread = threading.Thread(target=self._run, name=name, daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._hurry.wait(self._window)
            self._wake.clear()
            self._hurry.clear()
            while self._waiting:
                if not self._write_some():
                    if self._stopping:
                        break
                    self._hurry.wait(_RETRY)
                    self._hurry.clear()
            if self._stopping:
                self._close()
                return

    def _close(self) -> None:
        for journal in self.journals():
            journal.close()
            if journal.path is not None:
                disown(journal.path)
        if self._owner is not None:
            self._owner.release()

    def _write_some(self) -> bool:
        """Write the queue up to and including the first task; returns whether that was possible."""
        batch: list[tuple[Any, ...]] = []
        for operation in list(self._waiting):
            if isinstance(operation[0], Future):
                break
            batch.append(operation)
        journal: Journal | None = None
        try:
            journal = self._journal()
            if batch:
                journal.write(batch)
        except JournalError as error:
            self._in_trouble(error)
            self._run_impatient()
            return False
        except Exception:  # noqa: BLE001 - what cannot be written must not stop the rest
            self.dropped["unwritable"] = self.dropped.get("unwritable", 0) + len(batch)
        for _ in batch:
            self._waiting.popleft()
        self.trouble, self._since = None, None
        return self._run_task(journal or self._in_memory())

    def _run_task(self, journal: Journal) -> bool:
        if not self._waiting or not isinstance(self._waiting[0][0], Future):
            return True
        future, task, *_ = self._waiting[0]
        try:
            result = task(journal)
        except JournalError as error:
            self._in_trouble(error)
            self._run_impatient()
            return False
        except Exception as error:  # noqa: BLE001 - it is the caller's
            self._waiting.popleft()
            future.set_exception(error)
            return True
        self._waiting.popleft()
        future.set_result(result)
        return True

    def _run_impatient(self) -> None:
        """Run tasks that have waited too long for the disk without it."""
        now = time.monotonic()
        permanent = self.trouble in {"unwritable", "gone", "corrupt"}
        for operation in list(self._waiting):
            if not isinstance(operation[0], Future):
                continue
            future, task, since, _ = operation
            if permanent or now - since >= _PATIENCE:
                self._waiting.remove(operation)
                try:
                    future.set_result(task(self._in_memory()))
                except Exception as error:  # noqa: BLE001 - it is the caller's
                    future.set_exception(error)

    def _in_trouble(self, error: JournalError) -> None:
        self.trouble, self.reason = error.state, str(error)
        if error.state in {"gone", "corrupt"} and self._disk is not None:
            # This file is unusable; a new one takes further operations.
            self._disk.close()
            self._disk = None
            if self._owner is not None:
                self._owner.release()
                self._owner = None

    def _in_memory(self) -> Journal:
        if self._memory is None:
            self._memory = Journal(None)
        return self._memory

    def _journal(self) -> Journal:
        if self._folder is None:
            return self._in_memory()
        if self._disk is None:
            self._disk = self._opened(self._folder)
        return self._disk

    def _opened(self, folder: str) -> Journal:
        try:
            path = new_journal_path(folder)
            owner = OwnerLock(f"{path}.lock")
            owner.acquire()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise JournalError(f"{folder} cannot be used: {reason}", "unwritable") from error
        try:
            journal = Journal(path, full=self._full)
            journal.write(list(self._begun.values()))
        except JournalError:
            owner.release()
            with suppress(OSError):
                import os

                os.unlink(owner.path)
            raise
        self._owner = owner
        return journal
