"""What a framework adapter hands over, and what a source of deliveries makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.webhooks.headers import Headers
    from trunkline.webhooks.responses import Reply

__all__ = ["Accepted", "IncomingRequest", "WebhookSource", "digest_key"]

E_co = TypeVar("E_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRequest:
    """One HTTP request as received, before anything is believed.

    Attributes:
        body: the raw bytes.
        headers: the headers, in any form that
            :class:`~trunkline.webhooks.PamelaWebhook` takes.
        method: the HTTP method.
        scheme: ``http`` or ``https``, as the server saw it.
        host: the host and port the server listens on, for requests without a Host header.
        target: path and query exactly as requested, still escaped.
        remote_address: the address of the peer, or None where the server does not tell.
    """

    body: bytes = field(repr=False)
    headers: Headers = field(repr=False)
    method: str = "POST"
    scheme: str = "http"
    host: str = ""
    target: str = field(default="/", repr=False)
    remote_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Generic[E_co]):
    """A delivery that passed every check of its source.

    Attributes:
        event: the typed event, which decides the handler.
        value: what the handler receives: the event itself where it is signed, else an
            :class:`~trunkline.webhooks.UnsignedDelivery` around it.
        key: the key under which a replay store remembers the delivery.
    """

    event: E_co
    value: object
    key: str


class WebhookSource(Protocol[E_co]):
    """Anything that turns a request into an accepted delivery."""

    @property
    def name(self) -> str:
        """The contract's name, as in :func:`~trunkline.webhooks.known_events`."""
        ...

    @property
    def max_body_bytes(self) -> int:
        """The limit above which an adapter stops reading."""
        ...

    @property
    def acknowledgement(self) -> Reply | None:
        """The answer to a delivery that went well; None for a short JSON object."""
        ...

    def event_types(self) -> Mapping[str, type[Any]]:
        """The class of every event that has a name of its own."""
        ...

    def accept(self, request: IncomingRequest) -> Accepted[E_co]:
        """Check and parse, or raise WebhookVerificationError."""
        ...


def digest_key(name: str, material: bytes) -> str:
    """The replay key of signed material: equal bytes, equal key, whichever secret signed them."""
    return f"{name}:{sha256(material).hexdigest()}"
