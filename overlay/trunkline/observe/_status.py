"""The state of the records in journals."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trunkline.observe._hub import hubs_of_this_process
from trunkline.observe._storage.folder import journal_files, state_folder
from trunkline.observe._storage.journal import Journal, JournalError
from trunkline.observe._storage.outbox import counts

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Letter", "Status", "status"]

_MOST_LETTERS: Final = 100
_LETTERS: Final = (
    "SELECT session, agent, destination, kind, state, reason, updated FROM outbox"
    " WHERE state IN ('dead', 'unknown') ORDER BY updated DESC LIMIT 100"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A record that was not delivered, or possibly not.

    Attributes:
        session_id: the session.
        agent_id: the agent.
        destination: kind of the destination.
        kind: ``started``, ``ended`` or ``recording``.
        state: ``dead`` or ``unknown``.
        reason: why.
        updated: when that state began, in epoch seconds.
    """

    session_id: str
    agent_id: str
    destination: str
    kind: str
    state: str
    reason: str | None
    updated: float


@dataclass(slots=True)
class Status:
    """Counts over all journals of a folder.

    Attributes:
        folder: the folder.
        pending: records that wait or are being sent.
        sent: records that were delivered and are still remembered.
        unknown: records that may have been stored; they are not sent again automatically.
        dead: records that were refused or given up.
        open_sessions: sessions that were not exported yet, running ones included.
        letters: the latest unknown and dead records.
        troubles: why journals cannot be used, by path; those of this process included.
        dropped: entries of this process that the journal could not take, by kind.
    """

    folder: str
    pending: int = 0
    sent: int = 0
    unknown: int = 0
    dead: int = 0
    open_sessions: int = 0
    letters: list[Letter] = field(default_factory=list[Letter])
    troubles: dict[str, str] = field(default_factory=dict[str, str])
    dropped: dict[str, int] = field(default_factory=dict[str, int])


def status(folder: str | PathLike[str] | None = None) -> Status:
    """Return the state of the records in journals; reads files, so it may block.

    Args:
        folder: the folder of the journals; by default that of observers without ``journal=``.

    Raises:
        ConfigurationError: the path is empty.
    """
    folder = state_folder(folder)
    found = Status(folder)
    total: Counter[str] = Counter()
    mine = [hub for hub in hubs_of_this_process() if hub.folder in {folder, None}]
    own = {journal.path: journal for hub in mine for journal in hub.writer.journals()}
    for path in journal_files(folder):
        if path not in own:
            _look(path, found, total)
    for hub in mine:
        for journal in hub.writer.journals():
            _add(journal, found, total)
        if hub.writer.trouble is not None:
            found.troubles[hub.writer.path or folder] = hub.writer.reason
        for kind, number in hub.writer.dropped.items():
            found.dropped[kind] = found.dropped.get(kind, 0) + number
    found.pending = total["pending"] + total["sending"]
    found.sent, found.unknown, found.dead = total["sent"], total["unknown"], total["dead"]
    found.letters = sorted(found.letters, key=lambda each: -each.updated)[:_MOST_LETTERS]
    return found


def _look(path: str, found: Status, total: Counter[str]) -> None:
    try:
        journal = Journal(path, create=False)
    except JournalError as error:
        if os.path.exists(path):  # a drain may just have retired it
            found.troubles[path] = str(error)
        return
    try:
        _add(journal, found, total)
    finally:
        journal.close()


def _add(journal: Journal, found: Status, total: Counter[str]) -> None:
    try:
        total.update(counts(journal))
        found.open_sessions += len(journal.open_sessions())
        found.letters += [Letter(*row) for row in journal.read(_LETTERS)]
    except JournalError as error:
        found.troubles[journal.path or "memory"] = str(error)
