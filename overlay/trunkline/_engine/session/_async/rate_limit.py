"""Delays requests, so that the server need not refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from trunkline._engine.session.rate_limiter import RateLimiter, told_limit
from trunkline._engine.transport.concurrency import async_require_coroutine_function
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.headers import RateLimit
    from trunkline._engine.models import Request, Response
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.transport._async.interfaces import AsyncTransport


@runtime_checkable
class AsyncLimiter(Protocol):
    """Decides when a request may start; with a shared store, for several processes together."""

    async def reserve(self, within: float) -> float:
        """Reserve a slot, and return the seconds until it may be used.

        Args:
            within: seconds; a later slot is useless to the caller and is not reserved.
        """
        ...

    async def heed(self, limit: RateLimit) -> None:
        """Record the limits in the headers of a response."""
        ...


@runtime_checkable
class AsyncConfirmingLimiter(AsyncLimiter, Protocol):
    """A limiter that can revoke a slot while the caller waits for it."""

    async def confirm(self, within: float, late: float) -> float:
        """Return 0 when the wait is over and the slot may be used, or the seconds until another.

        Args:
            within: seconds; a later slot is useless to the caller and is not reserved.
            late: seconds since the moment of the slot.
        """
        ...


class AsyncLocalLimiter:
    """The provider's published limits, within this process."""

    def __init__(self, limiter: RateLimiter, clock: Callable[[], float]) -> None:
        self._limiter, self._clock = limiter, clock

    async def reserve(self, within: float) -> float:
        """Reserve a slot, and return the seconds until then."""
        return self._limiter.reserve(self._clock(), within)

    def refund(self, moment: float) -> None:
        """Give a reserved slot to the next caller."""
        self._limiter.refund(moment)

    async def heed(self, limit: RateLimit) -> None:
        """Record the limits in the headers of a response."""
        self._limiter.update(limit, self._clock())


class AsyncRateLimitedTransport:
    """Asks a limiter before each request.

    Args:
        transport: sends.
        limiter: returns how long to wait.
        context: the client; only requests to its server are limited.
    """

    def __init__(
        self, transport: AsyncTransport, limiter: AsyncLimiter, context: ClientContext
    ) -> None:
        self.transport = transport
        self._limiter, self._runtime = limiter, context.runtime
        self._origin, self._provider = context.origin, context.provider

    async def handle_request(
        self, request: Request, cooldowns: Cooldowns | None = None
    ) -> Response:
        """Send a request; return its response with the body unread."""
        await self._admit(request, cooldowns)
        response = await self.transport.handle_request(request, cooldowns)
        try:
            await self._heed(response)
        except BaseException:  # the caller never sees the response, which holds a connection
            if response.stream is not None:
                await response.stream.aclose()
            raise
        return response

    async def _admit(self, request: Request, cooldowns: Cooldowns | None) -> None:
        now = self._runtime.monotonic()
        if cooldowns is not None:  # else it would reserve now and again after the cooldown
            cooldowns.check(request.operation_key, now)
        if request.origin != self._origin:
            return
        left = request.expires_at - now
        wait = await self._limiter.reserve(left)
        while wait > 0:
            if wait >= left:
                reason = f"the client's own throttle allows no request for {wait:.3g} s"
                raise TransportError(reason, sent=False, timed_out=True, retry_after=wait)
            moment = self._runtime.monotonic() + wait
            await self._wait(wait)
            now = self._runtime.monotonic()
            left = request.expires_at - now
            wait = await self._confirm(left, now - moment)

    async def _confirm(self, left: float, late: float) -> float:
        if isinstance(self._limiter, AsyncConfirmingLimiter):
            return await self._limiter.confirm(left, late)
        return 0.0

    async def _wait(self, seconds: float) -> None:
        moment = self._runtime.monotonic() + seconds
        try:
            await self._runtime.async_sleep(seconds)
        except BaseException:  # cancelled: callers who give up must not keep others waiting
            if isinstance(self._limiter, AsyncLocalLimiter):
                self._limiter.refund(moment)
            raise

    async def _heed(self, response: Response) -> None:
        if response.status == 429:
            await response.aread()  # some vendors name the wait in the body
        elif not any(name.lower().startswith(b"x-ratelimit-") for name, _ in response.raw_headers):
            return
        await self._limiter.heed(told_limit(self._provider, response, self._runtime.wall()))

    async def aclose(self) -> None:
        """Close all connections."""
        await self.transport.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.transport!r}>"


def async_rate_limited(
    transport: AsyncTransport,
    throttle: AsyncLimiter | bool,  # noqa: FBT001 - the client's argument as it was given
    context: ClientContext,
) -> AsyncTransport:
    """Return a transport that applies the requested limits.

    Args:
        transport: sends.
        throttle: True for the provider's published limits, or the caller's own limiter.
        context: the client.

    Raises:
        ConfigurationError: ``throttle`` is something else.
    """
    runtime, limiter = context.runtime, throttle
    if throttle is True:
        keys = (context.key, context.user_token)
        shared = RateLimiter(context.provider, context.origin, keys, runtime.monotonic)
        limiter = AsyncLocalLimiter(shared, runtime.monotonic)
    if not isinstance(limiter, AsyncLimiter):
        raise ConfigurationError("throttle= must be True, False, or have reserve() and heed()")
    async_require_coroutine_function(limiter.reserve, "throttle")
    return AsyncRateLimitedTransport(transport, limiter, context)
