"""Records in an SQLite file, shared by all processes of one machine."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from trunkline.ledger.errors import LedgerError, LedgerStoreError
from trunkline.ledger.stores import schema
from trunkline.ledger.stores.file_lock import FileLock
from trunkline.ledger.stores.local_disk import require_local_disk

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.stores.interfaces import Job

__all__ = ["SQLiteStore"]

#: STRICT-like typing and the UPSERT in use need it; Python 3.11 ships with a newer one.
_OLDEST: Final = (3, 35, 0)
_APPLICATION: Final = 0x54724C67  # "TrLg": `file` and this package recognise the file by it
_BUSY_MS: Final = 30_000
_REMEDIES: Final = {
    "SQLITE_FULL": "the disk is full: make room",
    "SQLITE_READONLY": "it cannot be written: give this user the right to write file and folder",
    "SQLITE_CANTOPEN": "it cannot be opened: create its folder, and give this user its rights",
    "SQLITE_CORRUPT": "it is damaged: stop, keep a copy, and restore a backup; it is not recreated",
    "SQLITE_NOTADB": "it is not an SQLite file: give the path of a ledger, or of a new file",
    "SQLITE_BUSY": "another process holds it for too long: look for one that is stopped",
    "SQLITE_IOERR": "the disk reports an error",
}


class SQLiteTransaction:
    """A transaction on the one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def lock(self, key: str) -> None:
        """Do nothing: the whole file is locked."""

    def unhurried(self) -> None:
        """Do nothing: statements have no time limit."""

    def rows(self, key: str) -> tuple[Attempt, ...]:
        """Return the attempts of a key, at each provider in the order of their numbers."""
        return tuple(map(schema.attempt, self._connection.execute(schema.SELECT, (key,))))

    def insert(self, row: Attempt) -> None:
        """Add an attempt."""
        self.execute(schema.INSERT, *schema.inserted(row))

    def update(self, row: Attempt) -> None:
        """Change an attempt."""
        self.execute(schema.UPDATE, *schema.updated(row))

    def select(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(statement, schema.storable(values)).fetchall()

    def execute(self, statement: str, *values: Any) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(statement, schema.storable(values)).rowcount


class SQLiteStore:
    """A ledger in a file: write-ahead log, every decisive commit flushed to the disk.

    Args:
        path: the file; it is created with mode 0600 when missing.

    Raises:
        LedgerStoreError: the file cannot be used; the text names the remedy.
        LedgerVersionError: a newer version of this package wrote it.
    """

    def __init__(self, path: str) -> None:
        self.path, self.name = path, path
        self._inherited: list[sqlite3.Connection | None] = []
        self._connection: sqlite3.Connection | None = None
        self._lock = FileLock(f"{path}.lock")
        self._durable = True
        self._inode = -1
        require_local_disk(path)
        with self._errors():
            self._open()

    def run(self, jobs: Sequence[Job[Any]]) -> list[tuple[Any, Exception | None]]:
        """Run jobs in one transaction; raises LedgerStoreError if it is not committed."""
        with self._errors():
            connection = self._connection or self._open()
            self._check_file()
            self._set_durable(connection, any(job.durable for job in jobs))
            with self._transaction(connection) as transaction:
                return [_outcome(job, transaction) for job in jobs]

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        self._lock.close()

    def abandon(self) -> None:
        """Forget the parent's connection: closing it here would drop the parent's locks."""
        self._inherited.append(self._connection)
        self._connection = None
        # Closed without unlocking: parent and child share the lock of an open file.
        self._lock.close()

    @contextmanager
    def _transaction(self, connection: sqlite3.Connection) -> Generator[SQLiteTransaction]:
        # SQLite's own waiting is unfair: a sleeping writer can wait for seconds behind busy ones.
        with self._lock.held(_BUSY_MS / 1000):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield SQLiteTransaction(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # some errors have ended the transaction already
                    connection.execute("ROLLBACK")
                raise

    def _set_durable(self, connection: sqlite3.Connection, durable: bool) -> None:  # noqa: FBT001
        # Nothing was sent after a claim that a loss of power undoes: it need not be flushed.
        if durable != self._durable:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    def _check_file(self) -> None:
        # A deleted file can still be written, but is lost when this process ends.
        try:
            inode = os.stat(self.path).st_ino
        except OSError:
            inode = -1
        if inode != self._inode:
            raise LedgerStoreError(
                f"the ledger {self.path} was deleted or replaced while it was open: put the file "
                "back, then restart; nothing was sent"
            )

    def _open(self) -> sqlite3.Connection:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise LedgerStoreError("the ledger needs SQLite 3.35 or newer: use another Python")
        _create_private(self.path)
        uri = "file:" + _quoted(self.path) + "?mode=rw"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._inode = os.stat(self.path).st_ino
        self._connection = connection
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        with self._lock.held(_BUSY_MS / 1000):
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            schema.check_version(found, self.path)
            self._check_owner(connection, found)
            self._switch_to_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = 1")
        self._durable = True
        if found == schema.VERSION:
            return
        with self._transaction(connection) as transaction:
            schema.migrate(transaction)
            transaction.execute(f"PRAGMA user_version = {schema.VERSION}")
            transaction.execute(f"PRAGMA application_id = {_APPLICATION}")

    def _check_owner(self, connection: sqlite3.Connection, version: int) -> None:
        if version == 0 and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise LedgerStoreError(
                f"{self.path} is a database of another program: give the path of a new file"
            )

    def _switch_to_wal(self, connection: sqlite3.Connection) -> None:
        deadline = time.monotonic() + _BUSY_MS / 1000
        while True:
            try:
                mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            except sqlite3.OperationalError as error:
                # SQLite does not wait here, as it does elsewhere.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.005)
                continue
            if mode != "wal":
                raise LedgerStoreError(
                    f"the ledger {self.path} cannot have a write-ahead log ({mode}): put it on a "
                    "local disk"
                )
            return

    @contextmanager
    def _errors(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerStoreError(f"the ledger {self.path}: {_remedy(error)}") from error
        except OSError as error:
            what = error.strerror or type(error).__name__
            raise LedgerStoreError(
                f"the ledger {self.path} cannot be used ({what}): give this user the right to "
                "write its folder, or another path"
            ) from error


def _outcome(job: Job[Any], transaction: SQLiteTransaction) -> tuple[Any, Exception | None]:
    try:
        return job.operation(transaction), None
    except LedgerError as error:  # it has written nothing
        return None, error


def _remedy(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    known = next((text for start, text in _REMEDIES.items() if name.startswith(start)), None)
    return known or f"SQLite reports {name}"


def _create_private(path: str) -> None:
    # SQLite itself would create it readable by all.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _quoted(path: str) -> str:
    from urllib.request import pathname2url

    return pathname2url(os.path.abspath(path))
