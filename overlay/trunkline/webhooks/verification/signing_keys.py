"""The secrets of one receiver; verification tries all of them, in constant time."""

from __future__ import annotations

import hmac

from trunkline.errors import ConfigurationError
from trunkline.webhooks.errors import Reason, WebhookVerificationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Never

__all__ = ["MAX_BODY_BYTES", "SigningKeys", "raw_body"]

MAX_BODY_BYTES = 1024 * 1024
"""The default limit of a body: 1 MiB."""

_REMEDY = "give the secret that the vendor's portal shows, as text or bytes"


class SigningKeys:
    """One or several secrets, newest first; the first one signs, any of them verifies."""

    __slots__ = ("_keys",)

    def __init__(self, secrets: str | bytes | Iterable[str | bytes]) -> None:
        self._keys = tuple(_key(secret) for secret in _listed(secrets))
        if not self._keys:
            raise WebhookVerificationError(Reason.EMPTY_SECRET, f"no secret was given; {_REMEDY}")

    def sign(self, message: bytes, algorithm: str = "sha256") -> bytes:
        return hmac.digest(self._keys[0], message, algorithm)

    def match(self, message: bytes, *signatures: bytes, algorithm: str = "sha256") -> bool:
        """Return whether any secret gives any of these signatures.

        Every secret is tried, so that the time does not depend on which one matched.
        """
        matched = False
        for key in self._keys:
            digest = hmac.digest(key, message, algorithm)
            for signature in signatures:
                matched |= hmac.compare_digest(digest, signature)
        return matched

    @property
    def are_ascii(self) -> bool:
        """Whether every secret can be the value of a header under any server."""
        return all(key.isascii() for key in self._keys)

    def contain(self, value: bytes) -> bool:
        """Whether the value is one of the secrets, for schemes that send the secret itself."""
        matched = False
        for key in self._keys:
            matched |= hmac.compare_digest(key, value)
        return matched

    def __repr__(self) -> str:
        return f"<{len(self._keys)} hidden>"

    def __reduce__(self) -> Never:
        raise ConfigurationError(
            "a webhook receiver holds secrets and is not pickled: build it in each process"
        )


def _listed(secrets: object) -> Iterable[object]:
    if isinstance(secrets, str | bytes):
        return (secrets,)
    try:
        return tuple(secrets)  # type: ignore[arg-type]  # anything may come from untyped code
    except TypeError:
        return (secrets,)


def _key(secret: object) -> bytes:
    if isinstance(secret, str):
        # Not strict: the exception of a failed encoding would carry the secret.
        secret = secret.encode("utf-8", "surrogatepass")
    if not isinstance(secret, bytes):
        kind = type(secret).__name__
        raise WebhookVerificationError(Reason.EMPTY_SECRET, f"a secret is {kind}; {_REMEDY}")
    if not secret.strip():
        raise WebhookVerificationError(Reason.EMPTY_SECRET, f"a secret is empty; {_REMEDY}")
    return secret


def raw_body(body: object, limit: int) -> bytes:
    """The body as bytes, if it is bytes and within the limit."""
    if isinstance(body, bytearray):
        body = bytes(body)
    if not isinstance(body, bytes):
        raise WebhookVerificationError(
            Reason.BODY_NOT_BYTES,
            f"the body is {type(body).__name__}: pass the raw bytes as they were received, "
            "neither decoded nor parsed",
        )
    if len(body) > limit:
        raise WebhookVerificationError(
            Reason.BODY_TOO_LARGE,
            f"the body has {len(body)} bytes, the limit is {limit}; raise max_body_bytes "
            "if deliveries of that size are expected",
        )
    return body
