"""The one thread that uses a store; callers are threads, asyncio tasks and trio tasks alike."""

from __future__ import annotations

import atexit
import os
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakSet

from trunkline.ledger.errors import LedgerError, LedgerStoreError
from trunkline.ledger.stores.interfaces import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from trunkline.ledger.stores.interfaces import Store, Transaction

__all__ = ["Writer"]

T = TypeVar("T")

#: The most waiting operations in one transaction, which share one flush to the disk.
_BATCH: Final = 64


class Writer:
    """Runs operations in the order in which they are submitted.

    Args:
        store: the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.restart()
        _watched.add(self)

    def restart(self) -> None:
        """Start without a thread; called in the child after a fork."""
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False

    def abandon(self) -> None:
        """Leave thread, queue and connection to the parent process."""
        self.restart()
        self._store.abandon()

    def submit(self, operation: Callable[[Transaction], T], *, durable: bool = True) -> Future[T]:
        """Queue an operation, and return its future result.

        Its errors are LedgerErrors. A submitted operation is run whether or not anybody waits for
        it.
        """
        job = Job(operation, durable)
        with self._lock:
            if self._closed:
                job.future.set_exception(LedgerError("this ledger is closed: open it again"))
                return job.future
            if self._thread is None:
                name = "trunkline-ledger"
                self._thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._thread.start()
            self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Run what was submitted, then close the store."""
        with self._lock:
            thread, self._closed = self._thread, True
            if thread is not None:
                self._queue.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        self._store.close()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            jobs = [job]
            ended = not self._take_more(jobs)
            self._carry_out(jobs)
            if ended:
                return

    def _take_more(self, jobs: list[Job[Any]]) -> bool:
        """Add the jobs that are already waiting; return False at the end of the queue."""
        while len(jobs) < _BATCH:
            try:
                job = self._queue.get_nowait()
            except Empty:
                return True
            if job is None:
                return False
            jobs.append(job)
        return True

    def _carry_out(self, jobs: list[Job[Any]]) -> None:
        try:
            outcomes = self._store.run(jobs)
        except LedgerError as refusal:
            outcomes = [(None, refusal)] * len(jobs)
        except Exception as error:  # noqa: BLE001 - callers must not wait forever
            failure = LedgerStoreError(f"the ledger {self._store.name} failed: {error!r:.200}")
            failure.__cause__ = error
            outcomes = [(None, failure)] * len(jobs)
        for job, (result, problem) in zip(jobs, outcomes, strict=True):
            if problem is not None:
                job.future.set_exception(problem)
            else:
                job.future.set_result(result)


_watched = WeakSet[Writer]()


def _abandon_all() -> None:
    for writer in list(_watched):
        writer.abandon()


def _close_all() -> None:
    # What a task submitted before it was cancelled must still reach the disk.
    for writer in list(_watched):
        writer.close()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_abandon_all)
