"""The file: rights, damage, full disk, forks, versions, retention; each error has a remedy."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.conftest import SECRET, TASK, TO, Place

from trunkline import Pamela
from trunkline.errors import ConfigurationError, InvalidArgumentError
from trunkline.ledger import (
    KeyConflictError,
    Ledger,
    LedgerError,
    LedgerStoreError,
    LedgerVersionError,
    LedgerWriteError,
)
from trunkline.ledger.attempts import Attempt
from trunkline.ledger.machine import Policy

if TYPE_CHECKING:
    from trunkline.ledger.entry import Entry
    from trunkline.sandbox.server import Sandbox

NS = "pamela|mine|create_call"


def begun(ledger: Ledger, key: str = "order-1") -> Entry:
    """Return a call that is being sent."""
    entry = ledger.entry(NS, key, 1, {"task": TASK, "to": TO}, 70.0)
    entry.ticket = entry.claim(Policy()).result().ticket
    entry.begin(0.0).result()
    return entry


def accepted(ledger: Ledger, key: str) -> None:
    begun(ledger, key).accepted(f"call {key}", "{}").result()


def test_nobody_else_may_read_the_files(in_file: Place) -> None:
    """All files have mode 0600, whatever the umask, and contain no number, text or key."""
    old = os.umask(0)
    try:
        begun(in_file.open(), "order-4711").accepted("call-1", "{}").result()
    finally:
        os.umask(old)
    files = list(Path(in_file.where).parent.iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    content = b"".join(file.read_bytes() for file in files)
    assert TO.encode() not in content
    assert b"order-4711" not in content


def test_keys_are_stored_in_clear_text_by_choice(in_file: Place) -> None:
    """``keep_keys=True`` shows them in the records."""
    ledger = in_file.open(keep_keys=True)
    accepted(ledger, "order-4711")
    assert [row.label for row in ledger.records()] == ["order-4711"]


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (a)")


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda path: path.write_bytes(b"no database" * 99), "not an SQLite file"),
        (lambda path: path.mkdir(), "cannot be"),
        (foreign_database, "another program"),
    ],
    ids=["not a database", "a folder", "a foreign database"],
)
def test_what_is_no_ledger_is_refused(in_file: Place, prepare: Any, words: str) -> None:
    """The file is not changed."""
    prepare(Path(in_file.where))
    with pytest.raises(LedgerStoreError, match=words):
        in_file.open()


def test_a_damaged_ledger_is_not_recreated(in_file: Place) -> None:
    """The error says to restore a backup."""
    accepted(in_file.open(), "order-1")
    in_file.opened[0].close()
    path = Path(in_file.where)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(LedgerStoreError, match="restore a backup"):
        in_file.open().attempts("order-1")


def test_a_newer_ledger_is_refused_and_left_as_it_is(in_file: Place) -> None:
    """A process with an older package must not write to it."""
    in_file.open().close()
    with sqlite3.connect(in_file.where) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = Path(in_file.where).read_bytes()
    with pytest.raises(LedgerVersionError, match="upgrade"):
        in_file.open()
    assert Path(in_file.where).read_bytes() == before


def test_another_digest_key_is_refused(in_file: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """With it every key would look new: a changed, lost or too short one is an error."""
    in_file.open().close()
    monkeypatch.setenv("TRUNKLINE_LEDGER_KEY", SECRET)
    with pytest.raises(LedgerStoreError, match="another digest key"):
        in_file.open()
    monkeypatch.setenv("TRUNKLINE_LEDGER_KEY", "short")
    with pytest.raises(ConfigurationError, match="at least 16"):
        in_file.open()
    monkeypatch.delenv("TRUNKLINE_LEDGER_KEY")
    os.unlink(f"{in_file.where}.key")
    with pytest.raises(LedgerStoreError, match="every key would look new"):
        in_file.open()


def test_a_deleted_ledger_stops_the_sender(sandbox: Sandbox, in_file: Place) -> None:
    """Nothing is sent while the file, or its folder, is gone."""
    ledger = in_file.open()
    with Pamela("pk_test_sandbox", base_url=sandbox.pamela_url, ledger=ledger) as client:
        client.calls.create(to=TO, task=TASK, key="order-1")
        shutil.rmtree(Path(in_file.where).parent)
        with pytest.raises(LedgerStoreError, match="deleted or replaced"):
            client.calls.create(to=TO, task=TASK, key="order-2")
    assert sandbox.control.seen("pamela", "create_call") == 1


def test_an_answer_survives_a_full_disk(
    sandbox: Sandbox, in_file: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error has the call; the spool, whose disk space is reserved, restores the record."""
    ledger = in_file.open()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    accept = type(ledger.entry(NS, "x", 1, {}, 1.0)).accepted

    def on_full_disk(entry: Entry, call_id: str | None, response: str) -> Any:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
        return accept(entry, call_id, response)

    monkeypatch.setattr("trunkline.ledger.entry.Entry.accepted", on_full_disk)
    with Pamela("pk_test_sandbox", base_url=sandbox.pamela_url, ledger=ledger) as client:
        for number in range(40):  # until the write-ahead log has outgrown the limit
            accept_first(ledger, f"filler-{number}", accept)
        try:
            with pytest.raises(LedgerWriteError) as caught:
                client.calls.create(to=TO, task=TASK, key="order-1")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (caught.value.spooled, caught.value.call.id) == (True, caught.value.call_id)
        monkeypatch.undo()
        again = client.calls.create(to=TO, task=TASK, key="order-1")
    assert again.id == caught.value.call_id
    assert sandbox.control.accepted("pamela", "create_call") == 1


def accept_first(ledger: Ledger, key: str, accept: Any) -> None:
    accept(begun(ledger, key), f"call {key}", "{}").result()


def test_a_read_only_folder_is_an_error_with_a_remedy(in_file: Place) -> None:
    """A path that cannot be created is reported when the ledger is opened."""
    with pytest.raises(LedgerStoreError, match="no folder"):
        Ledger.open(f"{in_file.where}/missing/calls.db")
    with pytest.raises(LedgerStoreError, match="right"):
        Ledger.open("/proc/calls.db")


def test_a_child_does_not_write_on_its_parent_s_connection(place: Place) -> None:
    """After a fork both continue, each on its own connection."""
    code = f"""
import os, sys
from tests.ledger.test_store_files import accepted
from trunkline.ledger import Ledger
ledger = Ledger.open({place.where!r})
accepted(ledger, "parent-1")
pid = os.fork()
accepted(ledger, f"{{'parent' if pid else 'child'}}-2")
if pid:
    assert os.waitpid(pid, 0)[1] == 0
else:
    ledger.close()
    os._exit(0)
print(sorted(row.call_id for row in ledger.records()))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['call child-2', 'call parent-1', 'call parent-2']"


def test_purge_leaves_tombstones_and_everything_undecided(place: Place) -> None:
    """A purged key is refused, unless it was forgotten on purpose."""
    ledger = place.open()
    for key in ("old", "forgotten"):
        accepted(ledger, key)
    begun(ledger, "open")
    place.times.pass_(1000.0)
    accepted(ledger, "new")
    assert ledger.purge(500.0) == 2
    with pytest.raises(KeyConflictError, match="purged"):
        begun(ledger, "old")
    status = ledger.status()
    assert (status.total("accepted"), status.total("sending"), status.tombstones) == (1, 1, 2)
    place.times.pass_(1000.0)
    assert ledger.purge(500.0, forget=True) == 1
    accepted(ledger, "new")


def test_status_shows_what_is_open(place: Place) -> None:
    """Counts by provider and state, and the age of the oldest open attempt."""
    ledger = place.open()
    begun(ledger, "a").unknown("no answer").result()
    place.times.pass_(30.0)
    accepted(ledger, "b")
    status = ledger.status()
    assert status.attempts == {"pamela": {"unknown": 1, "accepted": 1}}
    assert status.oldest == {"unknown": pytest.approx(30.0)}


def test_resolving_needs_a_name_and_something_unknown(in_file: Place) -> None:
    """A decided attempt cannot be overwritten manually."""
    ledger = in_file.open()
    accepted(ledger, "order-1")
    with pytest.raises(LedgerError, match="is accepted"):
        ledger.resolve("order-1", placed=False, by="ops")
    for wrong in ({"by": "ops"}, {"by": " ", "placed": False}, {"by": "ops", "placed": True}):
        with pytest.raises(InvalidArgumentError):
            ledger.resolve("order-1", **wrong)  # type: ignore[arg-type]


def test_settings_are_checked_when_the_ledger_is_opened(in_file: Place) -> None:
    """A misspelt word must not surface only at the first lost call."""
    for wrong in ({"on_unknown": "redial"}, {"on_absent": "x"}, {"quiet": 0}, {"tries": 3}):
        with pytest.raises(ConfigurationError):
            in_file.open(**wrong)
    with pytest.raises(ConfigurationError, match="use Ledger"):
        Pamela("pk_test_x", ledger=in_file.where)  # type: ignore[arg-type]


def test_an_answer_for_which_the_spool_has_no_room(in_file: Place) -> None:
    """A partial write does not count as spooled, nor does it damage the next line."""
    ledger = in_file.open()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 + 10, limits[1]))
    row = Attempt("key", NS, 1)
    try:
        done = [ledger.write_later(row, str(number), "x" * 1000) for number in range(80)]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert not all(done)
    done.append(ledger.write_later(row, "80", "x"))
    kept = [number for number, is_kept in enumerate(done) if is_kept]
    lines = Path(f"{in_file.where}.spool").read_bytes().split(b"\n")
    assert [int(json.loads(line)["call_id"]) for line in lines if line.endswith(b"}")] == kept
