"""Pamela's webhooks: HMAC-SHA256 of the body, in lower-case hex, without a timestamp.

The scheme and its traps are those of the vendor's package, versions 1.0.0 to 1.2.0, and of its
documentation pages. It has no replay protection of its own: see
:class:`~trunkline.webhooks.WebhookEndpoint` and the ``tolerance`` below.
"""

from __future__ import annotations

import time

from trunkline.webhooks._validation import require_limit, require_seconds
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.build import parse_timestamp
from trunkline.webhooks.headers import required_value
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, SigningKeys, raw_body

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from trunkline.webhooks.events.pamela import PamelaEvent
    from trunkline.webhooks.headers import Headers
    from trunkline.webhooks.request import Accepted, IncomingRequest
    from trunkline.webhooks.responses import Reply

__all__ = ["SIGNATURE_HEADER", "PamelaWebhook", "verify_webhook_signature"]

SIGNATURE_HEADER = "X-Pamela-Signature"
_HEX_LENGTH = 64


class PamelaWebhook:
    """Verifies and parses call events and tool calls.

    A signature is accepted over the raw bytes of the body or over its compact canonical JSON
    (:func:`~trunkline.webhooks.canonical_json`): which of the two the service signs is not
    documented, and the vendor's package verifies the latter.

    Args:
        secret: the signing secret, or several while one is being replaced, newest first.
        accept_legacy_spaced: also accept the canonical form of package versions 1.0.0 and 1.0.1,
            with a space after each comma and colon.
        tolerance: seconds that the signed ``timestamp`` of a call event may differ from the clock,
            either way; None (default) does not look at it. Tool calls have no timestamp. This
            check is an addition of this package.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before hashing.
        clock: returns Unix time in seconds.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: for a tolerance that is no finite number of seconds, 0 or more, or a
            ``max_body_bytes`` that is no integer above 0.
    """

    name = "pamela"
    acknowledgement: Reply | None = None

    def __init__(
        self,
        secret: str | bytes | Iterable[str | bytes],
        *,
        accept_legacy_spaced: bool = False,
        tolerance: float | None = None,
        refuse_unknown: bool = False,
        max_body_bytes: int = MAX_BODY_BYTES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys = SigningKeys(secret)
        self._forms = (False, True) if accept_legacy_spaced else (False,)
        self._tolerance = (
            None if tolerance is None else require_seconds("tolerance", tolerance, or_zero=True)
        )
        self._refuse_unknown = refuse_unknown
        self.max_body_bytes = require_limit(max_body_bytes)
        self._clock = clock

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._keys!r})"

    def verify(self, body: bytes, headers: Headers) -> None:
        """Raise unless the delivery is authentic (and fresh, if a tolerance is set).

        Args:
            body: the raw bytes of the request, before any parsing.
            headers: the request's headers.

        Raises:
            WebhookVerificationError: for every input that is not authentic, whatever it is.
        """
        self.__check_age(self._authenticate(body, headers))

    def unwrap(self, body: bytes, headers: Headers) -> PamelaEvent:
        """Verify, then parse. What is parsed is the text that was signed.

        Raises:
            WebhookVerificationError: see :class:`~trunkline.webhooks.Reason`; from
                ``undecodable_body`` on, the signature was right.
        """
        return self._parse(self._authenticate(body, headers))

    def verify_payload(self, payload: Any, signature: str | None) -> None:
        """Verify where only the parsed payload is left; prefer :meth:`verify`.

        Args:
            payload: the parsed body; text and bytes are taken as the body itself.
            signature: the value of ``X-Pamela-Signature``.

        Raises:
            WebhookVerificationError: as :meth:`verify`.
        """
        self.__check_age(self._authenticate_payload(payload, signature))

    def sign(self, body: bytes) -> str:
        """The header value for a body, as the service would send it (for tests and senders).

        Raises:
            WebhookVerificationError: ``body_not_bytes`` or ``body_too_large``.
        """
        return self._keys.sign(raw_body(body, self.max_body_bytes)).hex()

    def event_types(self) -> Mapping[str, type[Any]]:
        """The class of every documented event, by name."""
        from trunkline.webhooks.events import event_types

        return event_types()[self.name]

    def accept(self, request: IncomingRequest) -> Accepted[PamelaEvent]:
        """What :class:`~trunkline.webhooks.WebhookEndpoint` calls; the key is of signed material.

        Raises:
            WebhookVerificationError: as :meth:`unwrap`.
        """
        from trunkline.webhooks.request import Accepted, digest_key
        from trunkline.webhooks.verification.canonical_json import canonical_text

        signed = self._authenticate(request.body, request.headers)
        event = self._parse(signed)
        # Canonical, so that a retry which writes and signs its body anew is the same delivery.
        key = digest_key(self.name, canonical_text(signed) or signed)
        return Accepted(event=event, value=event, key=key)

    def _authenticate(self, body: object, headers: Headers) -> bytes:
        raw = raw_body(body, self.max_body_bytes)
        expected = _digest(required_value(headers, SIGNATURE_HEADER))
        # Canonical JSON costs ten times the hash, so it is made only when the raw bytes fail.
        if self._keys.match(raw, expected):
            return raw
        return self._matching(self._canonical(raw), expected)

    def _authenticate_payload(self, payload: Any, signature: str | None) -> bytes:
        from trunkline.webhooks.verification.canonical_json import canonical_json

        headers = {} if signature is None else {SIGNATURE_HEADER: signature}
        if isinstance(payload, str):
            # A lone surrogate has no UTF-8; whatever it becomes, no signature can match it.
            payload = payload.encode("utf-8", "surrogatepass")
        if isinstance(payload, bytes | bytearray):
            return self._authenticate(payload, headers)
        expected = _digest(required_value(headers, SIGNATURE_HEADER))
        texts = [canonical_json(payload, spaced=spaced) for spaced in self._forms]
        raw_body(texts[0], self.max_body_bytes)
        return self._matching(texts, expected)

    def _canonical(self, raw: bytes) -> list[bytes]:
        from trunkline.webhooks.verification.canonical_json import canonical_text

        texts = (canonical_text(raw, spaced=spaced) for spaced in self._forms)
        return [text for text in texts if text is not None]

    def _matching(self, texts: list[bytes], expected: bytes) -> bytes:
        matches = [text for text in texts if self._keys.match(text, expected)]
        if not matches:
            raise WebhookVerificationError(
                Reason.BAD_SIGNATURE,
                "the signature matches no configured secret: is it the secret of this webhook, "
                "and is the body the raw bytes that were received?",
            )
        return matches[0]

    def __check_age(self, signed: bytes) -> None:
        if self._tolerance is not None:
            self._parse(signed)

    def _parse(self, signed: bytes) -> PamelaEvent:
        from trunkline.webhooks.events import require_known
        from trunkline.webhooks.events.pamela import ToolExecution, parse
        from trunkline.webhooks.verification.canonical_json import parse_json

        event = parse(parse_json(signed))
        if self._tolerance is not None and not isinstance(event, ToolExecution):
            _check_age(event.payload.get("timestamp"), self._tolerance, self._clock())
        return require_known(event) if self._refuse_unknown else event


def verify_webhook_signature(
    payload: Any,
    signature: str | None,
    secret: str,
    *,
    accept_legacy_spaced: bool = False,
    max_body_bytes: int = MAX_BODY_BYTES,
) -> bool:
    """Whether a Pamela delivery is authentic, in the form that the vendor's page shows.

    Args:
        payload: the parsed body, or the body itself as text or bytes (better: nothing is lost).
        signature: the value of ``X-Pamela-Signature``; None and anything odd are False.
        secret: the signing secret.
        accept_legacy_spaced: also accept the signatures of package versions 1.0.0 and 1.0.1.
        max_body_bytes: larger payloads are False, before hashing.

    Raises:
        WebhookVerificationError: ``empty_secret`` (a ValueError), for an empty or missing secret:
            anybody could sign with it.
    """
    webhook = PamelaWebhook(
        secret, accept_legacy_spaced=accept_legacy_spaced, max_body_bytes=max_body_bytes
    )
    try:
        webhook.verify_payload(payload, signature)
    except WebhookVerificationError:
        return False
    return True


def _digest(signature: str) -> bytes:
    # Stricter than bytes.fromhex, which takes upper case and spaces.
    if len(signature) == _HEX_LENGTH and not signature.strip("0123456789abcdef"):
        return bytes.fromhex(signature)
    raise WebhookVerificationError(
        Reason.MALFORMED_HEADER,
        f"{SIGNATURE_HEADER} is not {_HEX_LENGTH} lower-case hex digits without a prefix",
    )


def _check_age(timestamp: object, tolerance: float, now: float) -> None:
    """Raise unless the timestamp is within ``tolerance`` seconds of ``now``, either way.

    Args:
        timestamp: ISO 8601 text from inside the signed content; without a zone it is UTC.
        tolerance: seconds; exactly that difference still passes.
        now: Unix time in seconds.

    Raises:
        WebhookVerificationError: ``bad_timestamp``, ``too_old`` or ``too_new``.
    """
    signed_at = parse_timestamp(timestamp)
    if signed_at is None:
        raise WebhookVerificationError(
            Reason.BAD_TIMESTAMP, "the payload has no timestamp in ISO 8601; its age is unknown"
        )
    age = now - signed_at.timestamp()
    if age > tolerance:
        raise WebhookVerificationError(
            Reason.TOO_OLD, f"signed {age:.0f} s ago, the tolerance is {tolerance:g} s"
        )
    if -age > tolerance:
        raise WebhookVerificationError(
            Reason.TOO_NEW,
            f"signed {-age:.0f} s in the future, the tolerance is {tolerance:g} s: check the clock",
        )
