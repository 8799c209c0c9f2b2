# Derived from _engine/session/_async/rate_limit.py by `make generate`; do not edit.
"""Delays requests, so that the server need not refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from trunkline._engine.session.rate_limiter import RateLimiter, told_limit
from trunkline._engine.transport.concurrency import sync_require_coroutine_function
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.headers import RateLimit
    from trunkline._engine.models import Request, Response
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.transport._sync.interfaces import Transport


@runtime_checkable
class Limiter(Protocol):
    """Decides when a request may start; with a shared store, for several processes together."""

    def reserve(self, within: float) -> float:
        """Reserve a slot, and return the seconds until it may be used.

        Args:
            within: seconds; a later slot is useless to the caller and is not reserved.
        """
        ...

    def heed(self, limit: RateLimit) -> None:
        """Record the limits in the headers of a response."""
        ...


@runtime_checkable
class ConfirmingLimiter(Limiter, Protocol):
    """A limiter that can revoke a slot while the caller waits for it."""

    def confirm(self, within: float, late: float) -> float:
        """Return 0 when the wait is over and the slot may be used, or the seconds until another.

        Args:
            within: seconds; a later slot is useless to the caller and is not reserved.
            late: seconds since the moment of the slot.
        """
        ...


class LocalLimiter:
    """The provider's published limits, within this process."""

    def __init__(self, limiter: RateLimiter, clock: Callable[[], float]) -> None:
        self._limiter, self._clock = limiter, clock

    def reserve(self, within: float) -> float:
        """Reserve a slot, and return the seconds until then."""
        return self._limiter.reserve(self._clock(), within)

    def refund(self, moment: float) -> None:
        """Give a reserved slot to the next caller."""
        self._limiter.refund(moment)

    def heed(self, limit: RateLimit) -> None:
        """Record the limits in the headers of a response."""
        self._limiter.update(limit, self._clock())


class RateLimitedTransport:
    """Asks a limiter before each request.

    Args:
        transport: sends.
        limiter: returns how long to wait.
        context: the client; only requests to its server are limited.
    """

    def __init__(self, transport: Transport, limiter: Limiter, context: ClientContext) -> None:
        self.transport = transport
        self._limiter, self._runtime = limiter, context.runtime
        self._origin, self._provider = context.origin, context.provider

    def handle_request(self, request: Request, cooldowns: Cooldowns | None = None) -> Response:
        """Send a request; return its response with the body unread."""
        self._admit(request, cooldowns)
        response = self.transport.handle_request(request, cooldowns)
        try:
            self._heed(response)
        except BaseException:  # the caller never sees the response, which holds a connection
            if response.stream is not None:
                response.stream.close()
            raise
        return response

    def _admit(self, request: Request, cooldowns: Cooldowns | None) -> None:
        now = self._runtime.monotonic()
        if cooldowns is not None:  # else it would reserve now and again after the cooldown
            cooldowns.check(request.operation_key, now)
        if request.origin != self._origin:
            return
        left = request.expires_at - now
        wait = self._limiter.reserve(left)
        while wait > 0:
            if wait >= left:
                reason = f"the client's own throttle allows no request for {wait:.3g} s"
                raise TransportError(reason, sent=False, timed_out=True, retry_after=wait)
            moment = self._runtime.monotonic() + wait
            self._wait(wait)
            now = self._runtime.monotonic()
            left = request.expires_at - now
            wait = self._confirm(left, now - moment)

    def _confirm(self, left: float, late: float) -> float:
        if isinstance(self._limiter, ConfirmingLimiter):
            return self._limiter.confirm(left, late)
        return 0.0

    def _wait(self, seconds: float) -> None:
        moment = self._runtime.monotonic() + seconds
        try:
            self._runtime.sleep(seconds)
        except BaseException:  # cancelled: callers who give up must not keep others waiting
            if isinstance(self._limiter, LocalLimiter):
                self._limiter.refund(moment)
            raise

    def _heed(self, response: Response) -> None:
        if response.status == 429:
            response.read()  # some vendors name the wait in the body
        elif not any(name.lower().startswith(b"x-ratelimit-") for name, _ in response.raw_headers):
            return
        self._limiter.heed(told_limit(self._provider, response, self._runtime.wall()))

    def close(self) -> None:
        """Close all connections."""
        self.transport.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.transport!r}>"


def sync_rate_limited(
    transport: Transport,
    throttle: Limiter | bool,  # noqa: FBT001 - the client's argument as it was given
    context: ClientContext,
) -> Transport:
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
        limiter = LocalLimiter(shared, runtime.monotonic)
    if not isinstance(limiter, Limiter):
        raise ConfigurationError("throttle= must be True, False, or have reserve() and heed()")
    sync_require_coroutine_function(limiter.reserve, "throttle")
    return RateLimitedTransport(transport, limiter, context)
