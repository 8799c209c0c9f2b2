# Derived from _engine/transport/_async/interfaces.py by `make generate`; do not edit.
"""What the session needs from a transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.models import Request, Response


class ResponseStream(Protocol):
    """The body of a response; it can be read once, in one of two ways."""

    def read(self) -> bytes:
        """Return the whole body, decoded; raises TransportError when it is cut off."""
        ...

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the body as it arrives, decoded; raises TransportError when it is cut off."""
        ...

    def close(self) -> None:
        """Abandon the body."""
        ...


class SendHook(Protocol):
    """Called for a request that must be recorded before it is sent."""

    def before_send(self, late: float) -> None:
        """Record it, as the last step before the first byte; nothing is sent if this raises.

        Args:
            late: seconds after this within which the first byte may leave: 0 where the engine
                itself writes it, more where httpx has yet to connect.
        """
        ...

    def before_retry(self) -> None:
        """Record that the request certainly had no effect, and that it is made again."""
        ...


class Transport(Protocol):
    """Makes one attempt."""

    def handle_request(self, request: Request, cooldowns: Cooldowns | None = None) -> Response:
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

    def close(self) -> None:
        """Close the connections."""
        ...
