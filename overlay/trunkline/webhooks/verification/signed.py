"""The base of every source that signs the body of its deliveries."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from trunkline.errors import ConfigurationError
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.base import Event
from trunkline.webhooks.request import Accepted, IncomingRequest, digest_key
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES, SigningKeys, raw_body
from trunkline.webhooks.verification.source import EventSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from trunkline.webhooks.headers import Headers

__all__ = ["SignedWebhook", "require_fresh"]

E = TypeVar("E", bound=Event)


class SignedWebhook(EventSource[E], ABC):
    """Verifies, then parses.

    Args:
        secret: the signing secret, or several while one is being replaced, newest first.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before hashing; 1 MiB by default.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: for a ``max_body_bytes`` that is not an integer above 0.
    """

    secret_variable: ClassVar[str] = ""
    """The environment variable that :meth:`from_env` reads."""

    def __init__(
        self,
        secret: str | bytes | Iterable[str | bytes],
        *,
        refuse_unknown: bool = False,
        max_body_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        super().__init__(refuse_unknown=refuse_unknown, max_body_bytes=max_body_bytes)
        self._keys = SigningKeys(secret)

    @classmethod
    def from_env(cls, *args: Any, **options: Any) -> Self:
        """Build the source with the secret in an environment variable.

        ``secret_variable`` is the variable's name. Several secrets are separated by commas,
        newest first.

        Args:
            args: the arguments after ``secret``.
            options: the keyword arguments of the class.

        Raises:
            ConfigurationError: when the variable is unset or empty.
        """
        secrets = [one.strip() for one in os.environ.get(cls.secret_variable, "").split(",")]
        if not any(secrets):
            raise ConfigurationError(
                f"set {cls.secret_variable or 'secret_variable'} to the signing secret, "
                f"or give it: {cls.__name__}(secret)"
            )
        return cls(filter(None, secrets), *args, **options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._keys!r})"

    def verify(self, body: bytes, headers: Headers) -> None:
        """Raise unless the delivery is authentic (and fresh, where its age is checked).

        Args:
            body: the raw bytes of the request, before any parsing.
            headers: the request's headers.

        Raises:
            WebhookVerificationError: for every input that is not authentic.
        """
        self._require_fresh(self._authenticate(raw_body(body, self.max_body_bytes), headers))

    def unwrap(self, body: bytes, headers: Headers) -> E:
        """Verify, then parse the text that was signed.

        Raises:
            WebhookVerificationError: see :class:`~trunkline.webhooks.Reason`; from
                ``undecodable_body`` on, the signature was right.
        """
        return self._parse(self._authenticate(raw_body(body, self.max_body_bytes), headers))

    def accept(self, request: IncomingRequest) -> Accepted[E]:
        """Verify and parse for a :class:`~trunkline.webhooks.WebhookEndpoint`.

        Raises:
            WebhookVerificationError: as :meth:`unwrap`.
        """
        raw = raw_body(request.body, self.max_body_bytes)
        signed = self._authenticate(raw, request.headers)
        event = self._parse(signed)
        return Accepted(
            event=event, value=event, key=lambda: digest_key(self.name, self._identity(signed))
        )

    @abstractmethod
    def _authenticate(self, raw: bytes, headers: Headers) -> bytes:
        """Return the signed text of the body, or raise WebhookVerificationError."""

    def _require_fresh(self, signed: bytes) -> None:
        """Raise when the time inside the signed text is outside the tolerance, if there is one."""

    def _identity(self, signed: bytes) -> bytes:
        """Return the bytes that identify a delivery: a repetition has the same ones."""
        return signed


def require_fresh(signed_at: float, tolerance: float, now: float) -> None:
    """Raise unless a time is within ``tolerance`` seconds of ``now``, either way."""
    age = now - signed_at
    if age > tolerance:
        raise WebhookVerificationError(
            Reason.TOO_OLD, f"signed {age:.0f} s ago, the tolerance is {tolerance:g} s"
        )
    if -age > tolerance:
        raise WebhookVerificationError(
            Reason.TOO_NEW,
            f"signed {-age:.0f} s in the future, the tolerance is {tolerance:g} s: check the clock",
        )
