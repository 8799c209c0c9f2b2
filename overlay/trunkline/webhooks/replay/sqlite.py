"""Claims in an SQLite file, shared by all processes of one machine."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trunkline.errors import ConfigurationError
from trunkline.webhooks._fork import restart_in_children
from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import ReplayStoreError
from trunkline.webhooks.replay.renewal import new_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType
    from typing import Self

__all__ = ["SQLiteReplayStore"]

# A file may be shared with processes that run an older version, so its table has not changed:
# "confirmed" is 1, or the owner of a claim, a text that SQLite treats as false.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
  key TEXT PRIMARY KEY, expires REAL NOT NULL, confirmed INTEGER NOT NULL
) WITHOUT ROWID
"""
# One statement each, so that two processes cannot both see the key as free.
_CLAIM = """
INSERT INTO deliveries VALUES (:key, :expires, :owner)
ON CONFLICT (key) DO UPDATE SET expires = excluded.expires, confirmed = excluded.confirmed
WHERE deliveries.expires <= :now OR deliveries.confirmed = :owner
"""
_RENEW = """
UPDATE deliveries SET expires = :expires
WHERE key = :key AND confirmed = :owner AND expires > :now
"""
_CONFIRM = """
INSERT INTO deliveries VALUES (:key, :expires, 1)
ON CONFLICT (key) DO UPDATE SET expires = excluded.expires, confirmed = 1
WHERE :owner IS NULL OR deliveries.confirmed IN (:owner, 1) OR deliveries.expires <= :now
"""
_SETTLED = "SELECT 1 FROM deliveries WHERE key = :key AND confirmed = 1 AND expires > :now"
_RELEASE = "DELETE FROM deliveries WHERE key = :key AND confirmed = :owner"
_PURGE = "DELETE FROM deliveries WHERE expires <= ?"
_CLAIMS_BETWEEN_PURGES = 256
_SECONDS_BETWEEN_TRIES = 0.005
# SQLite counts milliseconds in 32 bits, and does not wait at all when they overflow.
_LONGEST_WAIT = (2**31 - 1) / 1000


class SQLiteReplayStore:
    """The store for one machine: no server, several processes and threads, survives a restart.

    The file must be on a local disk. It holds digests and times, no content of deliveries.
    After a fork the child opens the file again. Every method raises
    :class:`~trunkline.webhooks.ReplayStoreError` when the file cannot be used, or is locked for
    longer than ``timeout``.

    Args:
        path: the file; it is created when missing.
        timeout: seconds that one method may wait in total, for other threads and for another
            process's write.
        clock: returns Unix time in seconds.

    Raises:
        ConfigurationError: for a path that cannot name a file, or a timeout that is not a finite
            number of seconds above 0.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        timeout: float = 5.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path = _checked_path(path)
        self._timeout = min(require_seconds("timeout", timeout), _LONGEST_WAIT)
        self._clock = clock
        self._open_file: sqlite3.Connection | None = None
        self._inherited: list[sqlite3.Connection | None] = []
        self.restart()
        restart_in_children(self)

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed."""
        with self._connected() as connection:
            self._claims += 1
            if self._claims % _CLAIMS_BETWEEN_PURGES == 0:
                connection.execute(_PURGE, (self._clock(),))
        return self._change(_CLAIM, key, ttl, owner or new_owner())

    def renew(self, key: str, ttl: float, owner: str) -> bool:
        """Extend the owner's lease to ``ttl`` seconds from now; False when the claim was lost."""
        return self._change(_RENEW, key, ttl, owner)

    def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Remember the key as handled for ``ttl`` seconds, unless another owner has claimed it."""
        return self._change(_CONFIRM, key, ttl, owner)

    def settled(self, key: str) -> bool:
        """Return whether the key is confirmed, as opposed to claimed or free."""
        with self._connected() as connection:
            found = connection.execute(_SETTLED, {"key": key, "now": self._clock()})
            return found.fetchone() is not None

    def release(self, key: str, owner: str | None = None) -> None:
        """Release the owner's claim; a confirmed key and another owner's claim stay."""
        self._change(_RELEASE, key, 0, owner)

    def _change(self, statement: str, key: str, ttl: float, owner: str | None) -> bool:
        now = self._clock()
        with self._connected() as connection:
            values = {"key": key, "expires": now + ttl, "now": now, "owner": _as_owner(owner)}
            return connection.execute(statement, values).rowcount == 1

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._open_file is not None:
                self._open_file.close()
            self._open_file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def restart(self) -> None:
        """Open the file again at the next use; called in the child after a fork."""
        # Re-entrant only because such a lock knows whether this thread holds it: see _turn().
        self._lock = threading.RLock()
        self._claims = 0
        # Kept, not closed: a child that closes its parent's connection drops the parent's locks.
        self._inherited.append(self._open_file)
        self._open_file = None

    @contextmanager
    def _connected(self) -> Generator[sqlite3.Connection]:
        deadline = time.monotonic() + self._timeout
        with self._turn():
            try:
                if self._open_file is None:
                    self._open_file = self._open(deadline)
                _wait_until(deadline, self._open_file)
                yield self._open_file
            except (sqlite3.Error, UnicodeEncodeError) as error:
                raise ReplayStoreError(f"the replay store failed: {error}") from error

    @contextmanager
    def _turn(self) -> Generator[None]:
        # One timeout for the lock and the file, so that the waits do not add up.
        # A signal handler may raise just after the lock was acquired. So the lock is released in
        # any case, and nothing else is called before that.
        try:
            if not self._lock.acquire(timeout=self._timeout):
                raise ReplayStoreError(
                    "the replay store failed: other threads wait for a locked file"
                )
            yield
        finally:
            try:  # noqa: SIM105 - suppress() would be a call before the release
                self._lock.release()
            except RuntimeError:  # this thread does not hold it
                pass

    def _open(self, deadline: float) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            _wait_until(deadline, connection)
            _switch_to_wal(connection, deadline)
            connection.execute(_SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _checked_path(path: str | os.PathLike[str]) -> str:
    try:
        text = os.fsdecode(path)
        os.fsencode(text)
    except (TypeError, UnicodeEncodeError):
        text = ""
    # For SQLite an empty path means a temporary file, private to this process.
    if not text or "\0" in text:
        raise ConfigurationError("path must name a file, such as 'deliveries.db'")
    return text


def _as_owner(owner: str | None) -> str | None:
    # Prefixed: SQLite would convert a text of digits into a number.
    return None if owner is None else f"owner:{owner}"


def _wait_until(deadline: float, connection: sqlite3.Connection) -> None:
    left = max(0, round((deadline - time.monotonic()) * 1000))
    connection.execute(f"PRAGMA busy_timeout = {left}")


def _switch_to_wal(connection: sqlite3.Connection, deadline: float) -> None:
    # busy_timeout does not apply here: of several processes that open a new file at once,
    # all but one get SQLITE_BUSY immediately.
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_SECONDS_BETWEEN_TRIES)
        else:
            return
