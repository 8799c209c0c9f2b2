"""Put a ledger together: store, writer thread, digest key, spool."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.errors import ConfigurationError
from trunkline.ledger.errors import LedgerStoreError
from trunkline.ledger.keys import VARIABLE, DigestKey, key_from_environment, key_from_file
from trunkline.ledger.spool import Spool
from trunkline.ledger.stores.writer import Writer

if TYPE_CHECKING:
    from trunkline.ledger.stores.interfaces import Store, Transaction

__all__ = ["Parts", "open_parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a ledger consists of.

    Attributes:
        name: the place, without a password.
        ledger_id: what tells it from other ledgers.
        writer: the thread that uses the store.
        digests: makes the digests of keys.
        spool: takes what the store cannot.
    """

    name: str
    ledger_id: str
    writer: Writer
    digests: DigestKey
    spool: Spool


def open_parts(where: str) -> Parts:
    """Open the parts of a ledger.

    Raises:
        LedgerStoreError: the store or the digest key cannot be used.
        ConfigurationError: the URL or ``TRUNKLINE_LEDGER_KEY`` is not usable.
    """
    if "://" in where:
        return _open_database(where)
    path = os.path.abspath(where)
    if not os.path.isdir(os.path.dirname(path)):
        raise LedgerStoreError(f"the ledger {path} has no folder: create it first")
    from trunkline.ledger.stores.sqlite import SQLiteStore

    is_new = not os.path.exists(path) or os.path.getsize(path) == 0
    store = SQLiteStore(path)
    digests = key_from_environment() or key_from_file(f"{path}.key", create=is_new)
    return _parts(store, digests, Spool(f"{path}.spool"))


def _open_database(url: str) -> Parts:
    if not url.startswith(("postgresql://", "postgres://")):
        scheme = url.partition("://")[0][:20]
        raise ConfigurationError(
            f"a ledger is a path or a postgresql:// URL, not {scheme}://: give one of them"
        )
    digests = key_from_environment()
    if digests is None:
        raise ConfigurationError(
            f"a ledger in PostgreSQL needs {VARIABLE}: the same 32 random bytes, as text, for "
            "every process that shares it"
        )
    from trunkline.ledger.stores.postgres import PostgresStore

    store = PostgresStore(url)
    return _parts(store, digests, Spool(_spool_path(store.name)))


def _spool_path(name: str) -> str:
    from hashlib import sha256

    home = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    folder = os.path.join(home, "trunkline")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return os.path.join(folder, f"{sha256(name.encode()).hexdigest()[:16]}.spool")


def _parts(store: Store, digests: DigestKey, spool: Spool) -> Parts:
    writer = Writer(store)
    try:
        ledger_id = writer.submit(lambda tx: _identify(tx, digests, store.name)).result()
    except BaseException:
        writer.close()
        raise
    spool.reserve()
    return Parts(store.name, ledger_id, writer, digests, spool)


def _identify(tx: Transaction, digests: DigestKey, name: str) -> str:
    given = {"id": os.urandom(4).hex(), "digest_key": digests.check}
    for what, value in given.items():
        tx.execute(
            "INSERT INTO ledger (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            *(what, value),
        )
    found = {str(key): str(value) for key, value in tx.select("SELECT name, value FROM ledger")}
    if found["digest_key"] != digests.check:
        raise LedgerStoreError(
            f"the ledger {name} was made with another digest key: give its own as {VARIABLE} or in "
            "the file beside it; with this one every key would look new"
        )
    return found["id"]
