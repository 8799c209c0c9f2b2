"""The owner of a journal: a lock that the system releases however the process ends."""

from __future__ import annotations

import os
import sys
from typing import Final

__all__ = ["OwnerLock"]

_ENTRY: Final = 64
_ENTRIES: Final = 256


class OwnerLock:
    """A locked file beside a journal.

    It also holds ids of sessions that were delivered while the journal could not be written. Its
    space is allocated in advance, so that they can be written when the disk is full.

    Args:
        path: the file; it is created for its owner only.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._file: int | None = None
        self._next = 0

    def acquire(self) -> bool:
        """Take the lock; returns False if a running process holds it.

        Raises:
            OSError: the file cannot be opened or written.
        """
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(file):
            os.close(file)
            return False
        self._file = file
        if os.fstat(file).st_size == 0:
            os.write(file, b" " * _ENTRY * _ENTRIES)
        return True

    def delivered(self) -> set[str]:
        """Return the ids that were recorded."""
        if self._file is None:
            return set()
        text = os.pread(self._file, _ENTRY * _ENTRIES, 0).decode("ascii", "replace")
        return set(text.split())

    def note_delivered(self, session_id: str) -> bool:
        """Record the id of a session; returns whether that was possible."""
        if self._file is None or self._next >= _ENTRIES or len(session_id) >= _ENTRY:
            return False
        try:
            os.pwrite(self._file, session_id.encode().ljust(_ENTRY), _ENTRY * self._next)
        except OSError:
            return False
        self._next += 1
        return True

    def release(self) -> None:
        """Release the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":  # pragma: no cover - not the system of these tests
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            # Unlike flock, it is not inherited by a forked process.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
