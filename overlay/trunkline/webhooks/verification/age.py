"""The age of a signed timestamp."""

from __future__ import annotations

from trunkline.webhooks.errors import Reason, WebhookVerificationError

__all__ = ["require_fresh"]


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
