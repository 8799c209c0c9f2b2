"""Holding requests back, so that the server need not refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from trunkline._engine._headers import RateLimit, rate_limit
from trunkline._engine._shim import async_expect
from trunkline._engine._throttle import Throttle
from trunkline._engine._wire import Broken, header_map
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from trunkline._engine._async._sender import AsyncBody, AsyncSender
    from trunkline._engine._core import Core
    from trunkline._engine._wire import Answer, RawHeaders, Trip


@runtime_checkable
class AsyncLimiter(Protocol):
    """Says when a request may begin; a shared store makes the limit that of several processes."""

    async def reserve(self, within: float) -> float:
        """Take a place, and return the seconds until it may be used.

        Args:
            within: seconds; a later place is of no use to the caller and is not taken.
        """
        ...

    async def heed(self, limit: RateLimit) -> None:
        """Take note of the limits that a response tells of."""
        ...


class AsyncLocalLimiter:
    """The limits of a provider's own data, within this process."""

    def __init__(self, core: Core) -> None:
        self._throttle, self._clock = Throttle(core), core.runtime.monotonic

    async def reserve(self, within: float) -> float:
        """Take a place, and return the seconds until it may be used."""
        return self._throttle.reserve(self._clock(), within)

    def give_back(self, moment: float) -> None:
        """Leave a place to the next one who asks."""
        self._throttle.give_back(moment)

    async def heed(self, limit: RateLimit) -> None:
        """Take note of the limits that a response tells of."""
        self._throttle.heed(limit, self._clock())


class AsyncThrottled:
    """A sender that asks a limiter first."""

    def __init__(self, sender: AsyncSender, limiter: AsyncLimiter, core: Core) -> None:
        self.sender = sender
        self._limiter, self._runtime, self._origin = limiter, core.runtime, core.origin

    async def send(self, trip: Trip) -> Answer:
        """Send and read the whole response."""
        await self._admit(trip)
        answer = await self.sender.send(trip)
        await self._heed(answer.raw_headers)
        return answer

    async def open(self, trip: Trip) -> AsyncBody:
        """Send and return the response unread."""
        await self._admit(trip)
        body = await self.sender.open(trip)
        try:
            await self._heed(body.raw_headers)
        except BaseException:  # nobody else knows of the body, which holds a connection's place
            await body.aclose()
            raise
        return body

    async def _admit(self, trip: Trip) -> None:
        now = self._runtime.monotonic()
        trip.check_pause(now)  # or the call would take a place now and another after the pause
        if trip.origin != self._origin:  # a file on another host, say: another one's limits
            return
        left = trip.expires_at - now
        wait = await self._limiter.reserve(left)
        if wait >= left:
            reason = f"the client's own throttle allows no request for {wait:.3g} s"
            raise Broken(reason, sent=False, timed_out=True, retry_after=wait)
        if wait > 0:
            await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        moment = self._runtime.monotonic() + seconds
        try:
            await self._runtime.async_sleep(seconds)
        except BaseException:  # cancelled: callers who give up must not keep others waiting
            if isinstance(self._limiter, AsyncLocalLimiter):
                self._limiter.give_back(moment)
            raise

    async def _heed(self, headers: RawHeaders) -> None:
        if any(name.lower().startswith(b"x-ratelimit-") for name, _ in headers):
            await self._limiter.heed(rate_limit(header_map(headers), self._runtime.wall()))

    async def aclose(self) -> None:
        """Close all connections."""
        await self.sender.aclose()


def async_throttled(
    sender: AsyncSender,
    throttle: AsyncLimiter | bool,  # noqa: FBT001 - the client's argument as it was given
    core: Core,
) -> AsyncSender:
    """Return a sender with the limits that were asked for.

    Args:
        sender: sends.
        throttle: True for the provider's published limits, or a limiter of the caller's.
        core: the client.

    Raises:
        ConfigurationError: it is something else.
    """
    limiter = AsyncLocalLimiter(core) if throttle is True else throttle
    if not isinstance(limiter, AsyncLimiter):
        raise ConfigurationError("throttle= must be True, False, or have reserve() and heed()")
    async_expect(limiter.reserve, "throttle")
    return AsyncThrottled(sender, limiter, core)
