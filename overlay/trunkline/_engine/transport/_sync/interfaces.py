# Derived from _engine/transport/_async/interfaces.py by `make generate`; do not edit.
"""What the session needs of a transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator

    from trunkline._engine.models import RawHeaders, Request, Response


class Stream(Protocol):
    """A response with the body still to be read."""

    status: int
    raw_headers: RawHeaders

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the body as it arrives."""
        ...

    def close(self) -> None:
        """Give the response up."""
        ...


class Transport(Protocol):
    """Sends one attempt."""

    def send(self, request: Request) -> Response:
        """Send and read the whole response."""
        ...

    def open(self, request: Request) -> Stream:
        """Send and return the response unread."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...
