"""Shared by all observers of one process: its journal, and the threads that deliver it."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from trunkline.observe._sending.delivery import Deliverer
from trunkline.observe._sending.drain import drain_folder
from trunkline.observe._storage.writer import JournalWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.observe._sending.destinations import Destination
    from trunkline.observe._storage.journal import Delivery, Journal

__all__ = ["Hub", "hub_for", "hubs_of_this_process"]

_RECOVERY_SECONDS: Final = 300.0


class Hub:
    """One journal, its writer and its senders."""

    def __init__(self, folder: str | None, window: float, *, full: bool) -> None:
        self.folder = folder
        self.writer = JournalWriter(folder, window=window, full=full)
        self.deliverer = Deliverer(self.writer.journals)
        self._recovering: set[str] = set()

    def after(self, task: Callable[[Journal], Any], session_id: str) -> Future[list[Delivery]]:
        """Run a task on the journal, then deliver; the result is the session's settled records."""
        result: Future[list[Delivery]] = Future()

        def done(future: Future[Any]) -> None:
            error = future.exception()
            if error is not None:
                result.set_exception(error)
            else:
                self.deliverer.watch(session_id, result)

        self.writer.call(task).add_done_callback(done)
        return result

    def stop(self, seconds: float) -> None:
        """Stop the threads and close the journal."""
        for key in [key for key, hub in _HUBS.items() if hub is self]:
            del _HUBS[key]
        self.deliverer.stop(seconds)
        self.writer.stop(seconds)

    def enqueue_soon(self, deliveries: list[Delivery]) -> None:
        """Deliver records in the background."""

        def task(journal: Journal) -> None:
            # The order of a session's records is kept within one journal only.
            if journal.path is not None or self.folder is None:
                journal.enqueue(deliveries)

        self.writer.call(task).add_done_callback(lambda _: self.deliverer.wake())

    def recover_soon(self, destinations: list[Destination], agent_id: str) -> None:
        """Deliver an agent's records that dead processes left; once per agent and process."""
        if agent_id in self._recovering or self.folder is None:
            return
        self._recovering.add(agent_id)
        folder = self.folder
        name = "trunkline-observe-recover"
        task = partial(
            drain_folder, folder, destinations, agent=agent_id, seconds=_RECOVERY_SECONDS
        )
        threading.Thread(target=task, name=name, daemon=True).start()


_HUBS: Final[dict[tuple[Any, ...], Hub]] = {}


def hub_for(folder: str | None, window: float, *, full: bool) -> Hub:
    """Return the hub of this process; a forked child gets its own."""
    key = (os.getpid(), folder, window, full)
    hub = _HUBS.get(key)
    if hub is None:
        hub = _HUBS.setdefault(key, Hub(folder, window, full=full))
    return hub


def hubs_of_this_process() -> list[Hub]:
    """Return the hubs that were made in this process."""
    pid = os.getpid()
    return [hub for key, hub in _HUBS.items() if key[0] == pid]
