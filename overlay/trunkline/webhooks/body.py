"""The raw body: bytes only, bounded before anything is computed from it."""

from __future__ import annotations

from trunkline.webhooks.errors import Reason, WebhookVerificationError

__all__ = ["MAX_BODY_BYTES", "raw_body"]

MAX_BODY_BYTES = 1024 * 1024
"""The default limit of a body: 1 MiB."""


def raw_body(body: object, limit: int) -> bytes:
    """The body as bytes, if it is bytes and within the limit.

    Raises:
        WebhookVerificationError: ``body_not_bytes`` or ``body_too_large``.
    """
    if isinstance(body, bytearray):
        body = bytes(body)
    if not isinstance(body, bytes):
        raise WebhookVerificationError(
            Reason.BODY_NOT_BYTES,
            f"the body is {type(body).__name__}: hand over the raw bytes as they were received, "
            "neither decoded nor parsed",
        )
    if len(body) > limit:
        raise WebhookVerificationError(
            Reason.BODY_TOO_LARGE,
            f"the body has {len(body)} bytes, the limit is {limit}; raise max_body_bytes "
            "if deliveries of that size are expected",
        )
    return body
