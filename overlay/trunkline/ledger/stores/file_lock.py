"""A lock on a file beside the ledger: processes wait for it in turn."""

from __future__ import annotations

import os
import sys
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
        """Hold the lock; raises LedgerStoreError when it does not come free in time."""
        if self._file is None:
            self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        _acquire(self._file, timeout, self._path)
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

    def _acquire(file: int, timeout: float, path: str) -> None:
        deadline = time.monotonic() + timeout
        while True:
            os.lseek(file, 0, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except OSError:
                _pause(deadline, path)
            else:
                return

    def _release(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(file: int, timeout: float, path: str) -> None:
        # The kernel's own queue is fair; a limit is kept only where somebody holds it for long.
        del timeout, path
        fcntl.flock(file, fcntl.LOCK_EX)

    def _release(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


def _pause(deadline: float, path: str) -> None:  # pyright: ignore[reportUnusedFunction]
    if time.monotonic() > deadline:
        raise LedgerStoreError(f"the lock {path} is held by another process for too long")
    time.sleep(_PAUSE)
