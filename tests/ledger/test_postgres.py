"""The database: wrong URLs, missing rights, lost connections; each refusal with a remedy."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.ledger.conftest import POSTGRES, SECRET, Place
from tests.ledger.test_store_files import accepted

from trunkline.errors import ConfigurationError
from trunkline.ledger import Ledger, LedgerStoreError, LedgerVersionError

HOST = urlsplit(POSTGRES).hostname


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        (f"postgresql://root:hush@{HOST}:1/postgres", LedgerStoreError, "port.*Connection refused"),
        (f"postgresql://root@{HOST}/nowhere", LedgerStoreError, "check host, port, database"),
        (f"{POSTGRES}?options=-cdefault_transaction_read_only%3Don", LedgerStoreError, "primary"),
        ("postgresql://a b c", ConfigurationError, "cannot be read"),
        ("mysql://root@localhost/db", ConfigurationError, "not mysql"),
    ],
)
def test_a_wrong_url_is_told(
    monkeypatch: pytest.MonkeyPatch, url: str, error: type[Exception], words: str
) -> None:
    """The error names what to check, and shows no password."""
    monkeypatch.setenv("TRUNKLINE_LEDGER_KEY", SECRET)
    with pytest.raises(error, match=words) as caught:
        Ledger.open(url)
    assert "hush" not in str(caught.value)


def test_a_database_needs_the_shared_key(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it each process would have digests of its own."""
    monkeypatch.delenv("TRUNKLINE_LEDGER_KEY")
    with pytest.raises(ConfigurationError, match="TRUNKLINE_LEDGER_KEY"):
        Ledger.open(database)
    monkeypatch.setenv("TRUNKLINE_LEDGER_KEY", SECRET)
    Ledger.open(database).close()
    monkeypatch.setenv("TRUNKLINE_LEDGER_KEY", SECRET[::-1])
    with pytest.raises(LedgerStoreError, match="another digest key"):
        Ledger.open(database)


@pytest.mark.parametrize("tables", [False, True], ids=["no tables", "tables of another user"])
def test_missing_rights_are_told(database: str, *, tables: bool) -> None:
    """A user who may not create the tables, or not write them, learns what to grant."""
    if tables:
        Ledger.open(database).close()
    role = f"trunkline_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")
        try:
            schema = database.rpartition("%3D")[2]
            if tables:
                connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
                connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}")
            url = database.replace(urlsplit(POSTGRES).username or "", role, 1)
            with pytest.raises(LedgerStoreError, match="rights"):
                Ledger.open(url)
        finally:
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")


def test_a_newer_layout_is_refused(database: str) -> None:
    """Nothing is changed in tables that a newer version has made."""
    Ledger.open(database).close()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE ledger SET value = '99' WHERE name = 'version'")
    with pytest.raises(LedgerVersionError, match="upgrade"):
        Ledger.open(database)


def test_a_lost_connection_is_opened_again(database: str) -> None:
    """The server ends the session between two calls: the next one is recorded all the same."""
    name = f"ledger-{uuid.uuid4().hex}"
    place = Place(f"{database}&application_name={name}")
    ledger = place.open()
    accepted(ledger, "order-1")
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE %s = "
        ended = connection.execute(f"{statement} application_name", (name,)).fetchall()
    assert ended == [(True,)]
    accepted(ledger, "order-2")
    ledger.close()
    assert len(list(place.open().records())) == 2
