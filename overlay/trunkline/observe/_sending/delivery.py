"""The threads that deliver what this process has recorded."""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from trunkline.observe._storage.journal import JournalError
from trunkline.observe._storage.outbox import Outcome, claim, next_due, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from trunkline.observe._sending.destinations import Destination
    from trunkline.observe._storage.journal import Delivery, Journal

__all__ = ["LEASE", "Deliverer", "sent_one"]

#: Seconds for which a sender holds a record; sending takes less.
LEASE: Final = 60.0
SEND_SECONDS: Final = 20.0
_WORKERS: Final = 4
_LONGEST_PAUSE: Final = 5.0
_OPEN: Final = frozenset({"pending", "sending"})


class Deliverer:
    """Sends records in the background.

    Args:
        journals: returns the journals that hold records of this process.
        now: seconds since the epoch.
    """

    def __init__(
        self, journals: Callable[[], list[Journal]], now: Callable[[], float] = time.time
    ) -> None:
        self._journals, self._now = journals, now
        self._changed = threading.Condition()
        self._ticket = 0
        self._threads: list[threading.Thread] = []
        self._destinations: dict[tuple[str, str, str], Destination] = {}
        self._watched: dict[str, list[Future[list[Delivery]]]] = {}
        self._stopping = False
        self.withdrawn: set[str] = set()

    def register(self, destination: Destination, agent_id: str) -> None:
        """Deliver an agent's records to a destination."""
        self._destinations[destination.name, destination.target, agent_id] = destination

    def wake(self) -> None:
        """Look for records now."""
        with self._changed:
            self._ticket += 1
            self._changed.notify_all()
            if len(self._threads) < _WORKERS:
                name = f"trunkline-observe-send-{len(self._threads)}"
                thread = threading.Thread(target=self._run, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()

    def stop(self, seconds: float) -> None:
        """Start no further record, and wait for those being sent."""
        self._stopping = True
        with self._changed:
            self._ticket += 1
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(seconds)

    def watch(self, session_id: str, result: Future[list[Delivery]]) -> None:
        """Set a result to the records of a session when all of them are settled."""
        with self._changed:
            self._watched.setdefault(session_id, []).append(result)
        self._look_at(session_id)
        self.wake()

    def _look_at(self, session_id: str) -> None:
        if session_id not in self._watched:
            return
        found = self.deliveries(session_id)
        if not any(each.state in _OPEN for each in found):
            with self._changed:
                waiting = self._watched.pop(session_id, [])
            for each in waiting:
                if not each.done():
                    each.set_result(found)

    def deliveries(self, session_id: str) -> list[Delivery]:
        """Return the records of a session."""
        found: list[Delivery] = []
        for journal in self._journals():
            with suppress(JournalError):
                found += journal.deliveries(session_id)
        return found

    def _run(self) -> None:
        owner = secrets.token_hex(8)
        while not self._stopping:
            with self._changed:
                ticket = self._ticket
            while not self._stopping and (sent := self._send_one(owner)) is not None:
                self._look_at(sent.session)
                with self._changed:
                    ticket = self._ticket
            with self._changed:
                if self._ticket == ticket and not self._stopping:
                    self._changed.wait(self._pause())

    def _send_one(self, owner: str) -> Delivery | None:
        for journal in self._journals():
            for key, destination in list(self._destinations.items()):
                with suppress(JournalError):  # the writer reports it
                    withdrawn = self.withdrawn if journal.path else frozenset[str]()
                    sent = sent_one(journal, destination, key[2], owner, self._now, withdrawn)
                    if sent is not None:
                        return sent
        return None

    def _pause(self) -> float:
        dues: list[float] = []
        for journal in self._journals():
            with suppress(JournalError):
                due = next_due(journal)
                dues += [due] if due is not None else []
        return min([_LONGEST_PAUSE, *(max(0.05, due - self._now()) for due in dues)])


def sent_one(
    journal: Journal,
    destination: Destination,
    agent: str,
    owner: str,
    now: Callable[[], float],
    withdrawn: set[str] | frozenset[str] = frozenset(),
) -> Delivery | None:
    """Send the next record for a destination, and return it as it was before; None without one.

    Args:
        journal: the journal of the record.
        destination: where it goes.
        agent: the agent whose records to send; ``*`` for all.
        owner: a unique token.
        now: seconds since the epoch.
        withdrawn: sessions that were delivered in another way; their records are not sent.

    Raises:
        JournalError: the file cannot be used.
    """
    key = (destination.name, destination.target, agent)
    delivery = claim(journal, key, owner, now(), LEASE)
    if delivery is None:
        return None
    if delivery.session in withdrawn:
        outcome = Outcome("dead", "the session was delivered without the journal")
    else:
        outcome = _sent(destination, delivery)
    _settled(journal, delivery, outcome, owner, now)
    return delivery


def _sent(destination: Destination, delivery: Delivery) -> Outcome:
    try:
        return destination.send(delivery, SEND_SECONDS)
    except Exception as error:  # noqa: BLE001 - the caller's destination
        return Outcome("unknown", f"{type(error).__name__} in {destination!r}")


def _settled(
    journal: Journal, delivery: Delivery, outcome: Outcome, owner: str, now: Callable[[], float]
) -> None:
    for _ in range(3):
        try:
            settle(journal, delivery, outcome, owner, now())
        except JournalError:
            time.sleep(1.0)  # when the lease ends, the record counts as unknown
        else:
            return
