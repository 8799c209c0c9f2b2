"""The store fails or the clock is set during a call: no second call, no lost one."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.engine.server import Asked, Exchange, response
from tests.ledger.conftest import POSTGRES, TASK, TO, Place
from tests.ledger.test_store_files import NS, accepted, begun

from trunkline import Pamela
from trunkline.errors import APIConnectionError
from trunkline.ledger import (
    CallUnknownError,
    KeyInFlightError,
    LedgerStoreError,
    LedgerWriteError,
    redial_after,
)
from trunkline.ledger.entry import Entry
from trunkline.ledger.machine import Policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from trunkline.ledger.attempts import Moment

HOUR = 3600.0


def server(meanwhile: Callable[[], None]) -> Exchange:
    """Return a server that calls a function before it responds."""

    def reply(_asked: Asked) -> bytes:
        meanwhile()
        return response()

    return Exchange(reply)


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_a_database_that_drops_its_sessions(database: str) -> None:
    """The response is recorded on a new connection."""
    ledger = Place(f"{database}&application_name=dropped").open()
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name="
    with (
        server(lambda: execute(POSTGRES, f"{ended}'dropped'")) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        ids = {client.calls.create(to=TO, task=TASK, key="order-1").id for _ in range(2)}
    assert (len(ids), len(there.asked)) == (1, 1)
    ledger.close()


def test_a_database_that_cannot_be_written_any_more(database: str) -> None:
    """The error has the call; it is recorded when the database can be written again."""
    place = Place(database)
    ledger = place.open()
    with (
        server(lambda: execute(database, "ALTER TABLE attempt RENAME TO lost")) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        with pytest.raises(LedgerWriteError) as caught:
            client.calls.create(to=TO, task=TASK, key="order-1")
        assert (caught.value.call_id, caught.value.spooled) == (caught.value.call.id, True)
        with pytest.raises(LedgerStoreError):
            client.calls.create(to=TO, task=TASK, key="order-2")
        execute(database, "ALTER TABLE lost RENAME TO attempt")
        assert client.calls.create(to=TO, task=TASK, key="order-1").id == caught.value.call_id
    assert len(there.asked) == 1
    ledger.close()


@pytest.mark.parametrize("step", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_clock_that_is_set_while_a_call_is_placed(place: Place, step: float) -> None:
    """The call is recorded, and the key keeps that call."""

    def set_clock() -> None:
        place.times.wall += step

    with (
        server(set_clock) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=place.open()) as client,
    ):
        ids = {client.calls.create(to=TO, task=TASK, key="order-1").id for _ in range(2)}
    assert (len(ids), len(there.asked)) == (1, 1)


@pytest.mark.parametrize("step", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_clock_that_is_set_while_a_sender_is_dead(place: Place, step: float) -> None:
    """Its call becomes unknown, at once or after an observed lease; nobody dials again."""
    ledger = place.open(account="mine")
    sender = begun(ledger)
    with (
        server(lambda: None) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        place.times.wall += step
        if step < 0:
            with pytest.raises(KeyInFlightError):
                client.calls.create(to=TO, task=TASK, key="order-1")
            place.times.pass_(71.0)
        with pytest.raises(CallUnknownError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        sender.accepted("late", '{"id": "late"}').result()
        assert client.calls.create(to=TO, task=TASK, key="order-1").id == "late"
    assert there.asked == []


@pytest.mark.parametrize("clock", ["steady", "wall"])
def test_a_sender_that_was_paused_sends_nothing(
    in_file: Place, monkeypatch: pytest.MonkeyPatch, clock: str
) -> None:
    """More than 5 s after the record, by either clock, is too late; the key is free again."""
    begin = Entry.begin

    def paused(entry: Entry, late: float) -> Future[Moment]:
        begun = begin(entry, late)
        begun.result()
        setattr(in_file.times, clock, getattr(in_file.times, clock) + 5.1)
        return begun

    with (
        server(lambda: None) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=in_file.open(), max_retries=0) as client,
    ):
        monkeypatch.setattr(Entry, "begin", paused)
        with pytest.raises(APIConnectionError, match="too long"):
            client.calls.create(to=TO, task=TASK, key="order-1")
        monkeypatch.undo()
        assert (there.asked, in_file.opened[0].status().total("not_placed")) == ([], 1)
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert len(there.asked) == 1


def test_a_full_disk_stops_the_sender(in_file: Place) -> None:
    """What cannot be recorded first is not sent; with free space again it is."""
    ledger = in_file.open()
    for number in range(40):  # until the write-ahead log has outgrown the limit
        accepted(ledger, f"filler-{number}")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with (
        server(lambda: None) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
        try:
            with pytest.raises(LedgerStoreError, match="disk"):
                client.calls.create(to=TO, task=TASK, key="order-1")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, handler)
        assert there.asked == []
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert len(there.asked) == 1


@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_what_is_read_only_is_told_when_it_is_opened(in_file: Place, read_only: str) -> None:
    """The error says whose rights are missing, and the records are kept."""
    if read_only == "file":
        accepted(in_file.open(), "order-1")
        in_file.opened[0].close()
    folder = os.path.dirname(in_file.where)
    for name in (*os.listdir(folder), "."):
        os.chmod(os.path.join(folder, name), 0o500 if name == "." else 0o400)
    code = f"""
from trunkline.ledger import Ledger, LedgerStoreError
try:
    Ledger.open({in_file.where!r})
except LedgerStoreError as error:
    print(error)
"""
    # Root may write read-only files, unless it has dropped that capability.
    plain = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*plain, sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "give this user the right to write" in done.stdout, done.stderr
    os.chmod(folder, 0o700)
    assert os.path.exists(in_file.where) is (read_only == "file")


HOLDING = """
import sys
from trunkline.ledger.stores.file_lock import FileLock
with FileLock(sys.argv[1]).held(60):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_process_that_is_stopped_in_a_transaction(
    in_file: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others do not wait for it forever: nothing is sent, and its end frees the ledger."""
    ledger = in_file.open()
    monkeypatch.setattr("trunkline.ledger.stores.sqlite._BUSY_MS", 200)
    command = [sys.executable, "-c", HOLDING, f"{in_file.where}.lock"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, stdin=pipe, stdout=pipe) as holder,
        server(lambda: None) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.send_signal(signal.SIGSTOP)
        with pytest.raises(LedgerStoreError, match="look for a process that is stopped"):
            client.calls.create(to=TO, task=TASK, key="order-1")
        assert there.asked == []
        holder.kill()
        holder.wait()
        assert client.calls.create(to=TO, task=TASK, key="order-1").id
        assert len(there.asked) == 1


def test_a_ledger_that_is_closed_while_a_call_is_placed(in_file: Place) -> None:
    """The error has the call, and the next start records it."""
    ledger = in_file.open()
    with (
        server(ledger.close) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
        pytest.raises(LedgerWriteError, match="closed") as caught,
    ):
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert (caught.value.call_id, caught.value.spooled) == (caught.value.call.id, True)
    assert [row.call_id for row in in_file.open().records()] == [caught.value.call_id]


def test_two_ledgers_of_one_database_share_a_spool(database: str) -> None:
    """A response stays there until its own ledger takes it; the other one does not."""
    other = f"{database}_other"
    execute(database, f"CREATE SCHEMA {other.rpartition('%3D')[2]}")
    ledger = Place(database).open()
    with (
        server(lambda: execute(database, "ALTER TABLE attempt RENAME TO lost")) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
        pytest.raises(LedgerWriteError) as caught,
    ):
        client.calls.create(to=TO, task=TASK, key="order-1")
    ledger.close()
    Place(other).open().close()
    execute(database, f"DROP SCHEMA {other.rpartition('%3D')[2]} CASCADE")
    execute(database, "ALTER TABLE lost RENAME TO attempt")
    ledger = Place(database).open()
    assert [row.call_id for row in ledger.records()] == [caught.value.call_id]
    ledger.close()


def test_lines_of_the_spool_that_say_nothing(in_file: Place) -> None:
    """They are kept, and the ledger opens."""
    accepted(in_file.open(), "order-1")
    in_file.opened[0].close()
    lines = b'{"key": 1}\n[1]\n{"key": "ha\n'
    with open(f"{in_file.where}.spool", "r+b") as spool:
        spool.write(lines)
    assert len(list(in_file.open().records())) == 1
    with open(f"{in_file.where}.spool", "rb") as spool:
        assert spool.read().startswith(lines)


@pytest.mark.parametrize("step", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_clock_that_is_set_before_a_redial(in_file: Place, step: float) -> None:
    """The seconds of ``redial_after`` are measured by a clock that cannot be set."""
    ledger = in_file.open(account="mine", on_unknown=redial_after(60))
    begun(ledger).unknown("no answer").result()
    with (
        server(lambda: None) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        in_file.times.wall += step
        with pytest.raises(CallUnknownError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        in_file.times.pass_(61.0)
        assert client.calls.create(to=TO, task=TASK, key="order-1").id
    assert len(there.asked) == 1


def test_a_clock_that_is_set_back_between_two_attempts(place: Place) -> None:
    """The second stays the last one: while it is being sent nobody starts a third."""
    ledger = place.open()
    begun(ledger).rejected({}, "no").result()
    place.times.wall -= HOUR

    def asked() -> Entry:
        return ledger.entry(NS, "order-1", 1, {"task": TASK, "to": TO}, 70.0)

    again, policy = asked(), Policy(retry_rejected=True)
    again.ticket = again.claim(policy).result().ticket
    again.begin(0.0).result()
    assert asked().claim(policy).result().kind == "in_flight"
    again.accepted("call-1", "{}").result()
    assert asked().claim(policy).result().kind == "accepted"
