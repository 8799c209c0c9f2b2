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
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.headers import RateLimit
    from trunkline._engine.provider import Rate
    from trunkline._engine.session.context import ClientContext

    Clock = Callable[[], float]

#: One place in so many may be used at once, after a pause; the others are evenly apart.
_BURST: Final = 20


#: No vendor counts over more than an hour, and clocks differ a little. A later reset is a mistake
#: or in another unit; believing it would stop all calls of an account.
_LATEST_RESET: Final = 3660.0


#: Only tests bring clocks of their own, each another; nobody asks one again to forget by it.
_MOST_CLOCKS: Final = 32


class GCRA:
    """The places of one rate; the caller holds the lock."""

    def __init__(self) -> None:
        self._pace = self._leeway = self._next = self._seconds = 0.0
        self._until = -math.inf

    def allow(self, requests: int, seconds: float, until: float = math.inf) -> None:
        """Give places for so many requests in any window of so many seconds, until a moment."""
        burst = max(1, requests // _BURST)
        # After a burst of b, places at this distance make n in any window.
        self._pace = seconds / (requests - burst + 1)
        self._leeway = (burst - 1) * self._pace
        self._seconds, self._until = seconds, until

    def shut(self, until: float) -> None:
        """Give no place before a moment."""
        self._next, self._leeway, self._until = max(self._next, until), 0.0, until

    def earliest(self, now: float) -> float:
        """Return the moment of the next place."""
        return max(now, self._next - self._leeway) if now < self._until else now

    def take(self, moment: float) -> None:
        """Give the next place away: a request will begin at this moment."""
        self._next = max(self._next, moment) + self._pace

    def idle(self, now: float) -> bool:
        """Return whether a new gate would give the same places."""
        return self._next + self._seconds <= now


class AccountGCRA(GCRA):
    """What the server said last to one account, and places that its calls gave back."""

    def __init__(self) -> None:
        super().__init__()
        self.spare: list[float] = []
        self._shut = -math.inf

    def shut(self, until: float) -> None:
        """Give no place before a moment, none that was given back either."""
        super().shut(until)
        self._shut = max(self._shut, until)
        self.spare.clear()

    def release(self, moment: float) -> None:
        """Leave a place to the next one who asks, unless the server has ruled it out since."""
        if moment >= self._shut:
            heappush(self.spare, moment)

    def next_spare(self, now: float) -> float:
        """Return the moment of the first place that was given back in time, or infinity."""
        while self.spare and self.spare[0] < now:
            heappop(self.spare)
        return self.spare[0] if self.spare else math.inf


# One lock for all: it is held for microseconds, and only where somebody throttles.
_lock = threading.Lock()


_gates: WeakValueDictionary[tuple[object, ...], GCRA] = WeakValueDictionary()


_accounts: WeakValueDictionary[tuple[object, ...], AccountGCRA] = WeakValueDictionary()


# A server does not forget with the client: many programs make one for each piece of work.
# Each clock has its own: what is long past on one is far ahead on another.
_recent: dict[Clock, set[GCRA]] = {}


def _unlock_in_child() -> None:
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock_in_child)


class RateLimiter:
    """The limits of one account: shared by all clients of this process with the same key.

    Args:
        context: a client of the account.
    """

    def __init__(self, context: ClientContext) -> None:
        self._clock = context.runtime.monotonic
        place = (context.provider.name, context.origin, self._clock)
        tokens = f"{context.key.reveal()}\0{context.user_token.reveal()}"
        account, now = hashlib.sha256(tokens.encode()).digest(), self._clock()
        with _lock:
            _forget_idle(self._clock, now)
            self._rates = [
                (rate, _gate(rate, *place, account if rate.per == "key" else b""))
                for rate in context.provider.rates
            ]
            self._account = _accounts.setdefault((*place, account), AccountGCRA())
        self._gates: list[GCRA] = [*(gate for _, gate in self._rates), self._account]

    def reserve(self, now: float, within: float) -> float:
        """Return the seconds until a request may begin.

        The place is taken only where that is less than ``within``.
        """
        with _lock:
            spare = self._account.next_spare(now)
            moment = min(spare, max(gate.earliest(now) for gate in self._gates))
            if moment - now < within:
                self._take(moment, spare=moment == spare)
        return moment - now

    def _take(self, moment: float, *, spare: bool) -> None:
        _recent.setdefault(self._clock, set()).update(self._gates)
        if spare:  # all gates have counted it already
            heappop(self._account.spare)
            return
        for gate in self._gates:
            gate.take(moment)

    def release(self, moment: float) -> None:
        """Leave the place at a moment to the next one who asks."""
        with _lock:
            self._account.release(moment)

    def heed(self, told: RateLimit, now: float) -> None:
        """Take note of what a response says of the server's limits."""
        if told.limit:
            self._heed_limit(told.limit)
        if told.remaining is None or not told.reset or told.reset > _LATEST_RESET:
            return
        with _lock:
            if told.remaining:
                self._account.allow(told.remaining, told.reset, now + told.reset)
            else:
                self._account.shut(now + told.reset)

    def _heed_limit(self, limit: int) -> None:
        with _lock:
            for rate, gate in self._rates:
                gate.allow(min(limit, rate.requests), rate.seconds)


def _gate(rate: Rate, *place: object) -> GCRA:
    found = _gates.get((rate, *place))
    if found is None:  # one that is there may have heard of a lower limit
        found = _gates[rate, *place] = GCRA()
        found.allow(rate.requests, rate.seconds)
    return found


def _forget_idle(clock: Clock, now: float) -> None:
    gates = _recent.pop(clock, set())
    _recent[clock] = {gate for gate in gates if not gate.idle(now)}
    while len(_recent) > _MOST_CLOCKS:
        del _recent[next(iter(_recent))]
