"""Responses that could not be recorded: a file of JSON lines, with space reserved in advance."""

from __future__ import annotations

import errno
import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline.ledger.errors import LedgerStoreError
from trunkline.ledger.stores.file_lock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["Spool"]

#: A full disk cannot take a new block, but a block that the file already has can be written.
_RESERVED: Final = 64 * 1024


class Spool:
    """Keeps responses until the ledger can be written again.

    Args:
        path: the file; it is created with mode 0600.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def reserve(self) -> None:
        """Allocate the file's space; a full disk is not an error here."""
        with suppress(LedgerStoreError), self._opened() as file:
            size = os.fstat(file).st_size
            if size < _RESERVED:
                _write(file, size, b"\n" * (_RESERVED - size))

    def write(self, entry: dict[str, Any]) -> bool:
        """Add an entry, flushed to the disk; return whether that was possible."""
        line = json.dumps(entry, separators=(",", ":")).encode() + b"\n"
        try:
            with self._opened() as file:
                content = _read(file).rstrip()
                _write(file, len(content), b"\n" + line if content else line)
        except LedgerStoreError:
            return False
        return True

    def drain(self, take: Callable[[dict[str, Any]], bool]) -> None:
        """Pass every entry to ``take``, and delete those that it took; none if it raises.

        The file is not locked meanwhile: the thread that records them may have to add one.

        Raises:
            LedgerStoreError: the file cannot be read or written.
        """
        if not os.path.exists(self._path):
            return
        with self._opened() as file:
            lines = {line: _entry(line) for line in _read(file).split(b"\n") if line}
        taken = {line for line, entry in lines.items() if entry is not None and take(entry)}
        if taken:
            with self._opened() as file:
                left = _read(file).split(b"\n")
                blank = (b"\n" * len(line) if line in taken else line for line in left)
                _write(file, 0, b"\n".join(blank))

    @contextmanager
    def _opened(self) -> Generator[int]:
        lock = FileLock(f"{self._path}.lock")
        try:
            with lock.held(30.0):
                file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
                try:
                    yield file
                finally:
                    os.close(file)
        except OSError as error:
            raise LedgerStoreError(
                f"the ledger's spool {self._path} cannot be used ({error.strerror}): give this "
                "user the right to write it"
            ) from error
        finally:
            lock.close()


def _read(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    return os.read(file, os.fstat(file).st_size)


def _write(file: int, offset: int, content: bytes) -> None:
    os.lseek(file, offset, os.SEEK_SET)
    if os.write(file, content) < len(content):  # a full disk took only a part
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file)


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if is_object(found) else None
