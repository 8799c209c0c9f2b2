"""Deliver the records in journals, mainly those of processes that have died."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trunkline.observe._recording.bounds import MAX_RECORD_BYTES, bounded_text
from trunkline.observe._recording.payload import ended_record
from trunkline.observe._recording.recorder import replayed
from trunkline.observe._sending.delivery import sent_one
from trunkline.observe._sending.records import deliveries_of, read_head
from trunkline.observe._storage.folder import SUFFIX, journal_files, own_journals
from trunkline.observe._storage.journal import Delivery, Journal, JournalError
from trunkline.observe._storage.outbox import MAX_AGE, counts
from trunkline.observe._storage.owner import OwnerLock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trunkline.observe._sending.destinations import Destination

__all__ = ["ARCHIVE", "INTERRUPTED", "DrainReport", "drain_folder"]

#: The reason of a call whose process died.
INTERRUPTED: Final = "interrupted"
#: Holds the records of finished journals, so that files of dead processes do not accumulate.
ARCHIVE: Final = f"archive{SUFFIX}"


@dataclass(slots=True)
class DrainReport:
    """What a drain found and did.

    Attributes:
        journals: files that were examined.
        recovered: ids of sessions whose process had died before it exported them.
        attempted: records that it tried to send.
        pending: records that wait for their next attempt, or for another destination.
        unusable: files that could not be used, and why.
    """

    journals: int
    recovered: list[str]
    attempted: int
    pending: int
    unusable: dict[str, str]


def drain_folder(
    folder: str | None,
    destinations: Sequence[Destination],
    *,
    agent: str = "*",
    seconds: float = 60.0,
    now: Callable[[], float] = time.time,
) -> DrainReport:
    """Recover sessions of processes that have died, and send what is due.

    Args:
        folder: the folder of the journals.
        destinations: where records may be sent.
        agent: the agent whose records to send; ``*`` for all.
        seconds: after this many, no further record is started.
        now: seconds since the epoch.
    """
    report = DrainReport(0, [], 0, 0, {})
    until = time.monotonic() + seconds
    for path in journal_files(folder) if folder is not None else ():
        # Checked for each path: this process may have started a journal since, and its lock does
        # not exclude the process itself.
        if path in own_journals() or time.monotonic() >= until:
            continue
        report.journals += 1
        lock = OwnerLock(f"{path}.lock")
        try:
            abandoned = lock.acquire()
            _drain(path, lock, destinations, agent, until, now, report, abandoned=abandoned)
        except (JournalError, OSError) as error:
            if not _is_done_with(path):
                report.unusable[path] = str(error)
                _set_aside(path, error)
        finally:
            lock.release()
    return report


def _drain(
    path: str,
    lock: OwnerLock,
    destinations: Sequence[Destination],
    agent: str,
    until: float,
    now: Callable[[], float],
    report: DrainReport,
    *,
    abandoned: bool,
) -> None:
    journal = Journal(path, create=False)
    try:
        if abandoned:
            for session_id in _recovered(journal, lock.delivered(), now()):
                report.recovered.append(session_id)  # kept if a later one fails
        owner = secrets.token_hex(8)
        for destination in destinations:
            while time.monotonic() < until and sent_one(journal, destination, agent, owner, now):
                report.attempted += 1
        left = counts(journal)
        open_records = left.get("pending", 0) + left.get("sending", 0)
        report.pending += open_records
        if abandoned and not open_records and not journal.open_sessions():
            _retire(journal, path, now())
    finally:
        journal.close()


def _recovered(journal: Journal, delivered: set[str], now: float) -> Iterator[str]:
    for session_id, text in journal.open_sessions():
        if session_id in delivered:
            _withdraw(journal, session_id, now)
            continue
        head, destinations, policy = read_head(text)
        record = replayed(head, journal.entries(session_id), INTERRUPTED)
        sent = ended_record(record, extra={"recovered": True})
        texts = {"ended": bounded_text(sent, MAX_RECORD_BYTES)}
        made = deliveries_of(head, texts, destinations, policy, now)
        with journal.transaction() as db:
            state = db.execute("SELECT state FROM sessions WHERE id=?", (session_id,)).fetchone()
            if is_open := state == ("open",):
                Journal.insert(db, made, session_id)
        if is_open:
            yield session_id


def _withdraw(journal: Journal, session_id: str, now: float) -> None:
    with journal.transaction() as db:
        Journal.insert(db, (), session_id)
        db.execute(
            "UPDATE outbox SET state='dead', reason='delivered without the journal', updated=?"
            " WHERE session=? AND state='pending'",
            (now, session_id),
        )


def _retire(journal: Journal, path: str, now: float) -> None:
    """Move the records of a finished journal to the archive, and delete the journal."""
    archive_path = os.path.join(os.path.dirname(path), ARCHIVE)
    if path != archive_path:
        query = f"SELECT {', '.join(Delivery.__slots__)} FROM outbox"  # noqa: S608 - constants
        rows = [Delivery(*row) for row in journal.read(query)]
        archive = Journal(archive_path)
        try:
            archive.enqueue(rows)
        finally:
            archive.close()
        for name in (path, f"{path}-wal", f"{path}-shm", f"{path}.lock"):
            _unlink(name)
        return
    with journal.transaction() as db:
        db.execute("DELETE FROM outbox WHERE updated<?", (now - MAX_AGE,))


def _is_done_with(path: str) -> bool:
    """Return whether another drain has deleted a journal; then removes its lock file."""
    try:
        os.stat(path)
    except FileNotFoundError:
        _unlink(f"{path}.lock")
        return True
    except OSError:
        return False
    return False


def _unlink(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)


def _set_aside(path: str, error: Exception) -> None:
    if isinstance(error, JournalError) and error.state == "corrupt":
        with suppress(OSError):
            os.replace(path, f"{path}.corrupt")
