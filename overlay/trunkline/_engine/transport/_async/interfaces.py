"""What the session needs from a transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.models import Request, Response


class AsyncResponseStream(Protocol):
    """The body of a response; it can be read once, in one of two ways."""

    def aread(self) -> Awaitable[bytes]:
        """Return the whole body, decoded; raises TransportError when it is cut off."""
        ...

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives, decoded; raises TransportError when it is cut off."""
        ...

    async def aclose(self) -> None:
        """Abandon the body."""
        ...


class AsyncSendHook(Protocol):
    """Called for a request that must be recorded before it is sent."""

    async def before_send(self, late: float) -> None:
        """Record it, as the last step before the first byte; nothing is sent if this raises.

        Args:
            late: seconds after this within which the first byte may leave: 0 where the engine
                itself writes it, more where httpx has yet to connect.
        """
        ...

    async def before_retry(self) -> None:
        """Record that the request certainly had no effect, and that it is made again."""
        ...


class AsyncTransport(Protocol):
    """Makes one attempt."""

    def handle_request(
        self, request: Request, cooldowns: Cooldowns | None = None
    ) -> Awaitable[Response]:
        """Send a request; return its response with the body unread.

        Args:
            request: the request.
            cooldowns: checked right before the request is sent, None to send it anyway.

        Raises:
            TransportError: there is no response.
            CooldownActive: nothing was sent, because of a cooldown.
            ClientClosedError: the transport is closed.
        """
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...
