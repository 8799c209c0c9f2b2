# Derived from _engine/_async/_throttle.py by `make generate`; do not edit.
"""Holding requests back, so that the server need not refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from trunkline._engine._headers import RateLimit, rate_limit
from trunkline._engine._shim import sync_expect
from trunkline._engine._throttle import Throttle
from trunkline._engine._wire import Broken, header_map
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from trunkline._engine._core import Core
    from trunkline._engine._sync._sender import Body, Sender
    from trunkline._engine._wire import Answer, RawHeaders, Trip


@runtime_checkable
class Limiter(Protocol):
    """Says when a request may begin; a shared store makes the limit that of several processes."""

    def reserve(self, within: float) -> float:
        """Take a place, and return the seconds until it may be used.

        Args:
            within: seconds; a later place is of no use to the caller and is not taken.
        """
        ...

    def heed(self, limit: RateLimit) -> None:
        """Take note of the limits that a response tells of."""
        ...


class LocalLimiter:
    """The limits of a provider's own data, within this process."""

    def __init__(self, core: Core) -> None:
        self._throttle, self._clock = Throttle(core), core.runtime.monotonic

    def reserve(self, within: float) -> float:
        """Take a place, and return the seconds until it may be used."""
        return self._throttle.reserve(self._clock(), within)

    def give_back(self, moment: float) -> None:
        """Leave a place to the next one who asks."""
        self._throttle.give_back(moment)

    def heed(self, limit: RateLimit) -> None:
        """Take note of the limits that a response tells of."""
        self._throttle.heed(limit, self._clock())


class Throttled:
    """A sender that asks a limiter first."""

    def __init__(self, sender: Sender, limiter: Limiter, core: Core) -> None:
        self.sender = sender
        self._limiter, self._runtime, self._origin = limiter, core.runtime, core.origin

    def send(self, trip: Trip) -> Answer:
        """Send and read the whole response."""
        self._admit(trip)
        answer = self.sender.send(trip)
        self._heed(answer.raw_headers)
        return answer

    def open(self, trip: Trip) -> Body:
        """Send and return the response unread."""
        self._admit(trip)
        body = self.sender.open(trip)
        try:
            self._heed(body.raw_headers)
        except BaseException:  # nobody else knows of the body, which holds a connection's place
            body.close()
            raise
        return body

    def _admit(self, trip: Trip) -> None:
        now = self._runtime.monotonic()
        trip.check_pause(now)  # or the call would take a place now and another after the pause
        if trip.origin != self._origin:  # a file on another host, say: another one's limits
            return
        left = trip.expires_at - now
        wait = self._limiter.reserve(left)
        if wait >= left:
            reason = f"the client's own throttle allows no request for {wait:.3g} s"
            raise Broken(reason, sent=False, timed_out=True, retry_after=wait)
        if wait > 0:
            self._wait(wait)

    def _wait(self, seconds: float) -> None:
        moment = self._runtime.monotonic() + seconds
        try:
            self._runtime.sleep(seconds)
        except BaseException:  # cancelled: callers who give up must not keep others waiting
            if isinstance(self._limiter, LocalLimiter):
                self._limiter.give_back(moment)
            raise

    def _heed(self, headers: RawHeaders) -> None:
        if any(name.lower().startswith(b"x-ratelimit-") for name, _ in headers):
            self._limiter.heed(rate_limit(header_map(headers), self._runtime.wall()))

    def close(self) -> None:
        """Close all connections."""
        self.sender.close()


def sync_throttled(
    sender: Sender,
    throttle: Limiter | bool,  # noqa: FBT001 - the client's argument as it was given
    core: Core,
) -> Sender:
    """Return a sender with the limits that were asked for.

    Args:
        sender: sends.
        throttle: True for the provider's published limits, or a limiter of the caller's.
        core: the client.

    Raises:
        ConfigurationError: it is something else.
    """
    limiter = LocalLimiter(core) if throttle is True else throttle
    if not isinstance(limiter, Limiter):
        raise ConfigurationError("throttle= must be True, False, or have reserve() and heed()")
    sync_expect(limiter.reserve, "throttle")
    return Throttled(sender, limiter, core)
