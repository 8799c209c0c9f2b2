"""Twilio's request signature, for the callbacks of StateSet's inbound calls.

Source: Twilio's public helper library and its tests. The signature covers the URL exactly as
Twilio requested it, so behind a proxy that URL has to be rebuilt: give ``public_origin``, or
``trusted_hops`` where the proxies send ``X-Forwarded-Proto`` and ``-Host``.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl

from trunkline.webhooks._validation import require_limit
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.headers import one_value, required_value
from trunkline.webhooks.request import Accepted, IncomingRequest, digest_key
from trunkline.webhooks.responses import Reply
from trunkline.webhooks.verification.forwarded import public_urls, require_origin
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, SigningKeys, raw_body

if TYPE_CHECKING:
    from trunkline.webhooks.headers import Headers

__all__ = ["SIGNATURE_HEADER", "Parameters", "TwilioCallback", "TwilioSignature"]

SIGNATURE_HEADER = "X-Twilio-Signature"
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"
_DEFAULT_PORTS = {"https": "443", "http": "80"}
_MAX_FIELDS = 1000
_ALGORITHMS = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}

Parameters: TypeAlias = Mapping[str, str | Iterable[str]]
"""Form parameters; a repeated one has several values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioCallback:
    """A verified callback.

    Attributes:
        params: the form parameters, each with all its values in the order received. Phone
            numbers are personal data and not part of ``repr``.
        url: the URL that was signed.
        body: the raw body, for the JSON callbacks that Twilio signs by a hash in the URL.
    """

    event: str = "incoming_call"
    params: dict[str, tuple[str, ...]] = field(repr=False, hash=False)
    url: str = field(repr=False)
    body: bytes = field(default=b"", repr=False)

    def get(self, name: str, default: str | None = None) -> str | None:
        """The first value of a parameter."""
        values = self.params.get(name)
        return values[0] if values else default

    @property
    def call_sid(self) -> str | None:
        """Twilio's id of the call (``CallSid``)."""
        return self.get("CallSid")

    @property
    def from_(self) -> str | None:
        """The caller (``From``)."""
        return self.get("From")

    @property
    def to(self) -> str | None:
        """The called number (``To``)."""
        return self.get("To")


class TwilioSignature:
    """Verifies and signs Twilio requests.

    Args:
        auth_token: the account's auth token (or the shared key's secret), or several.
        public_origin: scheme, host and port under which Twilio reaches the application, such as
            ``https://voice.example.com``, in any case and with or without a slash at the end. The
            most reliable option behind a proxy.
        trusted_hops: number of proxies in front of the application whose ``X-Forwarded-Proto``,
            ``-Host`` and ``-Port`` are trusted; 0 (default) reads none of them.
        max_body_bytes: larger bodies are refused before hashing.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: for a ``public_origin`` that is not an origin, or a ``max_body_bytes``
            that is not an integer above 0.
    """

    name = "twilio"
    # Twilio reads the response as TwiML; an empty document means nothing more to do.
    acknowledgement: Reply | None = Reply.xml("<Response/>")

    def __init__(
        self,
        auth_token: str | bytes | Iterable[str | bytes],
        *,
        public_origin: str | None = None,
        trusted_hops: int = 0,
        max_body_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        self._keys = SigningKeys(auth_token)
        self._origin = require_origin(public_origin)
        self._hops = trusted_hops
        self.max_body_bytes = require_limit(max_body_bytes)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._keys!r})"

    def verify(self, url: str, body: bytes, headers: Headers) -> None:
        """Raise unless Twilio signed this request.

        Args:
            url: the URL as Twilio requested it, query included, as text: the URL objects of
                frameworks may have changed its spelling.
            body: the raw bytes of the request.
            headers: the request's headers.

        Raises:
            WebhookVerificationError: for every input that is not authentic.
        """
        self._authenticate([url], body, headers)

    def unwrap(self, url: str, body: bytes, headers: Headers) -> TwilioCallback:
        """Verify, then return the parameters.

        Raises:
            WebhookVerificationError: as :meth:`verify`.
        """
        return self._authenticate([url], body, headers)[0]

    def sign(
        self, url: str, params: Parameters | None = None, *, algorithm: str = "HMAC_SHA1"
    ) -> str:
        """The header value for a URL and its form parameters (for tests and senders).

        Args:
            url: the URL, query included. For a JSON body put
                ``bodySHA256=<hex digest of the body>`` into its query.
            params: the form parameters.
            algorithm: ``HMAC_SHA1`` or ``HMAC_SHA256``.

        Raises:
            WebhookVerificationError: ``malformed_header``, for another algorithm;
                ``bad_signature``, for a URL that is not text.
        """
        _require_text(url)
        text = _signed_text(url, _as_multiple(params or {}))
        return b64encode(self._keys.sign(text, _hash_name(algorithm))).decode("ascii")

    def event_types(self) -> Mapping[str, type[Any]]:
        """The one kind of request, by the operationId of the contract."""
        return {"incoming_call": TwilioCallback}

    def accept(self, request: IncomingRequest) -> Accepted[TwilioCallback]:
        """Verify for a :class:`~trunkline.webhooks.WebhookEndpoint`.

        Raises:
            WebhookVerificationError: as :meth:`verify`.
        """
        callback, text = self._authenticate(
            public_urls(request, self._hops, self._origin), request.body, request.headers
        )
        return Accepted(event=callback, value=callback, key=lambda: digest_key(self.name, text))

    def _authenticate(
        self, urls: list[str], body: object, headers: Headers
    ) -> tuple[TwilioCallback, bytes]:
        raw = raw_body(body, self.max_body_bytes)
        _require_text(urls[0])
        expected = _digest(required_value(headers, SIGNATURE_HEADER))
        algorithm = _algorithm(one_value(headers, SETTINGS_HEADER))
        params = _read_form(raw) if _is_form(headers) else {}
        for url in urls:
            text = self._match(url, params, expected, algorithm)
            if text is not None and _covers_body(url, params, raw):
                return TwilioCallback(params=params, url=url, body=raw), text
        raise WebhookVerificationError(
            Reason.BAD_SIGNATURE,
            "the signature matches no configured token for the URL as seen here: is it the "
            "public URL (public_origin, trusted_hops), and is the body untouched?",
        )

    def _match(
        self, url: str, params: Mapping[str, tuple[str, ...]], expected: bytes, algorithm: str
    ) -> bytes | None:
        """Return the signed text without a port, if the signature is right."""
        bare, with_port = (_signed_text(variant, params) for variant in _port_variants(url))
        # Twilio is not consistent about the port, so both are always computed.
        matched = self._keys.match(bare, expected, algorithm=algorithm)
        matched |= self._keys.match(with_port, expected, algorithm=algorithm)
        return bare if matched else None


def _require_text(url: object) -> None:
    if not isinstance(url, str):
        raise WebhookVerificationError(
            Reason.BAD_SIGNATURE, f"the URL is {type(url).__name__}, not the text that was signed"
        )


def _digest(signature: str) -> bytes:
    with suppress(ValueError):  # reported below, without a foreign context
        digest = b64decode(signature, validate=True)
        # Base64 has several spellings of the same bytes; only the usual one is accepted.
        if b64encode(digest).decode("ascii") == signature:
            return digest
    raise WebhookVerificationError(Reason.MALFORMED_HEADER, f"{SIGNATURE_HEADER} is not base64")


def _algorithm(settings: str | None) -> str:
    """The hash named in the settings header (``key=...,algorithm=...``), SHA-1 without one."""
    for part in (settings or "").split(","):
        name, _, value = part.partition("=")
        if name.strip() == "algorithm" and value.strip():
            return _hash_name(value.strip())
    return "sha1"


def _hash_name(algorithm: str) -> str:
    name = _ALGORITHMS.get(algorithm.upper())
    if name is None:
        raise WebhookVerificationError(
            Reason.MALFORMED_HEADER,
            f"{SETTINGS_HEADER} names an algorithm other than {' and '.join(_ALGORITHMS)}",
        )
    return name


def _is_form(headers: Headers) -> bool:
    kind = one_value(headers, "Content-Type") or ""
    return kind.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


def _read_form(raw: bytes) -> dict[str, tuple[str, ...]]:
    # As in Twilio's library, undecodable bytes are signed as replacement characters.
    pairs: list[tuple[str, str]] | None = None
    with suppress(ValueError):  # reported below, without a foreign context
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MAX_FIELDS
        )
    if pairs is None:
        raise WebhookVerificationError(
            Reason.UNDECODABLE_BODY, f"the form has more than {_MAX_FIELDS} fields"
        )
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def _as_multiple(params: Mapping[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {
        name: (values,) if isinstance(values, str) else tuple(values)
        for name, values in params.items()
    }


def _signed_text(url: str, params: Mapping[str, tuple[str, ...]]) -> bytes:
    """The URL, and each name with each of its different values, both in code-point order."""
    parts = [name + value for name in sorted(params) for value in sorted(set(params[name]))]
    return (url + "".join(parts)).encode("utf-8", "surrogatepass")


def _port_variants(url: str) -> tuple[str, str]:
    """The URL without a port, and with its own port or the scheme's default."""
    scheme, mark, rest = url.partition("://")
    end = min((rest.find(c) for c in "/?#" if c in rest), default=len(rest))
    authority, tail = rest[:end], rest[end:]
    host, colon, port = authority.rpartition(":")
    if not colon or not port.isdecimal():
        host, port = authority, _DEFAULT_PORTS.get(scheme, "80")
    return f"{scheme}{mark}{host}{tail}", f"{scheme}{mark}{host}:{port}{tail}"


def _covers_body(url: str, params: Mapping[str, tuple[str, ...]], raw: bytes) -> bool:
    """Whether the signature covers the body, by the parameters or by a hash in the URL."""
    if params:
        return True
    promised = _body_hash(url)
    if promised is None:
        return not raw
    return compare_digest(sha256(raw).hexdigest().encode(), promised)


def _body_hash(url: str) -> bytes | None:
    query = url.partition("?")[2].partition("#")[0]
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "bodySHA256":
            return value.encode("utf-8", "surrogatepass")
    return None
