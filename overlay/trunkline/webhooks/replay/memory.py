"""Claims in the memory of one process, for a single worker and for tests."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from trunkline.webhooks._fork import restart_in_children
from trunkline.webhooks.errors import ReplayStoreError
from trunkline.webhooks.replay.renewal import new_owner

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MemoryReplayStore"]


_CONFIRMED = ""


class _Claim(NamedTuple):
    expires: float
    owner: str


class MemoryReplayStore:
    """A bounded table of claims. It forgets everything when the process ends.

    Args:
        capacity: how many deliveries are remembered at once. When all of them are still live, new
            ones are refused with ReplayStoreError: a delivery that was forgotten could be replayed.
        clock: a monotonic clock in seconds.
    """

    blocking = False
    """Never waits, so an event loop may call it directly."""

    def __init__(
        self, *, capacity: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._capacity = capacity
        self._clock = clock
        self._claims: dict[str, _Claim] = {}
        self.restart()
        restart_in_children(self)

    def restart(self) -> None:
        """Replace the lock, which a thread of the parent may hold; called after a fork."""
        self._lock = threading.Lock()

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed.

        Raises:
            ReplayStoreError: when the table is full of live claims.
        """
        with self._lock:
            now, found = self._clock(), self._find(key)
            if found is not None:
                return owner is not None and found.owner == owner
            self._make_room(now)
            self._claims[key] = _Claim(now + ttl, owner or new_owner())
            return True

    def renew(self, key: str, ttl: float, owner: str) -> bool:
        """Extend the owner's lease to ``ttl`` seconds from now; False when the claim was lost."""
        with self._lock:
            found = self._find(key)
            if found is None or found.owner != owner:
                return False
            self._claims[key] = _Claim(self._clock() + ttl, owner)
            return True

    def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Remember the key as handled for ``ttl`` seconds, unless another owner has claimed it."""
        with self._lock:
            found = self._find(key)
            if found and owner is not None and found.owner not in {owner, _CONFIRMED}:
                return False
            self._claims[key] = _Claim(self._clock() + ttl, _CONFIRMED)
            return True

    def settled(self, key: str) -> bool:
        """Return whether the key is confirmed, as opposed to claimed or free."""
        with self._lock:
            found = self._find(key)
            return found is not None and found.owner == _CONFIRMED

    def release(self, key: str, owner: str | None = None) -> None:
        """Release the owner's claim; a confirmed key and another owner's claim stay."""
        with self._lock:
            found = self._claims.get(key)
            if found is not None and owner is not None and found.owner == owner:
                del self._claims[key]

    def _find(self, key: str) -> _Claim | None:
        found = self._claims.get(key)
        return found if found is not None and found.expires > self._clock() else None

    def _make_room(self, now: float) -> None:
        if len(self._claims) < self._capacity:
            return
        self._claims = {key: claim for key, claim in self._claims.items() if claim.expires > now}
        if len(self._claims) >= self._capacity:
            raise ReplayStoreError(
                f"the replay store is full ({self._capacity} live deliveries): raise its capacity, "
                "or remember deliveries for a shorter time"
            )
