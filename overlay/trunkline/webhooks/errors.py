"""The error for a refused delivery, with a closed list of reasons."""

from __future__ import annotations

from enum import StrEnum

from trunkline.errors import TrunklineError

__all__ = ["Reason", "ReplayStoreError", "WebhookVerificationError"]


class Reason(StrEnum):
    """Why a delivery was refused. The list is closed: a new reason is a new minor version."""

    EMPTY_SECRET = "empty_secret"  # noqa: S105 - the name of a reason, not a secret
    """No usable secret was configured."""
    BODY_NOT_BYTES = "body_not_bytes"
    """The body is not the raw bytes of the request."""
    BODY_TOO_LARGE = "body_too_large"
    """The body is above the limit; it was not hashed."""
    MISSING_HEADER = "missing_header"
    """The signature header, or the header of a shared secret, is absent."""
    MALFORMED_HEADER = "malformed_header"
    """A header is not in the documented form, or occurs twice with different values."""
    BAD_SIGNATURE = "bad_signature"
    """The signature, or the shared secret, matches none of the configured secrets."""
    FOREIGN_NETWORK = "foreign_network"
    """The sender's address is in none of the allowed networks."""
    TOO_OLD = "too_old"
    """The signed timestamp is further in the past than the tolerance."""
    TOO_NEW = "too_new"
    """The signed timestamp is further in the future than the tolerance."""
    BAD_TIMESTAMP = "bad_timestamp"
    """A tolerance is set, and the signed content has no readable timestamp."""
    UNDECODABLE_BODY = "undecodable_body"
    """The body, authentic or of an unsigned source, cannot be decoded."""
    MALFORMED_EVENT = "malformed_event"
    """The body was decoded, but lacks what the contract requires."""
    UNKNOWN_EVENT = "unknown_event"
    """The event's name is not in the contract, and ``refuse_unknown`` is set."""
    REPLAYED = "replayed"
    """The delivery was handled before."""


class WebhookVerificationError(TrunklineError, ValueError):
    """A delivery was refused; do not act on its content.

    The text never contains a secret, a signature or a part of the body.

    Attributes:
        reason: why, as a member of :class:`Reason`.
        message: the same as a sentence with a remedy.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(reason, message)
        self.reason = Reason(reason)
        self.message = message

    def __str__(self) -> str:
        return f"{self.reason.value}: {self.message}"


class ReplayStoreError(TrunklineError):
    """The store of handled deliveries failed or is full."""
