"""A source of deliveries that are signed by an :class:`HMACScheme`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from trunkline.errors import ConfigurationError
from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.base import Event, UnknownEvent
from trunkline.webhooks.events.build import require_object
from trunkline.webhooks.verification.hmac_scheme import HMACScheme
from trunkline.webhooks.verification.signed import SignedWebhook, require_fresh
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, raw_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import typing_extensions

    from trunkline.webhooks.headers import Headers

    # typing has defaults from 3.13 on.
    E = typing_extensions.TypeVar("E", bound=Event, default=UnknownEvent)
else:
    E = TypeVar("E")

__all__ = ["HMACWebhook"]

_TOLERANCE_SECONDS = 300.0


def _parse_untyped(payload: object, /) -> UnknownEvent:
    fields = require_object(payload)
    names = (fields.get(key) for key in ("event", "type"))
    name = next((one for one in names if isinstance(one, str)), "")
    return UnknownEvent(event=name, payload=fields)


class HMACWebhook(SignedWebhook[E]):
    """Verifies by an :class:`HMACScheme`, then parses.

    On its own it serves a sender that this package does not know: every delivery arrives as an
    :class:`~trunkline.webhooks.UnknownEvent` named by its ``event`` or ``type``. A provider is a
    subclass with a ``name``, a ``default_scheme``, its event classes and its parser.

    Args:
        secret: the signing secret, or several while one is being replaced, newest first.
        scheme: how the sender signs; ``default_scheme`` by default.
        tolerance: seconds that a signed timestamp may differ from the clock, either way; 300 by
            default. No effect where the scheme has no timestamp.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before hashing; 1 MiB by default.
        clock: returns Unix time in seconds.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: without a scheme, or for a tolerance or limit out of range.
    """

    name = "hmac"
    _parse_event: Callable[[object], Any] = staticmethod(_parse_untyped)
    default_scheme: ClassVar[HMACScheme | None] = None

    def __init__(
        self,
        secret: str | bytes | Iterable[str | bytes],
        scheme: HMACScheme | None = None,
        *,
        tolerance: float = _TOLERANCE_SECONDS,
        refuse_unknown: bool = False,
        max_body_bytes: int = MAX_BODY_BYTES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(secret, refuse_unknown=refuse_unknown, max_body_bytes=max_body_bytes)
        self.scheme = _require_scheme(self.default_scheme if scheme is None else scheme)
        self._tolerance = require_seconds("tolerance", tolerance, or_zero=True)
        self._clock = clock

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._keys!r}, {self.scheme!r})"

    def sign(self, body: bytes) -> str:
        """Return the value of the signature header for a body (for tests and senders).

        Raises:
            WebhookVerificationError: ``body_not_bytes`` or ``body_too_large``.
        """
        return self.sign_headers(body)[self.scheme.header]

    def sign_headers(self, body: bytes) -> dict[str, str]:
        """Return all signature headers for a body, with the current time of the clock.

        Raises:
            WebhookVerificationError: ``body_not_bytes`` or ``body_too_large``.
        """
        scheme, timestamp = self.scheme, str(int(self._clock()))
        content = scheme.content(raw_body(body, self.max_body_bytes), timestamp)
        return scheme.headers(self._keys.sign(content, scheme.algorithm), timestamp)

    def _authenticate(self, raw: bytes, headers: Headers) -> bytes:
        signatures, timestamp = self.scheme.read(headers)
        content = self.scheme.content(raw, timestamp)
        if not self._keys.match(content, *signatures, algorithm=self.scheme.algorithm):
            raise WebhookVerificationError(
                Reason.BAD_SIGNATURE,
                "the signature matches no configured secret under the scheme that was given: is "
                "it the secret of this webhook, and is the body the raw bytes that were received?",
            )
        if timestamp:
            require_fresh(int(timestamp), self._tolerance, self._clock())
        return raw


def _require_scheme(scheme: object) -> HMACScheme:
    if isinstance(scheme, HMACScheme):
        return scheme
    raise ConfigurationError(
        "scheme is an HMACScheme, such as "
        "HMACScheme(header='X-Signature', algorithm='sha256', encoding='hex')"
    )
