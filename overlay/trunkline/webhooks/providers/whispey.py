"""Whispey's webhooks: five documented events, a secret, and no word on how it signs.

The page registers a webhook with a ``secret`` and names neither header nor algorithm; the
open-source server signs nothing and has no secret, but can send a static header. So there are two
receivers, and their types differ: :class:`WhispeyWebhook` for somebody who found out the scheme of
their installation, :class:`UnsignedWhispeyWebhook` for everybody else.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from trunkline.errors import ConfigurationError
from trunkline.webhooks._validation import require_limit
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events import require_known
from trunkline.webhooks.events.whispey import EVENTS, CallLog, WhispeyEvent, parse
from trunkline.webhooks.headers import required_value
from trunkline.webhooks.request import Accepted, IncomingRequest, digest_key
from trunkline.webhooks.verification.canonical_json import parse_json
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, SigningKeys, raw_body
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from trunkline.webhooks.headers import Headers
    from trunkline.webhooks.responses import Reply

__all__ = ["UnconfirmedScheme", "UnsignedWhispeyWebhook", "WhispeyWebhook"]

# The flat body has no name in the contract, so it is not among the known events there.
_EVENT_TYPES: dict[str, type[Any]] = {**EVENTS, "call_log": CallLog}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconfirmedScheme:
    """How an installation signs, by its operator's word: the vendor documents no scheme.

    Attributes:
        header: the header that carries the signature.
        algorithm: the hash of the HMAC over the raw body.
        encoding: how the signature is written; hex is lower-case.
        prefix: what stands before the signature, such as ``sha256=``; empty by default.

    Raises:
        ConfigurationError: for another algorithm or encoding, or without a header's name.
    """

    header: str
    algorithm: Literal["sha1", "sha256", "sha384", "sha512"]
    encoding: Literal["hex", "base64"]
    prefix: str = ""

    def __post_init__(self) -> None:
        if not self.header or not isinstance(self.header, str) or not isinstance(self.prefix, str):
            raise ConfigurationError("header is the name of a header, and prefix is text")
        # Compared, not looked up in a set: what is no text may have no hash.
        if self.algorithm not in ("sha1", "sha256", "sha384", "sha512"):
            raise ConfigurationError("algorithm must be sha1, sha256, sha384 or sha512")
        if self.encoding not in ("hex", "base64"):
            raise ConfigurationError("encoding must be hex or base64")

    def write(self, digest: bytes) -> str:
        """The header value of a signature."""
        text = digest.hex() if self.encoding == "hex" else b64encode(digest).decode("ascii")
        return self.prefix + text

    def read(self, value: str) -> bytes:
        """The signature of a header value.

        Raises:
            WebhookVerificationError: ``malformed_header``.
        """
        digest = b""
        with suppress(ValueError):  # reported below, without a foreign context
            text = value.removeprefix(self.prefix)
            digest = bytes.fromhex(text) if self.encoding == "hex" else b64decode(text)
        # Written again: decoders take upper case, spaces and odd base64, which no sender writes.
        if len(digest) != hashlib.new(self.algorithm).digest_size or self.write(digest) != value:
            raise WebhookVerificationError(
                Reason.MALFORMED_HEADER,
                f"{self.header} is not {self.prefix!r} and a {self.algorithm} in {self.encoding}",
            )
        return digest


class WhispeyWebhook:
    """Verifies with a scheme that its user vouches for, then parses.

    Args:
        secret: the secret given when the webhook was created, or several.
        scheme: how the installation signs. There is no default: none is documented.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before hashing.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: without a scheme.
    """

    name = "whispey"
    acknowledgement: Reply | None = None

    def __init__(
        self,
        secret: str | bytes | Iterable[str | bytes],
        scheme: UnconfirmedScheme,
        *,
        refuse_unknown: bool = False,
        max_body_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        self._keys = SigningKeys(secret)
        if not isinstance(scheme, UnconfirmedScheme):
            raise ConfigurationError(
                "scheme is an UnconfirmedScheme; where the installation signs nothing, use "
                "UnsignedWhispeyWebhook"
            )
        self.scheme = scheme
        self._refuse_unknown = refuse_unknown
        self.max_body_bytes = require_limit(max_body_bytes)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._keys!r}, {self.scheme!r})"

    def verify(self, body: bytes, headers: Headers) -> None:
        """Raise unless the raw body is signed as the scheme says.

        Raises:
            WebhookVerificationError: for every input that is not authentic.
        """
        self._authenticate(body, headers)

    def unwrap(self, body: bytes, headers: Headers) -> WhispeyEvent:
        """Verify, then parse.

        Raises:
            WebhookVerificationError: as :meth:`verify`, and for a body that is no event.
        """
        event = parse(parse_json(self._authenticate(body, headers)))
        return require_known(event) if self._refuse_unknown else event

    def sign(self, body: bytes) -> str:
        """The header value for a body (for tests and senders).

        Raises:
            WebhookVerificationError: ``body_not_bytes`` or ``body_too_large``.
        """
        raw = raw_body(body, self.max_body_bytes)
        return self.scheme.write(self._keys.sign(raw, self.scheme.algorithm))

    def event_types(self) -> Mapping[str, type[Any]]:
        """The class of every event, by name; ``call_log`` for the flat body."""
        return _EVENT_TYPES

    def accept(self, request: IncomingRequest) -> Accepted[WhispeyEvent]:
        """What :class:`~trunkline.webhooks.WebhookEndpoint` calls; the key is of signed material.

        Raises:
            WebhookVerificationError: as :meth:`unwrap`.
        """
        event = self.unwrap(request.body, request.headers)
        return Accepted(event=event, value=event, key=digest_key(self.name, request.body))

    def _authenticate(self, body: object, headers: Headers) -> bytes:
        raw = raw_body(body, self.max_body_bytes)
        expected = self.scheme.read(required_value(headers, self.scheme.header))
        if not self._keys.match(raw, expected, self.scheme.algorithm):
            raise WebhookVerificationError(
                Reason.BAD_SIGNATURE,
                "the signature matches no configured secret under the scheme that was given, "
                "which the vendor has not confirmed",
            )
        return raw


class UnsignedWhispeyWebhook(UnsignedWebhook[WhispeyEvent]):
    """Parses Whispey's events, enveloped or flat, as unsigned deliveries.

    The open-source server can add a static header to its deliveries: give it as ``shared_secret``.
    A replay store knows a delivery by its body, since no delivery id is documented.

    Args:
        shared_secret: a header that every delivery must carry, as the server can add;
            None (default) asks for none.
        networks: the networks that deliveries may come from, such as ``192.0.2.0/24``; none
            (default) means that the address is not looked at.
        trusted_hops: number of proxies in front of the application whose ``X-Forwarded-For`` is
            believed; 0 (default) takes the address of the connection.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before anything is computed; 1 MiB by default.

    Raises:
        ConfigurationError: for something that is not a network.
    """

    name = "whispey"
    _parse_event = staticmethod(parse)

    def event_types(self) -> Mapping[str, type[Any]]:
        """The class of every event, by name; ``call_log`` for the flat body."""
        return _EVENT_TYPES
