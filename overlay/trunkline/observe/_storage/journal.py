"""The journal: what one process has recorded and not yet delivered, in an SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import TrunklineError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

__all__ = ["Delivery", "Journal", "JournalError"]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS sessions(id TEXT PRIMARY KEY, head TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries(session TEXT, seq INTEGER, data TEXT NOT NULL,
    PRIMARY KEY(session, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox(id TEXT PRIMARY KEY, session TEXT NOT NULL, agent TEXT NOT NULL,
    destination TEXT NOT NULL, target TEXT NOT NULL, policy TEXT NOT NULL, kind TEXT NOT NULL,
    seq INTEGER NOT NULL, payload TEXT, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL, owner TEXT, lease REAL, reason TEXT, created REAL NOT NULL,
    updated REAL NOT NULL);
CREATE INDEX IF NOT EXISTS outbox_due ON outbox(state, due);
CREATE INDEX IF NOT EXISTS outbox_session ON outbox(session, destination, seq);
"""
_COLUMNS: Final = (
    "id, session, agent, destination, target, policy, kind, seq, payload, state, attempts, due,"
    " owner, lease, reason, created, updated"
)
#: Seconds to wait for a lock of another process, each time.
_BUSY_TIMEOUT: Final = 1.0
#: Low bytes of `sqlite_errorcode`, and what they mean here.
_STATES: Final = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "failing",
    sqlite3.SQLITE_CANTOPEN: "unwritable",
    sqlite3.SQLITE_READONLY: "unwritable",
    sqlite3.SQLITE_PERM: "unwritable",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
}


class JournalError(TrunklineError):
    """The journal cannot be used.

    Attributes:
        state: ``locked``, ``full``, ``failing``, ``unwritable``, ``corrupt`` or ``gone``.
    """

    state: str = "failing"

    def __init__(self, message: str, state: str = "failing") -> None:
        super().__init__(message)
        self.state = state


@dataclass(frozen=True, slots=True)
class Delivery:
    """A record for one destination.

    Attributes:
        id: its own id.
        session: the session's id.
        agent: the agent's id.
        destination: kind of the destination, such as ``whispey``.
        target: its address; a destination takes only records for its own target.
        policy: ``at_most_once`` or ``at_least_once``.
        kind: ``started``, ``ended`` or ``recording``.
        seq: its position among the records of the session for that destination.
        payload: the record as JSON text.
        state: ``pending``, ``sending``, ``sent``, ``unknown``, ``dead`` or ``rejected``.
        attempts: how many times sending was started.
        due: when to send it, in epoch seconds.
        owner: who is sending it.
        lease: when the owner's lease ends, in epoch seconds.
        reason: why it is in this state.
        created: when it was made, in epoch seconds.
        updated: when its state changed, in epoch seconds.
    """

    id: str
    session: str
    agent: str
    destination: str
    target: str
    policy: str
    kind: str
    seq: int
    payload: str | None
    state: str
    attempts: int
    due: float
    owner: str | None
    lease: float | None
    reason: str | None
    created: float
    updated: float


class Journal:
    """One file; every method may be called from any thread, and may wait for another process.

    Args:
        path: the file, which is created for its owner only; None keeps all in memory.
        full: whether every commit waits for the disk, so that it survives a loss of power.
        create: whether a missing file is created.

    Raises:
        JournalError: the file cannot be used.
    """

    def __init__(self, path: str | None, *, full: bool = False, create: bool = True) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._inode = 0
        with _translated(path):
            if path is not None:
                self._inode = _created(path) if create else os.stat(path).st_ino
            self._db = sqlite3.connect(
                path or ":memory:",
                timeout=_BUSY_TIMEOUT,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute(f"PRAGMA synchronous={'FULL' if full else 'NORMAL'}")
                self._db.executescript(_SCHEMA)
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock, suppress(sqlite3.Error):
            self._db.close()

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """Run several statements, or none of them.

        Raises:
            JournalError: the file could not be written.
        """
        with self._lock, _translated(self.path):
            self._check_file()
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def read(self, query: str, *values: object) -> list[Any]:
        """Return the rows of a query.

        Raises:
            JournalError: the file cannot be read.
        """
        with self._lock, _translated(self.path):
            return self._db.execute(query, values).fetchall()

    def _check_file(self) -> None:
        if self.path is None:
            return
        try:
            here = os.stat(self.path).st_ino
        except FileNotFoundError:
            here = 0
        if here != self._inode:  # SQLite would keep writing to the old file
            raise JournalError(f"the journal {self.path} was deleted or replaced", "gone")

    def write(self, operations: Iterable[tuple[Any, ...]]) -> None:
        """Store sessions and entries: ``(id, head)`` or ``(id, number, entry)``.

        Raises:
            JournalError: nothing was stored.
        """
        with self.transaction() as db:
            for operation in operations:
                if len(operation) == 2:
                    row = (operation[0], operation[1], "open")
                    db.execute("INSERT OR IGNORE INTO sessions VALUES(?,?,?)", row)
                else:
                    text = json.dumps(operation[2], default=str)
                    row = (operation[0], operation[1], text)
                    db.execute("INSERT OR IGNORE INTO entries VALUES(?,?,?)", row)

    def enqueue(self, deliveries: Sequence[Delivery], *, finished: str | None = None) -> None:
        """Store records for delivery.

        Args:
            deliveries: the records.
            finished: id of the session that they complete; its entries are no longer needed.

        Raises:
            JournalError: nothing was stored.
        """
        with self.transaction() as db:
            self.insert(db, deliveries, finished)

    @staticmethod
    def insert(
        db: sqlite3.Connection, deliveries: Sequence[Delivery], finished: str | None
    ) -> None:
        """Do what :meth:`enqueue` does, inside a transaction."""
        marks = ",".join("?" * 17)
        for each in deliveries:
            row = tuple(getattr(each, name) for name in Delivery.__slots__)
            db.execute(f"INSERT OR IGNORE INTO outbox({_COLUMNS}) VALUES({marks})", row)
        if finished is not None:
            db.execute("DELETE FROM entries WHERE session=?", (finished,))
            db.execute("UPDATE sessions SET state='exported' WHERE id=?", (finished,))

    def open_sessions(self) -> list[tuple[str, str]]:
        """Return id and head of the sessions that were never exported."""
        return self.read("SELECT id, head FROM sessions WHERE state='open' ORDER BY rowid")

    def entries(self, session_id: str) -> list[dict[str, Any]]:
        """Return what was recorded of a session."""
        rows = self.read("SELECT data FROM entries WHERE session=? ORDER BY seq", session_id)
        return [json.loads(row[0]) for row in rows]

    def deliveries(self, session_id: str) -> list[Delivery]:
        """Return the records of a session."""
        query = f"SELECT {_COLUMNS} FROM outbox WHERE session=? ORDER BY seq"  # noqa: S608
        return [Delivery(*row) for row in self.read(query, session_id)]


def _created(path: str) -> int:
    try:
        # SQLite creates the files beside it with the mode of this one.
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.stat(path).st_ino
    try:
        return os.fstat(file).st_ino
    finally:
        os.close(file)


@contextmanager
def _translated(path: str | None) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR)
        state = _STATES.get(code & 0xFF, "failing")
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise JournalError(
            f"the journal {path or 'in memory'} is {state} ({name})", state
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise JournalError(f"the journal {path} cannot be used: {reason}", "unwritable") from error
