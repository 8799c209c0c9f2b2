"""Polls until a state is reached, with growing pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from trunkline._engine.options import positive
from trunkline._redact import shown
from trunkline.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    NotFoundError,
    RateLimitError,
    ServerError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trunkline._engine.runtime import Runtime

T = TypeVar("T")

#: 4xx statuses that may not recur at the next poll; 429 has a class of its own.
_PASSING: Final = frozenset({408, 425})

GROWTH = 1.5
LONGEST = 10.0
#: Seconds that are reserved for the last poll.
LAST_QUESTION = 2.0
#: Seconds after the first poll for which polling goes on after "not found": what was just
#: created may not have reached every replica of the server.
NOT_FOUND_GRACE = 5.0


def _may_pass(error: APIConnectionError | APIStatusError, *, is_early: bool) -> bool:
    if isinstance(error, NotFoundError):
        return is_early
    passing = isinstance(error, APIConnectionError | RateLimitError | ServerError)
    return passing or error.status in _PASSING


class AsyncWaiter(NamedTuple, Generic[T]):
    """Polls a state until it is the wanted one.

    Attributes:
        read: polls once, within that many seconds.
        done: whether a state is the wanted one.
        what: what is waited for, for the error's text.
        timeout: seconds in all, the requests included.
        interval: seconds before the second poll; each pause is 1.5 times the last, up to 10 s,
            and varies by a tenth so that many waiters do not poll at once.
    """

    read: Callable[[float], Awaitable[T]]
    done: Callable[[T], bool]
    what: str
    timeout: float
    interval: float
    runtime: Runtime

    async def run(self) -> T:
        """Return the first state that is the wanted one.

        Polling goes on after a failure that may be temporary: a lost connection, 408, 425, 429, 5xx
        or an early 404.

        Raises:
            WaitTimeoutError: time is up; ``last`` holds the latest state, ``__cause__`` the latest
                failure.
            APIError: any other failure of a poll.
        """
        began = self.runtime.monotonic()
        ends = began + positive("timeout", self.timeout)
        pause = positive("interval", self.interval)
        last: T | None = None
        failure: APIError | None = None
        is_last = False
        while True:
            left, wanted = ends - self.runtime.monotonic(), 0.0
            if left <= 0:
                raise self._timeout(last) from failure
            try:
                last = await self.read(left)
            except (APIConnectionError, APIStatusError) as error:
                is_early = last is None and self.runtime.monotonic() - began < NOT_FOUND_GRACE
                if not _may_pass(error, is_early=is_early):
                    raise
                failure, wanted = error, error.retry_after or 0.0
            else:
                if self.done(last):
                    return last
            if is_last:
                raise self._timeout(last) from failure
            is_last = await self._pause(max(pause, wanted), ends)
            pause = min(pause * GROWTH, LONGEST)

    def _timeout(self, last: T | None) -> WaitTimeoutError:
        status = shown(str(getattr(last, "status", None) or "unknown"))[:60]
        error = WaitTimeoutError(
            f"{self.what} did not end within {self.timeout:g} s "
            f"(status: {status}); it goes on: wait again, or ask for it later"
        )
        error.last = last
        return error

    async def _pause(self, pause: float, ends: float) -> bool:
        """Sleep, and return whether only the last poll is left, for which time is reserved."""
        left = max(0.0, ends - self.runtime.monotonic())
        kept = min(LAST_QUESTION, left / 4)
        spread = pause * self.runtime.uniform(0.9, 1.1)
        await self.runtime.async_sleep(min(spread, left - kept))
        return spread >= left - kept
