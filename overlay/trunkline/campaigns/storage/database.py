"""One connection to PostgreSQL for each process and thread, opened again when it was lost."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from trunkline.campaigns.errors import CampaignStoreError
from trunkline.campaigns.libraries import library
from trunkline.campaigns.storage import schema
from trunkline.errors import ConfigurationError
from trunkline.ledger.stores.postgres import remedy
from trunkline.ledger.stores.schema import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection, Cursor

    Transaction = Connection[tuple[Any, ...]]

__all__ = ["Database"]

#: Seconds to wait for a database that restarts.
_PATIENCE: Final = 15.0
_PAUSE: Final = 0.2
_Found = TypeVar("_Found")


class Database:
    """A PostgreSQL database with the tables of campaigns.

    Args:
        url: ``postgresql://user:password@host/database``.

    Raises:
        ConfigurationError: psycopg is not installed, or the URL is not a PostgreSQL URL.
        CampaignStoreError: the database cannot be used.
    """

    def __init__(self, url: str) -> None:
        if not url.startswith(("postgresql://", "postgres://")):
            raise ConfigurationError(
                "campaigns are kept in PostgreSQL: give postgresql://user:password@host/database"
            )
        self._psycopg = library("psycopg", "campaigns", "campaigns")
        self._url = url
        self._own = threading.local()
        try:
            self.run(_create_tables)
        except CampaignStoreError:
            self.close()
            raise

    def execute(self, statement: str, values: Sequence[Any]) -> Cursor[tuple[Any, ...]]:
        """Run one statement in its own transaction.

        Raises:
            CampaignStoreError: the database cannot be used.
        """
        text: Any = statement
        return self._patiently(lambda connection: connection.execute(text, storable(values)))

    def run(self, work: Callable[[Transaction], _Found]) -> _Found:
        """Do work in a transaction; it is done again if the connection was lost.

        Raises:
            CampaignStoreError: the database cannot be used.
        """

        def whole(connection: Transaction) -> _Found:
            with connection.transaction():
                return work(connection)

        return self._patiently(whole)

    def _patiently(self, work: Callable[[Transaction], _Found]) -> _Found:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return work(self._connection())
            except self._psycopg.Error as error:
                if not self._may_pass(error) or time.monotonic() > deadline:
                    raise CampaignStoreError(f"campaigns: {remedy(error)}") from None
                self.close()
                time.sleep(_PAUSE)

    def close(self) -> None:
        """Close the connection of this thread."""
        connection = getattr(self._own, "connection", None)
        if connection is not None and self._own.pid == os.getpid():
            connection.close()
        self._own.connection = None

    def _connection(self) -> Transaction:
        own = self._own
        if getattr(own, "connection", None) is None or own.pid != os.getpid():
            own.parent = getattr(own, "connection", None)  # not closed: it is the parent's
            own.connection = self._psycopg.connect(
                self._url, autocommit=True, prepare_threshold=None, connect_timeout=5
            )
            own.pid = os.getpid()
        connection: Transaction = own.connection
        return connection

    def _may_pass(self, error: Exception) -> bool:
        code = str(getattr(error, "sqlstate", "") or "")
        lost = isinstance(error, self._psycopg.OperationalError) and not code
        return lost or code.startswith(("08", "57P", "40"))


def _create_tables(connection: Transaction) -> None:
    if connection.execute("SELECT to_regclass('campaign_problem')").fetchone() != (None,):
        return
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [schema.LOCK])
    connection.execute(schema.TABLES)
