"""Renews the leases of claims while their handlers run.

A lease is the time after which another worker can claim the delivery of a process that died; it
does not limit a handler. Claims in blocking stores are renewed by one thread of the process, those
in asynchronous stores by the event loop of their handler. A late renewal is harmless, because
stores compare the owner.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import iscoroutinefunction
from math import inf
from typing import TYPE_CHECKING, Any

from trunkline.webhooks._fork import restart_in_children
from trunkline.webhooks._logs import logger as _log

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Generator

__all__ = ["new_owner", "renewed"]


def new_owner() -> str:
    """Return a new random ``owner`` for a claim."""
    return os.urandom(16).hex()


@dataclass(slots=True, eq=False)
class _Lease:
    store: Any
    key: str
    owner: str
    seconds: float
    due: float = 0.0

    def postpone(self) -> None:
        self.due = time.monotonic() + self.seconds / 3

    def note(self, *, kept: bool) -> bool:
        if not kept:
            _log.warning("a claim was lost while its handler runs; it may run twice")
        return kept


@contextmanager
def renewed(store: Any, key: str, owner: str, lease: float) -> Generator[None]:
    """Renew a claim as long as the block lasts; for an asynchronous store in its event loop."""
    claim = _Lease(store, key, owner, lease)
    renewing = _LoopRenewal(claim) if iscoroutinefunction(store.renew) else _thread
    renewing.add(claim)
    try:
        yield
    finally:
        renewing.discard(claim)


class _ThreadRenewal:
    """Renews claims in blocking stores from one thread, which ends when no claim is left."""

    def __init__(self) -> None:
        self.restart()
        restart_in_children(self)

    def restart(self) -> None:
        self._changed = threading.Condition()
        self._leases = set[_Lease]()
        self._wakes_at = inf
        self._is_running = False

    def add(self, lease: _Lease) -> None:
        lease.postpone()
        with self._changed:
            self._leases.add(lease)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="trunkline-leases", daemon=True).start()
            elif lease.due < self._wakes_at:
                self._changed.notify()

    def discard(self, lease: _Lease) -> None:
        with self._changed:
            self._leases.discard(lease)

    def _run(self) -> None:
        while (due := self._wait()) is not None:
            for lease in due:
                lease.postpone()
                if not self._renew(lease):
                    self.discard(lease)

    def _wait(self) -> list[_Lease] | None:
        with self._changed:
            while self._leases:
                now = time.monotonic()
                if due := [lease for lease in self._leases if lease.due <= now]:
                    return due
                self._wakes_at = min(lease.due for lease in self._leases)
                self._changed.wait(min(self._wakes_at - now, threading.TIMEOUT_MAX))
            # discard() does not notify: the thread ends at its next wake-up.
            self._is_running, self._wakes_at = False, inf
            return None

    def _renew(self, lease: _Lease) -> bool:
        try:
            return lease.note(kept=lease.store.renew(lease.key, lease.seconds, lease.owner))
        except Exception:  # noqa: BLE001 - whatever a store raises, the next renewal may work
            _log.exception("the replay store is down")
            return True


class _LoopRenewal:
    """Renews one claim in an asynchronous store, in the running event loop."""

    def __init__(self, lease: _Lease) -> None:
        import asyncio

        self._lease = lease
        self._loop = asyncio.get_running_loop()
        self._task: Task[None] | None = None
        self._is_over = False

    def add(self, lease: _Lease) -> None:
        self._timer = self._loop.call_later(lease.seconds / 3, self._start)

    def discard(self, _: _Lease) -> None:
        # A running renewal is not cancelled: that could leave half a reply on a connection.
        self._is_over = True
        self._timer.cancel()

    def _start(self) -> None:
        self._task = self._loop.create_task(self._renew())

    async def _renew(self) -> None:
        lease, kept = self._lease, True
        try:
            kept = lease.note(kept=await lease.store.renew(lease.key, lease.seconds, lease.owner))
        except Exception:  # noqa: BLE001 - whatever a store raises, the next renewal may work
            _log.exception("the replay store is down")
        if kept and not self._is_over:
            self.add(lease)


_thread = _ThreadRenewal()
