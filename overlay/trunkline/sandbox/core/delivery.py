"""One webhook delivery: what is sent, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = ["Attempt", "Delivery", "DeliveryResponse"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: when (virtual time), and its status or what went wrong."""

    at: datetime
    status: int | None
    error: str | None

    def to_json(self) -> dict[str, Any]:
        """The attempt for the control endpoint."""
        return {"at": self.at.isoformat(), "status": self.status, "error": self.error}


@dataclass(frozen=True, slots=True)
class DeliveryResponse:
    """What a receiver said, or why it said nothing.

    Attributes:
        status: HTTP status, None without an answer.
        body: the answer's bytes.
        error: what went wrong, None with an answer.
        is_final: whether another attempt would be pointless.
    """

    status: int | None = None
    body: bytes = b""
    error: str | None = None
    is_final: bool = False


@dataclass(slots=True)
class Delivery:
    """One event on its way to one receiver.

    Attributes:
        number: order of creation, from 1.
        provider: who sends it.
        event: name of the event.
        url: the receiver.
        headers: what is sent beside the body.
        body: the exact bytes.
        timeout_seconds: real seconds the receiver may take; None for the configured time.
        is_retried: whether a failed attempt is followed by another.
        on_end: told the last answer.
        status: ``held``, ``pending``, ``delivered`` or ``failed``.
        attempts: so far.
    """

    provider: str
    event: str
    url: str
    headers: dict[str, str]
    body: bytes
    timeout_seconds: float | None = None
    is_retried: bool = True
    on_end: Callable[[DeliveryResponse], None] | None = None
    number: int = 0
    status: Literal["held", "pending", "delivered", "failed"] = "pending"
    attempts: list[Attempt] = field(default_factory=list[Attempt])

    def to_json(self) -> dict[str, Any]:
        """The delivery for the control endpoint."""
        return {
            "number": self.number,
            "provider": self.provider,
            "event": self.event,
            "url": self.url,
            "headers": self.headers,
            "body": self.body.decode("utf-8", "replace"),
            "status": self.status,
            "attempts": [attempt.to_json() for attempt in self.attempts],
        }
