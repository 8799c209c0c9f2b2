"""A request as an adapter passes it on, and the delivery that a source returns for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.webhooks.headers import Headers
    from trunkline.webhooks.responses import Reply

__all__ = ["Accepted", "IncomingRequest", "WebhookSource", "digest_key", "spell_target"]

_PATH_CHARACTERS = "/:@!$&'()*+,;="

V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRequest:
    """One HTTP request as received, not verified.

    Attributes:
        body: the raw bytes.
        headers: the headers, in any form that
            :class:`~trunkline.webhooks.PamelaWebhook` takes.
        method: the HTTP method.
        scheme: ``http`` or ``https``, as the server saw it.
        host: the host and port the server listens on, for requests without a Host header.
        target: path and query exactly as requested, still escaped.
        other_targets: other spellings of the target, for servers that keep only the decoded path:
            it is then unknown which characters were escaped.
        remote_address: the address of the peer, or None where the server does not report it.
    """

    body: bytes = field(repr=False)
    headers: Headers = field(repr=False)
    method: str = "POST"
    scheme: str = "http"
    host: str = ""
    target: str = field(default="/", repr=False)
    other_targets: tuple[str, ...] = field(default=(), repr=False)
    remote_address: str | None = None


class Accepted(Generic[V_co]):
    """A delivery that passed every check of its source.

    Args:
        event: the typed event, which decides the handler.
        value: what the handler receives: the event itself where it is signed, else an
            :class:`~trunkline.webhooks.UnsignedDelivery` around it.
        key: the key under which a replay store remembers the delivery, or a function that
            computes it, so that nothing is computed without a store.
    """

    __slots__ = ("_key", "event", "value")

    def __init__(self, *, event: object, value: V_co, key: str | Callable[[], str]) -> None:
        self.event = event
        self.value = value
        self._key = key

    @property
    def key(self) -> str:
        """The key under which a replay store remembers the delivery."""
        if not isinstance(self._key, str):
            self._key = self._key()
        return self._key

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.event!r})"


class WebhookSource(Protocol[V_co]):
    """Verifies and parses requests."""

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
        """The response to a handled delivery; None for a short JSON object."""
        ...

    def event_types(self) -> Mapping[str, type[Any]]:
        """The class of every event that has its own name."""
        ...

    def accept(self, request: IncomingRequest) -> Accepted[V_co]:
        """Check and parse, or raise WebhookVerificationError."""
        ...


def spell_target(path: str, query: str = "", *, encoding: str = "utf-8") -> tuple[str, ...]:
    """Return the possible spellings of a decoded path in the request, the usual one first.

    Browsers, Twilio and most clients escape only what RFC 3986 does not allow in a path; some
    libraries escape everything but letters, digits and a few marks.
    """
    suffix = f"?{query}" if query else ""
    spellings = (quote(path, safe=safe, encoding=encoding) for safe in (_PATH_CHARACTERS, "/"))
    return tuple(dict.fromkeys(spelling + suffix for spelling in spellings))


def digest_key(name: str, material: bytes) -> str:
    """Return the replay key of signed bytes; it does not depend on the secret."""
    return f"{name}:{sha256(material).hexdigest()}"
