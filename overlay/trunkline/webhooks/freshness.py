"""The age of a signed timestamp."""

from __future__ import annotations

from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.fields import moment

__all__ = ["check_age"]


def check_age(timestamp: object, tolerance: float, now: float) -> None:
    """Raise unless the timestamp is within ``tolerance`` seconds of ``now``, either way.

    Args:
        timestamp: ISO 8601 text from inside the signed content; without a zone it is UTC.
        tolerance: seconds; exactly that difference still passes.
        now: Unix time in seconds.

    Raises:
        WebhookVerificationError: ``bad_timestamp``, ``too_old`` or ``too_new``.
    """
    signed_at = moment({"timestamp": timestamp}, "timestamp")
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
