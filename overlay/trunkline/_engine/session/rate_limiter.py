"""A client's own rate limits within this process: smooth, fair, and never exceeded.

The generic cell rate algorithm (GCRA) gives each request a slot; slots are evenly spaced, and
whoever asks first gets the earlier one. In any window of a rate's length no more requests start
than the rate allows. The limits in the server's responses can only lower the rate.
"""

from __future__ import annotations

import hashlib
import math
import os
import threading
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from trunkline._engine.headers import RateLimit, rate_limit, retry_after
from trunkline._engine.session.error_mapping import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.models import Origin, Response
    from trunkline._engine.provider import Provider, Rate
    from trunkline._secret import Secret

    Clock = Callable[[], float]

#: One slot in this many may be used at once after a pause; the others are evenly spaced.
_BURST: Final = 20


#: No vendor counts over more than an hour, and clocks differ a little. A later reset is a mistake
#: or in another unit; applying it would stop all calls of an account.
_MAX_RESET: Final = 3660.0


#: Tests inject clocks; keep at most 32 so that their limiters do not accumulate.
_MAX_CLOCKS: Final = 32


class GCRA:
    """The slots of one rate; the caller holds the lock."""

    def __init__(self) -> None:
        self._pace = self._leeway = self._next = self._seconds = 0.0
        self._until = -math.inf

    def allow(self, requests: int, seconds: float, until: float = math.inf) -> None:
        """Allow that many requests in any window of that many seconds, until a moment."""
        burst = max(1, requests // _BURST)
        # After a burst of b, slots at this distance make n in any window.
        self._pace = seconds / (requests - burst + 1)
        self._leeway = (burst - 1) * self._pace
        self._seconds, self._until = seconds, until

    def block_until(self, until: float) -> None:
        """Allow no request before a moment."""
        self._next, self._leeway, self._until = max(self._next, until), 0.0, until

    def next_allowed_at(self, now: float) -> float:
        """Return the moment of the next slot."""
        return max(now, self._next - self._leeway) if now < self._until else now

    def consume(self, moment: float) -> None:
        """Use up the next slot: a request will start at this moment."""
        self._next = max(self._next, moment) + self._pace

    def idle(self, now: float) -> bool:
        """Return whether a new instance would give the same slots."""
        return self._next + self._seconds <= now


class AccountGCRA(GCRA):
    """The server's latest limits for one account, and slots that its calls gave back."""

    def __init__(self) -> None:
        super().__init__()
        self.spare: list[float] = []
        self._blocked_until = -math.inf

    def block_until(self, until: float) -> None:
        """Allow no request before a moment, not in a returned slot either."""
        super().block_until(until)
        self._blocked_until = max(self._blocked_until, until)
        self.spare.clear()

    def refund(self, moment: float) -> None:
        """Give a slot back, unless the server has blocked that moment since."""
        if moment >= self._blocked_until:
            heappush(self.spare, moment)

    def next_spare(self, now: float) -> float:
        """Return the first returned slot that is still ahead, or infinity."""
        while self.spare and self.spare[0] < now:
            heappop(self.spare)
        return self.spare[0] if self.spare else math.inf


# One lock for all: it is held for microseconds, and only by throttled clients.
_lock = threading.Lock()


_limits_by_key: WeakValueDictionary[tuple[object, ...], GCRA] = WeakValueDictionary()


_accounts: WeakValueDictionary[tuple[object, ...], AccountGCRA] = WeakValueDictionary()


# Kept when a client ends, as the server's counts are: many programs make a client per task.
# One set per clock: a moment that is long past on one clock is far ahead on another.
_recent: dict[Clock, set[GCRA]] = {}


def _unlock_in_child() -> None:
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock_in_child)


class RateLimiter:
    """The limits of one account: shared by all clients of this process with the same key.

    Args:
        provider: the API; its rates apply.
        origin: the server.
        keys: the key and the user's token, by which the server distinguishes accounts.
        clock: the monotonic clock.
    """

    def __init__(
        self, provider: Provider, origin: Origin, keys: tuple[Secret, ...], clock: Clock
    ) -> None:
        self._clock = clock
        server = (provider.name, origin, clock)
        tokens = "\0".join(key.reveal() for key in keys)
        account, now = hashlib.sha256(tokens.encode()).digest(), clock()
        with _lock:
            _forget_idle(clock, now)
            self._rates = [
                (rate, _limit_for(rate, *server, account if rate.per == "key" else b""))
                for rate in provider.rates
            ]
            self._account = _accounts.setdefault((*server, account), AccountGCRA())
        self._limits: list[GCRA] = [*(limit for _, limit in self._rates), self._account]

    def reserve(self, now: float, within: float) -> float:
        """Return the seconds until a request may start.

        The slot is used up only where that is less than ``within``.
        """
        with _lock:
            spare = self._account.next_spare(now)
            moment = min(spare, max(limit.next_allowed_at(now) for limit in self._limits))
            if moment - now < within:
                self._take(moment, spare=moment == spare)
        return moment - now

    def _take(self, moment: float, *, spare: bool) -> None:
        _recent.setdefault(self._clock, set()).update(self._limits)
        if spare:  # every limit has counted it already
            heappop(self._account.spare)
            return
        for limit in self._limits:
            limit.consume(moment)

    def refund(self, moment: float) -> None:
        """Give a slot back to the next caller."""
        with _lock:
            self._account.refund(moment)

    def update(self, told: RateLimit, now: float) -> None:
        """Record the server's limits from a response."""
        if told.limit:
            self._update_limit(told.limit)
        if told.remaining is None or not told.reset or told.reset > _MAX_RESET:
            return
        with _lock:
            if told.remaining:
                self._account.allow(told.remaining, told.reset, now + told.reset)
            else:
                self._account.block_until(now + told.reset)

    def _update_limit(self, limit: int) -> None:
        with _lock:
            for rate, slots in self._rates:
                slots.allow(min(limit, rate.requests), rate.seconds)


def told_limit(provider: Provider, response: Response, wall: float) -> RateLimit:
    """Return the limit that a response reports; a 429 means nothing is left during its wait.

    Args:
        provider: decodes the body of a 429, which must have been read.
        response: the response.
        wall: the wall clock in epoch seconds.
    """
    told = rate_limit(response.headers, wall)
    if response.status != 429:
        return told
    details = provider.decode_error(decoded(response)).details
    wait = retry_after(429, response.headers, details, wall)
    return RateLimit(told.limit, 0, wait)


def _limit_for(rate: Rate, *key: object) -> GCRA:
    found = _limits_by_key.get((rate, *key))
    if found is None:  # an existing one may have a lower limit by now
        found = _limits_by_key[rate, *key] = GCRA()
        found.allow(rate.requests, rate.seconds)
    return found


def _forget_idle(clock: Clock, now: float) -> None:
    known = _recent.pop(clock, set())
    _recent[clock] = {limit for limit in known if not limit.idle(now)}
    while len(_recent) > _MAX_CLOCKS:
        del _recent[next(iter(_recent))]
