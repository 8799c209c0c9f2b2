"""The tables, in the SQL that SQLite and PostgreSQL share, and how a record becomes a row."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any, Final

from trunkline.ledger.attempts import Attempt
from trunkline.ledger.errors import LedgerVersionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trunkline.ledger.stores.interfaces import Transaction

__all__ = [
    "COLUMNS",
    "VERSION",
    "add_extra_call",
    "attempt",
    "check_version",
    "migrate",
    "storable",
]

#: The newest layout that this package knows.
VERSION: Final = 1

COLUMNS: Final = tuple(field.name for field in fields(Attempt))
_REAL: Final = frozenset({"lease", "lease_until", "created_at", "updated_at", "sent_at", "late"})
_NULLABLE: Final = frozenset({"call_id", "response", "error", "label"})


def _column(name: str) -> str:
    kind = "DOUBLE PRECISION" if name in _REAL else "BIGINT" if name in {"n", "fence"} else "TEXT"
    return f"{name} {kind}" if name in _NULLABLE else f"{name} {kind} NOT NULL"


_LAYOUT: Final = f"""
CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS attempt ({", ".join(map(_column, COLUMNS))}, PRIMARY KEY (key, ns, n));
CREATE UNIQUE INDEX IF NOT EXISTS attempt_call ON attempt (ns, call_id) WHERE call_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS attempt_open ON attempt (ns, state)
  WHERE state IN ('intended', 'sending', 'unknown');
CREATE TABLE IF NOT EXISTS extra_call (
  ns TEXT NOT NULL, call_id TEXT NOT NULL, key TEXT NOT NULL, n BIGINT NOT NULL,
  seen_at DOUBLE PRECISION NOT NULL, PRIMARY KEY (ns, call_id)
);
CREATE TABLE IF NOT EXISTS tombstone (
  key TEXT NOT NULL, ns TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (key, ns)
)
"""
_NAMES: Final = ", ".join(COLUMNS)
# Not by time: a clock that was set back must not change which attempt is the last.
SELECT: Final = f"SELECT {_NAMES} FROM attempt WHERE key = ? ORDER BY ns, n"  # noqa: S608
INSERT: Final = (
    f"INSERT INTO attempt ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))}) "  # noqa: S608
    "ON CONFLICT (key, ns, n) DO NOTHING"
)
_CHANGED: Final = ", ".join(f"{name} = ?" for name in COLUMNS[3:])
UPDATE: Final = f"UPDATE attempt SET {_CHANGED} WHERE key = ? AND ns = ? AND n = ?"  # noqa: S608


def attempt(row: Sequence[Any]) -> Attempt:
    """Return a record from a row in the order of :data:`COLUMNS`."""
    return Attempt(*row)


def inserted(row: Attempt) -> tuple[Any, ...]:
    """Return the values of :data:`INSERT`."""
    return astuple(row)


def updated(row: Attempt) -> tuple[Any, ...]:
    """Return the values of :data:`UPDATE`."""
    values = astuple(row)
    return (*values[3:], *values[:3])


def storable(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return values of a statement; characters that no database can store are escaped.

    A provider may send an id with a null character or a lone surrogate.
    """
    return tuple(_text(value) if isinstance(value, str) else value for value in values)


def _text(value: str) -> str:
    text = str(value)
    if text.isascii() and "\0" not in text:
        return text
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\x00")


def add_extra_call(tx: Transaction, row: Attempt, call_id: str, now: float) -> None:
    """Record the id of a further call of an attempt that has one already."""
    tx.execute(
        "INSERT INTO extra_call (ns, call_id, key, n, seen_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (ns, call_id) DO NOTHING",
        *(row.ns, call_id, row.key, row.n, now),
    )


def migrate(tx: Transaction) -> None:
    """Create missing tables; a layout of a newer version is refused before anything is changed."""
    for statement in _LAYOUT.split(";"):
        tx.execute(statement)
    tx.execute(
        "INSERT INTO ledger (name, value) VALUES ('version', ?) ON CONFLICT (name) DO NOTHING",
        str(VERSION),
    )


def check_version(text: object, where: str) -> None:
    """Refuse a layout that this package does not know.

    Raises:
        LedgerVersionError: it is newer.
    """
    if not str(text).isdigit() or int(str(text)) > VERSION:
        raise LedgerVersionError(
            f"the ledger {where} has layout {str(text)[:20]} and this version of trunkline knows "
            f"up to {VERSION}: upgrade trunkline; nothing was changed"
        )
