"""A client's own limits on its requests, kept in this process: smooth, fair, and never above.

Places are given by the generic cell rate algorithm: each has its moment, moments are evenly apart,
and whoever asks first has the earlier one. In any window of a rate's length no more requests begin
than the rate allows. What the server says of its limits can only slow this down.
"""

from __future__ import annotations

import hashlib
import math
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from trunkline._engine._core import Core
    from trunkline._engine._headers import RateLimit

#: One place in so many may be used at once, after a pause; the others are evenly apart.
_BURST: Final = 20


@dataclass(frozen=True, slots=True)
class Rate:
    """A limit that a vendor names.

    Attributes:
        requests: how many in the window.
        seconds: the window's length.
        per: what the server counts by: the key, or the caller's network address.
        evidence: where the limit is named.
    """

    requests: int
    seconds: float
    per: Literal["key", "address"] = "key"
    evidence: str = ""


class Gate:
    """The places of one rate; the caller holds the lock."""

    def __init__(self) -> None:
        self._pace = self._leeway = self._next = 0.0
        self._until = -math.inf

    def allow(self, requests: int, seconds: float, until: float = math.inf) -> None:
        """Give places for so many requests in any window of so many seconds, until a moment."""
        burst = max(1, requests // _BURST)
        # After a burst of b, places at this distance make n in any window.
        self._pace = seconds / (requests - burst + 1)
        self._leeway = (burst - 1) * self._pace
        self._until = until

    def shut(self, until: float) -> None:
        """Give no place before a moment."""
        self._next, self._leeway, self._until = max(self._next, until), 0.0, until

    def earliest(self, now: float) -> float:
        """Return the moment of the next place."""
        return max(now, self._next - self._leeway) if now < self._until else now

    def take(self, moment: float) -> None:
        """Give the next place away: a request will begin at this moment."""
        self._next = max(self._next, moment) + self._pace


# One lock for all: it is held for microseconds, and only where somebody throttles.
_lock = threading.Lock()
_shared: WeakValueDictionary[tuple[object, ...], Gate] = WeakValueDictionary()


def _unlock_in_child() -> None:
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock_in_child)


class Throttle:
    """The limits of one account: shared by all clients of this process with the same key.

    Args:
        core: a client of the account.
    """

    def __init__(self, core: Core) -> None:
        place = (core.provider.name, core.origin)
        tokens = f"{core.key.reveal()}\0{core.user_token.reveal()}"
        account = hashlib.sha256(tokens.encode()).digest()
        with _lock:
            self._rates = [
                (rate, _gate(*place, rate, account if rate.per == "key" else b""))
                for rate in core.provider.rates
            ]
            self._told = _gate(*place, account)
        self._heed_limit(math.inf)

    def reserve(self, now: float, within: float) -> float:
        """Return the seconds until a request may begin.

        The place is taken only where that is less than ``within``.
        """
        with _lock:
            gates = [*(gate for _, gate in self._rates), self._told]
            moment = max(gate.earliest(now) for gate in gates)
            if moment - now < within:
                for gate in gates:
                    gate.take(moment)
        return moment - now

    def heed(self, told: RateLimit, now: float) -> None:
        """Take note of what a response says of the server's limits."""
        if told.limit:
            self._heed_limit(told.limit)
        if told.remaining is None or not told.reset:
            return
        with _lock:
            if told.remaining:
                self._told.allow(told.remaining, told.reset, now + told.reset)
            else:
                self._told.shut(now + told.reset)

    def _heed_limit(self, limit: float) -> None:
        with _lock:
            for rate, gate in self._rates:
                gate.allow(int(min(limit, rate.requests)), rate.seconds)


def _gate(*key: object) -> Gate:
    found = _shared.get(key)
    if found is None:
        found = _shared[key] = Gate()
    return found
