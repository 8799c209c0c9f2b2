"""Unsigned deliveries, and the checks that a user can add.

No signature is known for StateSet's and Phone.ai's events, nor for what Whispey's open-source
server sends. Such a delivery proves nothing about its sender, so it arrives as an
:class:`UnsignedDelivery`. A secret header that the sender is configured to add, or the networks
that it sends from, limit who can reach the handler; they do not protect the content.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from trunkline.errors import ConfigurationError
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.headers import one_value, required_value
from trunkline.webhooks.request import Accepted, IncomingRequest, digest_key
from trunkline.webhooks.verification.forwarded import client_address
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, SigningKeys, raw_body
from trunkline.webhooks.verification.source import EventSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeGuard

    from trunkline.webhooks.events.base import Event
    from trunkline.webhooks.headers import Headers

__all__ = ["Check", "SharedSecret", "UnsignedDelivery", "UnsignedWebhook", "is_unsigned"]

E = TypeVar("E", bound="Event")
E_co = TypeVar("E_co", bound="Event", covariant=True)
Check = Literal["shared_secret", "network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsignedDelivery(Generic[E_co]):
    """An event that is not signed.

    Attributes:
        event: the typed event.
        idempotency_key: the sender's own key of this delivery, if it sent one; not signed.
        checks: what was checked about the sender; empty when nothing was.
    """

    event: E_co
    idempotency_key: str | None = None
    checks: frozenset[Check] = frozenset()

    @property
    def signed(self) -> Literal[False]:
        """Always False, for code that handles signed and unsigned deliveries alike."""
        return False


def is_unsigned(value: object) -> TypeGuard[UnsignedDelivery[Any]]:
    """Whether a queued value is an unsigned delivery rather than an event."""
    return isinstance(value, UnsignedDelivery)


class SharedSecret:
    """A header that the sender is configured to add to every delivery.

    Args:
        header: its name, such as ``Authorization``.
        value: its whole value, or several while one is being replaced; ASCII, since servers differ
            in how they decode anything else.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: for a value that is not ASCII, or a header without a name.
    """

    def __init__(self, header: str, value: str | bytes | Iterable[str | bytes]) -> None:
        if not header or not isinstance(header, str):
            raise ConfigurationError("a shared secret comes in a header: give its name")
        self.header = header
        self._values = SigningKeys(value)
        if not self._values.are_ascii:
            raise ConfigurationError(f"the shared secret of the {header} header must be ASCII")

    def check(self, headers: Headers) -> None:
        """Raise unless the header has one of the values; compared in constant time.

        Raises:
            WebhookVerificationError: ``missing_header``, ``malformed_header``, ``bad_signature``.
        """
        value = required_value(headers, self.header)
        if not self._values.contain(value.encode("utf-8", "surrogatepass")):
            raise WebhookVerificationError(
                Reason.BAD_SIGNATURE, f"the {self.header} header has none of the expected values"
            )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.header!r}, {self._values!r})"


class UnsignedWebhook(EventSource[E]):
    """The common part of all sources without a signature.

    Args:
        shared_secret: a header that every delivery must carry, if the sender can add one.
        networks: the networks that deliveries may come from, such as ``192.0.2.0/24``; none
            (default) means that the address is not checked.
        trusted_hops: number of proxies in front of the application whose ``X-Forwarded-For`` is
            trusted; 0 (default) uses the address of the connection.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before anything is computed; 1 MiB by default.

    Raises:
        ConfigurationError: for a value that is not a network.
    """

    name = "unsigned"
    _idempotency_header: str | None = None

    def __init__(
        self,
        *,
        shared_secret: SharedSecret | None = None,
        networks: Iterable[str] = (),
        trusted_hops: int = 0,
        refuse_unknown: bool = False,
        max_body_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        super().__init__(refuse_unknown=refuse_unknown, max_body_bytes=max_body_bytes)
        self._shared_secret = shared_secret
        self._networks = tuple(_network(text) for text in networks)
        self._hops = trusted_hops

    def __repr__(self) -> str:
        return f"{type(self).__name__}(shared_secret={self._shared_secret!r})"

    def unwrap(
        self, body: bytes, headers: Headers, *, remote_address: str | None = None
    ) -> UnsignedDelivery[E]:
        """Run the configured checks, then parse.

        Args:
            body: the raw bytes of the request.
            headers: the request's headers.
            remote_address: the address of the connection; needed when ``networks`` is set.

        Returns:
            The typed event and what was checked about its sender.

        Raises:
            WebhookVerificationError: for every input that is refused.
        """
        return self._open(
            IncomingRequest(body=body, headers=headers, remote_address=remote_address)
        )

    def accept(self, request: IncomingRequest) -> Accepted[UnsignedDelivery[E]]:
        """Check and parse for a :class:`~trunkline.webhooks.WebhookEndpoint`.

        Raises:
            WebhookVerificationError: as :meth:`unwrap`.
        """
        delivery = self._open(request)
        return Accepted(
            event=delivery.event, value=delivery, key=lambda: self._key(delivery, request)
        )

    def _open(self, request: IncomingRequest) -> UnsignedDelivery[E]:
        raw = raw_body(request.body, self.max_body_bytes)
        checks = frozenset(self._checks(request))
        return UnsignedDelivery(
            event=self._parse(raw),
            idempotency_key=self._idempotency_key(request),
            checks=checks,
        )

    def _checks(self, request: IncomingRequest) -> list[Check]:
        done: list[Check] = []
        if self._shared_secret is not None:
            self._shared_secret.check(request.headers)
            done.append("shared_secret")
        if self._networks:
            _require_member(client_address(request, self._hops), self._networks)
            done.append("network")
        return done

    def _idempotency_key(self, request: IncomingRequest) -> str | None:
        header = self._idempotency_header
        value = None if header is None else one_value(request.headers, header)
        # With a blank key, all deliveries would count as one.
        return None if value is None else value.strip() or None

    def _key(self, delivery: UnsignedDelivery[E], request: IncomingRequest) -> str:
        # Neither header nor body is signed; the header stays the same when the sender
        # serialises the body again for a retry.
        own = delivery.idempotency_key
        material = request.body if own is None else b"key:" + own.encode("utf-8", "surrogatepass")
        return digest_key(self.name, material)


def _network(text: str) -> IPv4Network | IPv6Network:
    network = None
    with suppress(ValueError):  # reported below, without a foreign context
        network = ip_network(text)
    if network is None:
        raise ConfigurationError(f"{text!r} is not a network such as 192.0.2.0/24 or 2001:db8::/32")
    return network


def _require_member(address: str | None, networks: tuple[IPv4Network | IPv6Network, ...]) -> None:
    parsed = _address(address)
    if parsed is None or not any(parsed in network for network in networks):
        raise WebhookVerificationError(
            Reason.FOREIGN_NETWORK,
            "the sender's address is unknown or in none of the allowed networks: behind a proxy, "
            "set trusted_hops",
        )


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(text or "")
    except ValueError:
        return None
    # A server that listens on both families shows IPv4 peers as ::ffff:192.0.2.1.
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed
