"""A vendor's budget that any number of processes share through Redis (extra ``fleet``)."""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import TYPE_CHECKING, Final

from trunkline.errors import ConfigurationError
from trunkline.limits.budget import Budget
from trunkline.limits.connection import redis_client
from trunkline.limits.local_share import LocalShare
from trunkline.limits.scripts import PAUSE, RESERVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Self

    import redis

    from trunkline._engine.headers import RateLimit

__all__ = ["SharedRateLimit"]

_log: Final = logging.getLogger("trunkline.limits")
#: Seconds after which Redis is tried again once it has failed.
_ASK_AGAIN: Final = 1.0
#: Seconds; a vendor that requests a longer pause is wrong or uses another unit.
_LONGEST_PAUSE: Final = 3660.0
#: Seconds by which a process may always be late.
_PUNCTUAL: Final = 0.05
_MICROSECONDS: Final = 1e6
_FOR_EVER: Final = 1e9


class SharedRateLimit:
    """Assigns each request a start time; pass it to a client as ``throttle=``.

    Requests of all processes start at even intervals, in the order of their reservations, by the
    clock of the Redis server. A 429 that one process receives pauses all of them, and they resume
    evenly spaced. While Redis does not reply, this process applies the budget divided by
    ``fleet_size``, and tries Redis again each second.

    Args:
        redis: the URL, such as ``rediss://:password@host:6379/0``, or your own
            ``redis.Redis``, whose timeouts and retries then apply.
        budgets: what the vendor counts; a request needs a slot in each.
        fleet_size: the most processes that share the budgets; applies while Redis is unavailable.
        headroom: the part of each budget, from 0 to 0.5, left unused because the time from the
            start of a request to its arrival at the vendor varies.
        prefix: prefix of the keys in Redis, which share a hash tag, as Redis Cluster requires.
        clock: the monotonic clock in seconds.

    Raises:
        ConfigurationError: redis-py is not installed, or an argument is not usable.
    """

    def __init__(
        self,
        redis: str | redis.Redis,
        budgets: Iterable[Budget],
        *,
        fleet_size: int,
        headroom: float = 0.03,
        prefix: str = "trunkline",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._budgets = _checked_budgets(budgets)
        _check_numbers(fleet_size, headroom)
        self._redis = redis_client(redis)
        self._reserve = self._redis.register_script(RESERVE)
        self._pause = self._redis.register_script(PAUSE)
        self._keys = _keys(prefix, [budget.name for budget in self._budgets])
        self._intervals = [budget.interval(headroom) for budget in self._budgets]
        self._shares = [budget.share_interval(headroom, fleet_size) for budget in self._budgets]
        shortest = min(budget.seconds for budget in self._budgets)
        self._tolerance = max(_PUNCTUAL, headroom * shortest / 2)
        self._clock = clock
        self._given = [clock()] * len(self._budgets)
        self._local: LocalShare | None = None
        self._ask_at, self._is_back = 0.0, False
        self._lock, self._pid = threading.Lock(), os.getpid()

    @property
    def is_shared(self) -> bool:
        """Whether the last Redis call succeeded; otherwise this process uses its own share."""
        return self._local is None

    def reserve(self, within: float) -> float:
        """Reserve a slot and return the seconds until it may be used.

        Args:
            within: seconds; a later slot is not taken.
        """
        return self._take_slot(within, confirming=False)

    def confirm(self, within: float, late: float = 0.0) -> float:
        """Return 0 if the slot may be used now, else the seconds until a new one.

        A client calls this when its wait is over. The slot is void, and a new one is reserved,
        during a pause that the vendor has requested meanwhile, or if the client is too late.

        Args:
            within: seconds; a later slot is not taken.
            late: seconds since the slot's time.
        """
        return self._take_slot(within, confirming=late <= self._tolerance)

    def heed(self, limit: RateLimit) -> None:
        """Pause all processes if a response reports that nothing is left."""
        wait = limit.reset
        if limit.remaining != 0 or not wait or wait > _LONGEST_PAUSE:
            return
        now = self._clock()
        with self._held():
            local = self._local_at(now)
            if local is not None:
                local.pause(now + wait)
                return
        leeways = [_micro(each) for each in self._leeways()]
        try:
            self._pause(keys=self._keys, args=[_micro(wait), *leeways])
        except Exception as error:  # noqa: BLE001 - also from a server that is not Redis
            with self._held():
                self._lost(error).pause(now + wait)

    def close(self) -> None:
        """Close the connections to Redis."""
        self._redis.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        names = ", ".join(repr(budget.name) for budget in self._budgets)
        return f"<{type(self).__name__} {names}>"

    def _take_slot(self, within: float, *, confirming: bool) -> float:
        now = self._clock()
        with self._held():
            local = self._local_at(now)
            arguments = self._arguments(now, min(within, _FOR_EVER), confirming=confirming)
        if local is None:
            try:
                reply: Sequence[int] = self._reserve(keys=self._keys, args=arguments)
            except Exception as error:  # noqa: BLE001 - as in heed()
                with self._held():
                    local = self._lost(error)
            else:
                return self._found(now, reply)
        with self._held():
            return (local.confirm if confirming else local.reserve)(now, within)

    def _arguments(self, now: float, within: float, *, confirming: bool) -> list[int]:
        rows = zip(self._budgets, self._intervals, self._leeways(), self._shares, strict=True)
        arguments = [_micro(within), int(self._is_back), int(confirming)]
        for (budget, interval, leeway, share), given in zip(rows, self._given, strict=True):
            # By then every process has noticed that Redis is back, and used up its own slots.
            late = min(share + _ASK_AGAIN, budget.seconds)
            known = max(0.0, given - now)
            arguments += [_micro(interval), _micro(leeway), _micro(late), _micro(known)]
        return arguments

    def _leeways(self) -> list[float]:
        rows = zip(self._budgets, self._intervals, strict=True)
        return [(budget.burst - 1) * interval for budget, interval in rows]

    def _found(self, now: float, reply: Sequence[int]) -> float:
        with self._held():
            if self._local is not None:
                _log.warning("Redis answers again: the budgets are shared")
            self._local, self._is_back = None, False
            for number, ahead in enumerate(reply[1:]):
                self._given[number] = max(self._given[number], now + ahead / _MICROSECONDS)
        return reply[0] / _MICROSECONDS

    def _local_at(self, now: float) -> LocalShare | None:
        """Return the share to use, or None to ask Redis, which one thread per second does."""
        local = self._local
        if local is None or now < self._ask_at:
            return local
        self._ask_at, self._is_back = now + _ASK_AGAIN, True
        self._given = [max(pair) for pair in zip(self._given, local.given, strict=True)]
        return None

    def _lost(self, error: Exception) -> LocalShare:
        if self._local is None:
            _log.warning(
                "Redis failed (%s): this process keeps its own share of the budgets until it "
                "answers",
                type(error).__name__,
            )
            now = self._clock()
            self._ask_at = now + _ASK_AGAIN
            self._local = LocalShare(self._shares, [max(now, given) for given in self._given])
        return self._local

    def _held(self) -> threading.Lock:
        if self._pid != os.getpid():  # another thread of the parent may have held it
            self._lock, self._pid = threading.Lock(), os.getpid()
        return self._lock


def _keys(prefix: str, names: Sequence[str]) -> list[str]:
    return [f"{{{prefix}}}:{kind}:{name}" for kind in ("place", "pause") for name in names]


def _micro(seconds: float) -> int:
    return round(seconds * _MICROSECONDS)


def _checked_budgets(given: Iterable[Budget]) -> list[Budget]:
    budgets = list(given)
    if not budgets or not all(isinstance(each, Budget) for each in budgets):
        raise ConfigurationError("budgets must be one Budget or more, as a list")
    names = [budget.name for budget in budgets]
    if len(set(names)) < len(names):
        raise ConfigurationError(f"two budgets have one name: {max(names, key=names.count)!r}")
    return budgets


def _check_numbers(fleet_size: object, headroom: object) -> None:
    if isinstance(fleet_size, bool) or not isinstance(fleet_size, int) or fleet_size < 1:
        raise ConfigurationError(f"fleet_size must be a number of processes, not {fleet_size!r}")
    if not isinstance(headroom, int | float) or not 0 <= headroom <= 0.5:
        raise ConfigurationError(f"headroom must be from 0 to 0.5, not {headroom!r}")
