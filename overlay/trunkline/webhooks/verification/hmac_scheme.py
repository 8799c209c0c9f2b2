"""HMAC signature schemes as data, in the forms that most senders use.

Timestamped headers of several parts (``t=…,v1=…``) are Stripe's form; a prefix (``sha256=…``) is
GitHub's; a timestamp in its own header with ``v0:{timestamp}:{body}`` is Slack's.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from trunkline.errors import ConfigurationError
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.headers import required_value

if TYPE_CHECKING:
    from trunkline.webhooks.headers import Headers

__all__ = ["HMACScheme"]

_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HMACScheme:
    """Where a signature is, how it is written, and what it covers.

    Attributes:
        header: the header that carries the signature.
        algorithm: the hash of the HMAC.
        encoding: how the signature is written; hex is lower-case.
        prefix: text before the signature, such as ``sha256=``; empty by default.
        signature_parameter: the name of a signature where the header is a list such as
            ``t=1492774577,v1=5257a8…``; it may occur several times. Empty (default): the header
            is one signature.
        timestamp_parameter: the name of the Unix time in that list; empty (default) for none.
        timestamp_header: the header that carries the Unix time instead; empty (default) for none.
        signed_content: what is signed, with ``{timestamp}`` and ``{body}``; the body by default.

    Raises:
        ConfigurationError: for a scheme that cannot be verified.
    """

    header: str
    algorithm: Literal["sha1", "sha256", "sha384", "sha512"]
    encoding: Literal["hex", "base64"]
    prefix: str = ""
    signature_parameter: str = ""
    timestamp_parameter: str = ""
    timestamp_header: str = ""
    signed_content: str = "{body}"

    def __post_init__(self) -> None:
        _require_texts(self)
        # Compared, not looked up in a set: a value that is not text may be unhashable.
        if self.algorithm not in ("sha1", "sha256", "sha384", "sha512"):
            raise ConfigurationError("algorithm must be sha1, sha256, sha384 or sha512")
        if self.encoding not in ("hex", "base64"):
            raise ConfigurationError("encoding must be hex or base64")
        if self.timestamp_parameter and not self.signature_parameter:
            raise ConfigurationError("timestamp_parameter needs a signature_parameter beside it")
        if ("{timestamp}" in self.signed_content) != self.has_timestamp:
            raise ConfigurationError(
                "a timestamp protects only when it is signed: give timestamp_parameter "
                "or timestamp_header, and {timestamp} in signed_content, or none of them"
            )
        if self.signed_content.count("{body}") != 1:
            raise ConfigurationError("signed_content has {body} once, as in '{timestamp}.{body}'")

    @property
    def has_timestamp(self) -> bool:
        """Whether a time is signed with the body."""
        return bool(self.timestamp_parameter or self.timestamp_header)

    def content(self, body: bytes, timestamp: str = "") -> bytes:
        """Return the signed content."""
        before, _, after = self.signed_content.replace("{timestamp}", timestamp).partition("{body}")
        return before.encode() + body + after.encode()

    def headers(self, digest: bytes, timestamp: str = "") -> dict[str, str]:
        """Return the headers of a delivery with this signature."""
        text = self._encode(digest)
        if not self.signature_parameter:
            signed = {self.header: text}
        else:
            times = [f"{self.timestamp_parameter}={timestamp}"] if self.timestamp_parameter else []
            signed = {self.header: ",".join([*times, f"{self.signature_parameter}={text}"])}
        return signed | ({self.timestamp_header: timestamp} if self.timestamp_header else {})

    def read(self, headers: Headers) -> tuple[list[bytes], str]:
        """Return the signatures and the timestamp of a delivery, "" without one.

        Raises:
            WebhookVerificationError: ``missing_header``, ``malformed_header`` or
                ``bad_timestamp``.
        """
        value = required_value(headers, self.header)
        texts, timestamp = [value], ""
        if self.signature_parameter:
            pairs = [part.strip().partition("=") for part in value.split(",")]
            texts = [text for name, _, text in pairs if name == self.signature_parameter]
            times = {text for name, _, text in pairs if name == self.timestamp_parameter}
            timestamp = times.pop() if len(times) == 1 else ""
        if self.timestamp_header:
            timestamp = required_value(headers, self.timestamp_header)
        if self.has_timestamp:
            _require_unix_time(timestamp)
        return self._decode(texts), timestamp

    def _decode(self, texts: list[str]) -> list[bytes]:
        # Senders that change their algorithm send both signatures: one that matches is enough.
        digests = [digest for text in texts if (digest := self._digest(text)) is not None]
        if not digests:
            named = f"{self.signature_parameter}=" if self.signature_parameter else ""
            raise WebhookVerificationError(
                Reason.MALFORMED_HEADER,
                f"{self.header} has no {named}{self.prefix} with a {self.algorithm} in "
                f"{self.encoding}",
            )
        return digests

    def _digest(self, text: str) -> bytes | None:
        digest = b""
        bare = text.removeprefix(self.prefix)
        with suppress(ValueError):
            digest = bytes.fromhex(bare) if self.encoding == "hex" else b64decode(bare)
        # Encoded again and compared: decoders accept upper case, spaces and odd base64.
        fits = len(digest) == hashlib.new(self.algorithm).digest_size
        return digest if fits and self._encode(digest) == text else None

    def _encode(self, digest: bytes) -> str:
        text = digest.hex() if self.encoding == "hex" else b64encode(digest).decode("ascii")
        return self.prefix + text


def _require_texts(scheme: HMACScheme) -> None:
    texts = [getattr(scheme, one.name) for one in fields(scheme)]
    if not scheme.header or not all(isinstance(text, str) for text in texts):
        raise ConfigurationError(
            "header is the name of a header; prefix, parameters and signed_content are text"
        )


def _require_unix_time(text: str) -> None:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise WebhookVerificationError(
            Reason.BAD_TIMESTAMP, "the signature has no timestamp in whole Unix seconds"
        )
