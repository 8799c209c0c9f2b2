"""A lock on a file beside the ledger: processes wait for it in turn."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from trunkline.ledger.errors import LedgerStoreError

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["FileLock"]

_PAUSE: Final = 0.001


class FileLock:
    """An exclusive lock between processes; each process opens the file for itself.

    Args:
        path: the file; it is created with mode 0600 and stays empty.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    @contextmanager
    def held(self, timeout: float) -> Generator[None]:
        """Hold the lock; raises LedgerStoreError when it is not free in time."""
        if self._file is None:
            self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        is_held = False
        try:
            is_held = _acquire(self._file, timeout)
        finally:
            if not is_held:  # an abandoned wait may still acquire the lock of this descriptor
                self.close()
        if not is_held:
            raise LedgerStoreError(
                f"the lock {self._path} is held for too long: look for a process that is stopped"
            )
        try:
            yield
        finally:
            _release(self._file)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":  # pragma: no cover - the other half runs here
    import msvcrt

    def _acquire(file: int, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            os.lseek(file, 0, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(_PAUSE)
            else:
                return True
        return False

    def _release(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(file: int, timeout: float) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _queued(file, timeout)
        return True

    def _queued(file: int, timeout: float) -> bool:
        # The kernel's own queue is fair, but has no time limit: a thread waits in it.
        held, copy = threading.Event(), os.dup(file)

        def wait() -> None:
            fcntl.flock(copy, fcntl.LOCK_EX)
            held.set()
            os.close(copy)

        threading.Thread(target=wait, name="trunkline-ledger-lock", daemon=True).start()
        return held.wait(timeout)

    def _release(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
