"""Records in a PostgreSQL database, shared by a fleet."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import ConfigurationError
from trunkline.ledger.errors import LedgerError, LedgerStoreError
from trunkline.ledger.stores import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.stores.interfaces import Job

__all__ = ["PostgresStore", "remedy"]

#: Seconds to wait for a database that restarts.
_PATIENCE: Final = 15.0
_PAUSE: Final = 0.2
_SETTINGS: Final = (
    "SET synchronous_commit = on",
    "SET lock_timeout = '5s'",
    "SET statement_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '30s'",
)
_RIGHTS: Final = (
    "this user lacks the rights: GRANT it USAGE and CREATE on the schema, and SELECT, INSERT, "
    "UPDATE and DELETE on the tables there"
)
#: By the start of PostgreSQL's error code.
_REMEDIES: Final = {
    "42501": _RIGHTS,
    "3F000": _RIGHTS,  # the schema does not exist, or this user cannot see it
    "22": "it cannot store a value: a null character in a text, or a value that is not a number",
    "25006": "the server is read-only: give the URL of the primary",
    "53": "the server is out of disk space, memory or connections",
    "55P03": "another process holds the record for too long",
}
#: One process at a time creates the tables: CREATE IF NOT EXISTS itself can race.
_MIGRATION: Final = 0x54724C67


class PostgresTransaction:
    """A transaction on the one connection; the rows that it reads stay locked until its end."""

    def __init__(self, connection: Connection[tuple[Any, ...]]) -> None:
        self._connection = connection

    def lock(self, key: str) -> None:
        """Make others that lock the key wait."""
        self.select("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", key)

    def unhurried(self) -> None:
        """Lift the time limit of a statement."""
        self.execute("SET LOCAL statement_timeout = 0")

    def rows(self, key: str) -> tuple[Attempt, ...]:
        """Return the attempts of a key, at each provider in the order of their numbers."""
        found = self.select(f"{schema.SELECT} FOR UPDATE", key)
        return tuple(map(schema.attempt, found))

    def insert(self, row: Attempt) -> None:
        """Add an attempt."""
        self.execute(schema.INSERT, *schema.inserted(row))

    def update(self, row: Attempt) -> None:
        """Change an attempt."""
        self.execute(schema.UPDATE, *schema.updated(row))

    def select(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(_translated(statement), schema.storable(values)).fetchall()

    def execute(self, statement: str, *values: Any) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(
            _translated(statement), schema.storable(values) or None
        ).rowcount


class PostgresStore:
    """A ledger in PostgreSQL, with one connection for each process.

    Args:
        url: ``postgresql://user:password@host/database``.

    Raises:
        ConfigurationError: psycopg is not installed, or the URL cannot be read.
        LedgerStoreError: the database cannot be used; the text names the remedy.
        LedgerVersionError: a newer version of this package has made its tables.
    """

    def __init__(self, url: str) -> None:
        try:
            import psycopg
        except ModuleNotFoundError:
            raise ConfigurationError(
                "a ledger in PostgreSQL needs an extra: pip install 'trunkline[fleet]'"
            ) from None
        self._psycopg: Any = psycopg
        self._url, self.name = url, _shown(psycopg, url)
        self._connection: Connection[tuple[Any, ...]] | None = None
        self._inherited: list[object] = []
        try:
            self._connect()
        except psycopg.Error as error:
            raise self._failure(error) from None

    def run(self, jobs: Sequence[Job[Any]]) -> list[tuple[Any, Exception | None]]:
        """Run jobs, each in its own transaction; return the result or the error of each."""
        return [self._outcome(job) for job in jobs]

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with suppress(self._psycopg.Error):
                self._connection.close()
            self._connection = None

    def abandon(self) -> None:
        """Forget the parent's connection: anything sent on it would reach the parent's session."""
        self._inherited.append(self._connection)
        self._connection = None

    def _outcome(self, job: Job[Any]) -> tuple[Any, Exception | None]:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._once(job), None
            except LedgerError as error:
                return None, error
            except self._psycopg.Error as error:
                # The commit may have succeeded: operations recognise their own writes by the owner.
                if not self._may_pass(error) or time.monotonic() > deadline:
                    return None, self._failure(error)
                self.close()
                time.sleep(_PAUSE)

    def _once(self, job: Job[Any]) -> Any:
        connection = self._connection or self._connect()
        with connection.transaction():
            return job.operation(PostgresTransaction(connection))

    def _may_pass(self, error: Exception) -> bool:
        errors = self._psycopg.errors
        passing = (errors.SerializationFailure, errors.DeadlockDetected, errors.AdminShutdown)
        # Without a code: the connection was lost, or the server is not running (yet).
        lost = isinstance(error, self._psycopg.OperationalError) and not _state(error)
        return lost or isinstance(error, passing) or _state(error).startswith(("08", "57P"))

    def _connect(self) -> Connection[tuple[Any, ...]]:
        # Without prepared statements a pooler in transaction mode works too.
        connection: Connection[tuple[Any, ...]] = self._psycopg.connect(
            self._url, autocommit=True, prepare_threshold=None, connect_timeout=5
        )
        try:
            for statement in _SETTINGS:
                connection.execute(statement)
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _prepare(self, connection: Connection[tuple[Any, ...]]) -> None:
        transaction = PostgresTransaction(connection)
        version = self._version(transaction)
        if version is not None:
            schema.check_version(version, self.name)
            return
        with connection.transaction():
            transaction.select("SELECT pg_advisory_xact_lock(?)", _MIGRATION)
            schema.migrate(transaction)

    def _version(self, transaction: PostgresTransaction) -> str | None:
        try:
            found = transaction.select("SELECT value FROM ledger WHERE name = 'version'")
        except self._psycopg.errors.UndefinedTable:
            return None
        return str(found[0][0]) if found else None

    def _failure(self, error: Exception) -> LedgerStoreError:
        return LedgerStoreError(f"the ledger {self.name}: {remedy(error)}")


def _translated(statement: str) -> Any:
    return statement.replace("?", "%s")


def _state(error: Exception) -> str:
    return str(getattr(error, "sqlstate", "") or "")


def remedy(error: Exception) -> str:
    """Return what an error of psycopg means and the remedy, without a value or a password."""
    state = "22" if type(error).__name__ == "DataError" else _state(error)
    known = next((text for start, text in _REMEDIES.items() if state.startswith(start)), None)
    if state:
        return known or f"PostgreSQL reports {state} ({type(error).__name__})"
    text = str(error)
    if "starting up" in text or "shutting down" in text:
        return "the server is starting up or shutting down: try again in a moment"
    lines = text.strip().splitlines() or [type(error).__name__]
    told = next((line for line in reversed(lines) if "failed: " in line), lines[-1])
    return f"no connection: check host, port, database, user and password ({_reason(told)})"


def _reason(text: str) -> str:
    """Return the end of libpq's sentence, which names the cause and no password."""
    from trunkline._redact import shown

    return shown(text.rpartition("failed: ")[2])[:200]


def _shown(psycopg: Any, url: str) -> str:
    try:
        parts = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        raise ConfigurationError(
            "the ledger's URL cannot be read: write postgresql://user:password@host:5432/database"
        ) from None
    host, port = parts.get("host", "localhost"), parts.get("port", 5432)
    return f"postgresql://{host}:{port}/{parts.get('dbname', '')}"
