"""Claims in the memory of one process, for a single worker and for tests."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from trunkline.webhooks._fork import restart_in_children
from trunkline.webhooks.errors import ReplayStoreError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MemoryReplayStore"]


class MemoryReplayStore:
    """A bounded table of claims. It forgets everything when the process ends.

    Args:
        capacity: how many deliveries are remembered at once. When all of them are still live, new
            ones are refused with ReplayStoreError: forgetting one would let its replay in.
        clock: returns seconds that only grow.
    """

    blocking = False
    """Never waits, so an event loop may call it directly."""

    def __init__(
        self, *, capacity: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._capacity = capacity
        self._clock = clock
        self._claims: dict[str, tuple[float, bool]] = {}
        self.restart()
        restart_in_children(self)

    def restart(self) -> None:
        """Make a lock that nobody holds, with the same claims; called in the child after a fork."""
        self._lock = threading.Lock()

    def claim(self, key: str, ttl: float) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed.

        Raises:
            ReplayStoreError: when the table is full of live claims.
        """
        with self._lock:
            now = self._clock()
            expires, _ = self._claims.get(key, (now, False))
            if expires > now:
                return False
            self._make_room(now)
            self._claims[key] = (now + ttl, False)
            return True

    def confirm(self, key: str, ttl: float) -> None:
        """Remember the key as handled for ``ttl`` seconds."""
        with self._lock:
            self._claims[key] = (self._clock() + ttl, True)

    def settled(self, key: str) -> bool:
        """Whether the key is confirmed, as opposed to claimed or free."""
        with self._lock:
            now = self._clock()
            expires, confirmed = self._claims.get(key, (now, False))
            return confirmed and expires > now

    def release(self, key: str) -> None:
        """Give the key back, so that the next claim succeeds; a confirmed key stays."""
        with self._lock:
            _, confirmed = self._claims.get(key, (0.0, False))
            if not confirmed:
                self._claims.pop(key, None)

    def _make_room(self, now: float) -> None:
        if len(self._claims) < self._capacity:
            return
        self._claims = {key: claim for key, claim in self._claims.items() if claim[0] > now}
        if len(self._claims) >= self._capacity:
            raise ReplayStoreError(
                f"the replay store is full ({self._capacity} live deliveries): raise its capacity, "
                "or remember deliveries for a shorter time"
            )
