"""Pamela's webhooks: HMAC-SHA256 of the body, in lower-case hex, without a timestamp.

The scheme is that of the vendor's package, versions 1.0.0 to 1.2.0, and of its
documentation pages. It has no replay protection of its own: see
:class:`~trunkline.webhooks.WebhookEndpoint` and the ``tolerance`` below.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.build import parse_timestamp
from trunkline.webhooks.events.pamela import EVENTS, PamelaEvent, ToolExecution, parse
from trunkline.webhooks.headers import required_value
from trunkline.webhooks.verification.canonical_json import canonical_json, canonical_text
from trunkline.webhooks.verification.signed import SignedWebhook, require_fresh
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, raw_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from trunkline.webhooks.headers import Headers

__all__ = ["SIGNATURE_HEADER", "PamelaWebhook", "verify_webhook_signature"]

SIGNATURE_HEADER = "X-Pamela-Signature"
_HEX_LENGTH = 64


class PamelaWebhook(SignedWebhook[PamelaEvent]):
    """Verifies and parses call events and tool calls.

    A signature is accepted over the raw bytes of the body or over its compact canonical JSON
    (:func:`~trunkline.webhooks.canonical_json`): which of the two the service signs is not
    documented, and the vendor's package verifies the latter.

    Args:
        secret: the signing secret, or several while one is being replaced, newest first.
            :meth:`from_env` reads it from ``PAMELA_WEBHOOK_SECRET``.
        accept_legacy_spaced: also accept the canonical form of package versions 1.0.0 and 1.0.1,
            with a space after each comma and colon.
        tolerance: seconds that the signed ``timestamp`` of a call event may differ from the clock,
            either way; None (default) does not check it. Tool calls have no timestamp. This
            check is an addition of this package.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before hashing; 1 MiB by default.
        clock: returns Unix time in seconds.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: for a tolerance that is not a finite number of seconds, 0 or more, or a
            ``max_body_bytes`` that is not an integer above 0.
    """

    name = "pamela"
    secret_variable = "PAMELA_WEBHOOK_SECRET"  # noqa: S105 - a variable's name
    _event_types = EVENTS
    _parse_event = staticmethod(parse)

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
        super().__init__(secret, refuse_unknown=refuse_unknown, max_body_bytes=max_body_bytes)
        self._forms = (False, True) if accept_legacy_spaced else (False,)
        self._tolerance = (
            None if tolerance is None else require_seconds("tolerance", tolerance, or_zero=True)
        )
        self._clock = clock

    def verify_payload(self, payload: Any, signature: str | None) -> None:
        """Verify a payload whose raw body is not available; prefer :meth:`verify`.

        Args:
            payload: the parsed body; text and bytes are taken as the body itself.
            signature: the value of ``X-Pamela-Signature``.

        Raises:
            WebhookVerificationError: as :meth:`verify`.
        """
        headers = {} if signature is None else {SIGNATURE_HEADER: signature}
        if isinstance(payload, str):
            # A lone surrogate has no UTF-8 form; no signature matches its replacement.
            payload = payload.encode("utf-8", "surrogatepass")
        if isinstance(payload, bytes | bytearray):
            self.verify(bytes(payload), headers)
            return
        expected = _digest(required_value(headers, SIGNATURE_HEADER))
        texts = [canonical_json(payload, spaced=spaced) for spaced in self._forms]
        raw_body(texts[0], self.max_body_bytes)
        self._require_fresh(self._matching(texts, expected))

    def sign(self, body: bytes) -> str:
        """Return the header value for a body, as the service would send it (for tests and senders).

        Raises:
            WebhookVerificationError: ``body_not_bytes`` or ``body_too_large``.
        """
        return self._keys.sign(raw_body(body, self.max_body_bytes)).hex()

    def _authenticate(self, raw: bytes, headers: Headers) -> bytes:
        expected = _digest(required_value(headers, SIGNATURE_HEADER))
        # Canonical JSON costs ten times the hash, so it is made only when the raw bytes fail.
        if self._keys.match(raw, expected):
            return raw
        texts = (canonical_text(raw, spaced=spaced) for spaced in self._forms)
        return self._matching([text for text in texts if text is not None], expected)

    def _identity(self, signed: bytes) -> bytes:
        # Canonical: a retry whose body was serialised and signed again is the same delivery.
        return canonical_text(signed) or signed

    def _matching(self, texts: list[bytes], expected: bytes) -> bytes:
        matches = [text for text in texts if self._keys.match(text, expected)]
        if not matches:
            raise WebhookVerificationError(
                Reason.BAD_SIGNATURE,
                "the signature matches no configured secret: is it the secret of this webhook, "
                "and is the body the raw bytes that were received?",
            )
        return matches[0]

    def _require_fresh(self, signed: bytes) -> None:
        if self._tolerance is not None:
            self._parse(signed)

    def _parse(self, body: bytes) -> PamelaEvent:
        event = super()._parse(body)
        if self._tolerance is not None and not isinstance(event, ToolExecution):
            signed_at = parse_timestamp(event.payload.get("timestamp"))
            if signed_at is None:
                raise WebhookVerificationError(
                    Reason.BAD_TIMESTAMP,
                    "the payload has no timestamp in ISO 8601; its age is unknown",
                )
            require_fresh(signed_at.timestamp(), self._tolerance, self._clock())
        return event


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
        signature: the value of ``X-Pamela-Signature``; None or a malformed value gives False.
        secret: the signing secret.
        accept_legacy_spaced: also accept the signatures of package versions 1.0.0 and 1.0.1.
        max_body_bytes: larger payloads give False, before hashing.

    Raises:
        WebhookVerificationError: ``empty_secret`` (a ValueError), for an empty or missing secret:
            anyone could sign with it.
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
