"""Open the parts of a ledger: store, writer thread, digest key, spool."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from trunkline.errors import ConfigurationError
from trunkline.ledger.errors import LedgerStoreError
from trunkline.ledger.keys import VARIABLE, DigestKey, key_from_environment, key_from_file
from trunkline.ledger.spool import Spool
from trunkline.ledger.stores.writer import Writer

if TYPE_CHECKING:
    from trunkline.ledger.stores.interfaces import Store, Transaction

__all__ = ["Parts", "open_parts"]


class _Digests(Protocol):
    def __call__(self, *, is_new: bool) -> DigestKey:
        """Return the digest key of a ledger; one that is not new already has a key."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What a ledger consists of.

    Attributes:
        name: the path or URL, without a password.
        ledger_id: its own random id.
        writer: the thread that uses the store.
        digests: makes the digests of keys.
        spool: keeps responses that the store cannot record.
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
    if "\0" in where:
        raise ConfigurationError("a ledger's path has a null character in it: give another path")
    path = os.path.abspath(where)
    if not os.path.isdir(os.path.dirname(path)):
        raise LedgerStoreError(f"the ledger {path} has no folder: create it first")
    from trunkline.ledger.stores.sqlite import SQLiteStore

    digests = partial(_key_beside, path, key_from_environment())
    return _parts(SQLiteStore(path), digests, Spool(f"{path}.spool"))


def _key_beside(path: str, given: DigestKey | None, *, is_new: bool) -> DigestKey:
    """Return the digest key of a ledger in a file; a new one must have no key or spool yet.

    Raises:
        LedgerStoreError: the key is lost; or an earlier ledger was here, and its file is lost.
    """
    left = [file for file in (f"{path}.key", f"{path}.spool") if os.path.exists(file)]
    if is_new and left:
        raise LedgerStoreError(
            f"the ledger {path} is empty, and an earlier one was here: restore its file; or delete "
            f"{' and '.join(left)} to begin one in which every key is new"
        )
    return given or key_from_file(f"{path}.key", create=is_new)


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
    try:
        spool = Spool(_spool_path(store.name))
    except LedgerStoreError:
        store.close()
        raise
    return _parts(store, partial(_given, digests), spool)


def _given(digests: DigestKey, **_: bool) -> DigestKey:
    return digests


def _spool_path(name: str) -> str:
    from hashlib import sha256

    home = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    folder = os.path.join(home, "trunkline")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise LedgerStoreError(
            f"{folder}, which keeps responses while the database is away, cannot be created "
            f"({error.strerror}): set XDG_STATE_HOME to a folder that this user can write"
        ) from error
    return os.path.join(folder, f"{sha256(name.encode()).hexdigest()[:16]}.spool")


def _parts(store: Store, digests: _Digests, spool: Spool) -> Parts:
    writer = Writer(store)
    try:
        ledger_id, key = writer.submit(lambda tx: _identify(tx, digests, store.name)).result()
    except BaseException:
        writer.close()
        raise
    spool.reserve()
    return Parts(store.name, ledger_id, writer, key, spool)


def _identify(tx: Transaction, digests: _Digests, name: str) -> tuple[str, DigestKey]:
    key = digests(is_new=not tx.select("SELECT 1 FROM ledger WHERE name = 'digest_key'"))
    given = {"id": os.urandom(4).hex(), "digest_key": key.check}
    for what, value in given.items():
        tx.execute(
            "INSERT INTO ledger (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            *(what, value),
        )
    found = {str(key): str(value) for key, value in tx.select("SELECT name, value FROM ledger")}
    if found["digest_key"] != key.check:
        raise LedgerStoreError(
            f"the ledger {name} was made with another digest key: give its own as {VARIABLE} or in "
            "the file beside it; with this one every key would look new"
        )
    return found["id"], key
