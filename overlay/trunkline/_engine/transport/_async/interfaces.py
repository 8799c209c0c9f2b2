"""What the session needs of a transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable

    from trunkline._engine.models import RawHeaders, Request, Response


class AsyncStream(Protocol):
    """A response with the body still to be read."""

    status: int
    raw_headers: RawHeaders

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives."""
        ...

    async def aclose(self) -> None:
        """Give the response up."""
        ...


class AsyncTransport(Protocol):
    """Sends one attempt."""

    def send(self, request: Request) -> Awaitable[Response]:
        """Send and read the whole response."""
        ...

    def open(self, request: Request) -> Awaitable[AsyncStream]:
        """Send and return the response unread."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...
