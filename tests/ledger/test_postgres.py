"""The database: wrong URLs, missing rights, lost connections; each error has a remedy."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.engine.server import MADE, Exchange, response
from tests.ledger.conftest import POSTGRES, SECRET, TASK, TO, Place
from tests.ledger.test_store_files import accepted, begun

from trunkline import Pamela
from trunkline.errors import ConfigurationError
from trunkline.ledger import Ledger, LedgerStoreError, LedgerVersionError, LedgerWriteError
from trunkline.ledger.attempts import Attempt
from trunkline.ledger.stores.schema import COLUMNS

HOST = urlsplit(POSTGRES).hostname


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        (f"postgresql://root:hush@{HOST}:1/postgres", LedgerStoreError, "port.*Connection refused"),
        (f"postgresql://root@{HOST}/nowhere", LedgerStoreError, "check host, port, database"),
        (
            f"{POSTGRES}?options=-cdefault_transaction_read_only%3Don%20-csearch_path%3Dnone",
            LedgerStoreError,
            "primary",
        ),
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
    """Without it each process would have different digests."""
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
    """If a user may not create or write the tables, the error says what to grant."""
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
    """Nothing is changed in tables of a newer version."""
    Ledger.open(database).close()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE ledger SET value = '99' WHERE name = 'version'")
    with pytest.raises(LedgerVersionError, match="upgrade"):
        Ledger.open(database)


def test_a_lost_connection_is_opened_again(database: str) -> None:
    """The server ends the session between two calls: the next one is still recorded."""
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


def test_an_answer_that_comes_as_its_lease_is_found_to_have_ended(database: str) -> None:
    """The acceptance is kept, whichever transaction is first."""
    place = Place(database)
    ledger, other = place.open(), place.open()
    barrier = Barrier(2)

    def look() -> None:
        barrier.wait()
        other.undecided()

    with ThreadPoolExecutor(1) as thread:
        for number in range(10):
            sender = begun(ledger, f"order-{number}")
            place.times.pass_(71.0)
            looking = thread.submit(look)
            barrier.wait()
            sender.accepted(f"call-{number}", "{}").result()
            looking.result()
    assert {row.state for row in ledger.records()} == {"accepted"}
    ledger.close()
    other.close()


def test_a_large_ledger_is_purged_in_pieces(database: str) -> None:
    """No transaction takes so long that the server ends it or others wait."""
    place = Place(database)
    ledger = place.open()
    accepted(ledger, "order-1")
    place.times.pass_(10.0)
    copied = ", ".join(name for name in COLUMNS if name not in {"key", "call_id"})
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            f"INSERT INTO attempt (key, {copied}) SELECT md5(number::text), {copied} "
            "FROM attempt, generate_series(1, 12000) AS number"
        )
        assert ledger.purge(5.0) == 12_001
        transactions = "SELECT count(*), count(DISTINCT xmin::text) FROM tombstone"
        assert connection.execute(transactions).fetchone() == (12_001, 3)
    assert ledger.status().tombstones == 12_001
    ledger.close()


def test_a_large_ledger_is_counted_however_long_it_takes(database: str) -> None:
    """The time limit for statements of calls does not apply."""
    ledger = Place(database).open()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP TABLE tombstone")
        unlimited = "current_setting('statement_timeout') = '0'"
        connection.execute(f"CREATE VIEW tombstone AS SELECT 1 WHERE {unlimited}")
    assert ledger.status().tombstones == 1
    ledger.close()


def test_an_answer_is_spooled_while_others_are_recorded(database: str) -> None:
    """It does not wait for the database, so the thread that others wait for can do it."""
    place = Place(database)
    ledger = place.open()
    waiting = "SELECT 1 FROM pg_locks WHERE relation = 'attempt'::regclass AND NOT granted"
    assert ledger.write_later(Attempt("a", "a", 1), "call-1", "{}")
    with ThreadPoolExecutor(1) as thread, psycopg.connect(database) as holder:
        holder.execute("LOCK TABLE attempt")
        taking = thread.submit(ledger.take_spooled)
        while not holder.execute(waiting).fetchone():
            time.sleep(0.01)
        assert ledger.write_later(Attempt("b", "b", 1), "call-2", "{}")
        holder.rollback()
        taking.result()
    assert ledger.has_spooled
    ledger.close()


def test_an_answer_that_no_index_holds(database: str) -> None:
    """It stays in the spool, and blocks neither other calls nor the next start."""
    place = Place(database)
    ledger = place.open()
    ids = iter(["call-1", "call-2", secrets.token_hex(10_000)])
    with (
        Exchange(lambda _asked: response(json.dumps({**MADE, "id": next(ids)}).encode())) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        client.calls.create(to=TO, task=TASK, key="order-1")
        client.calls.create(to=TO, task=TASK, key="order-2")
        with pytest.raises(LedgerWriteError) as caught:
            client.calls.create(to=TO, task=TASK, key="order-3")
        assert client.calls.create(to=TO, task=TASK, key="order-2").id == "call-2"
    assert caught.value.spooled
    ledger.close()
    with place.open() as again:
        assert again.status().total("accepted") == 2
