"""Holding requests back, so that the server need not refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from trunkline._engine.headers import RateLimit, rate_limit
from trunkline._engine.models import header_map
from trunkline._engine.session.rate_limiter import RateLimiter
from trunkline._engine.transport.concurrency import async_require_coroutine_function
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders, Request, Response
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.transport._async.interfaces import AsyncStream, AsyncTransport


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

    def __init__(self, context: ClientContext) -> None:
        self._throttle, self._clock = RateLimiter(context), context.runtime.monotonic

    async def reserve(self, within: float) -> float:
        """Take a place, and return the seconds until it may be used."""
        return self._throttle.reserve(self._clock(), within)

    def release(self, moment: float) -> None:
        """Leave a place to the next one who asks."""
        self._throttle.release(moment)

    async def heed(self, limit: RateLimit) -> None:
        """Take note of the limits that a response tells of."""
        self._throttle.heed(limit, self._clock())


class AsyncRateLimitedTransport:
    """A transport that asks a limiter first."""

    def __init__(
        self, transport: AsyncTransport, limiter: AsyncLimiter, context: ClientContext
    ) -> None:
        self.transport = transport
        self._limiter, self._runtime, self._origin = limiter, context.runtime, context.origin

    async def send(self, request: Request) -> Response:
        """Send and read the whole response."""
        await self._admit(request)
        response = await self.transport.send(request)
        await self._record_retry_after(response.raw_headers)
        return response

    async def open(self, request: Request) -> AsyncStream:
        """Send and return the response unread."""
        await self._admit(request)
        body = await self.transport.open(request)
        try:
            await self._record_retry_after(body.raw_headers)
        except BaseException:  # nobody else knows of the body, which holds a connection's place
            await body.aclose()
            raise
        return body

    async def _admit(self, request: Request) -> None:
        now = self._runtime.monotonic()
        request.check_pause(now)  # or the call would take a place now and another after the pause
        if request.origin != self._origin:  # a file on another host, say: another one's limits
            return
        left = request.expires_at - now
        wait = await self._limiter.reserve(left)
        if wait >= left:
            reason = f"the client's own throttle allows no request for {wait:.3g} s"
            raise TransportError(reason, sent=False, timed_out=True, retry_after=wait)
        if wait > 0:
            await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        moment = self._runtime.monotonic() + seconds
        try:
            await self._runtime.async_sleep(seconds)
        except BaseException:  # cancelled: callers who give up must not keep others waiting
            if isinstance(self._limiter, AsyncLocalLimiter):
                self._limiter.release(moment)
            raise

    async def _record_retry_after(self, headers: RawHeaders) -> None:
        if any(name.lower().startswith(b"x-ratelimit-") for name, _ in headers):
            await self._limiter.heed(rate_limit(header_map(headers), self._runtime.wall()))

    async def aclose(self) -> None:
        """Close all connections."""
        await self.transport.aclose()


def async_rate_limited(
    transport: AsyncTransport,
    throttle: AsyncLimiter | bool,  # noqa: FBT001 - the client's argument as it was given
    context: ClientContext,
) -> AsyncTransport:
    """Return a transport with the limits that were asked for.

    Args:
        transport: sends.
        throttle: True for the provider's published limits, or a limiter of the caller's.
        context: the client.

    Raises:
        ConfigurationError: it is something else.
    """
    limiter = AsyncLocalLimiter(context) if throttle is True else throttle
    if not isinstance(limiter, AsyncLimiter):
        raise ConfigurationError("throttle= must be True, False, or have reserve() and heed()")
    async_require_coroutine_function(limiter.reserve, "throttle")
    return AsyncRateLimitedTransport(transport, limiter, context)
