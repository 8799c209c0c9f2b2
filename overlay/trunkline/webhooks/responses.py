"""Responses to deliveries, chosen so that the sender's retries do the right thing.

=====================  ======  ==================================================================
outcome                status  what a sender does with it
=====================  ======  ==================================================================
handled, ignored       200     nothing more
queued                 202     nothing more
duplicate              200     nothing more: it was handled before
refused                401     not authentic (403: foreign network); repeating does not help
refused                400     authentic, but not what the contract promises
refused                413     larger than the limit
wrong_method           405     only POST is accepted
failed                 500     repeats it; the claim was released (or the handler's own 5xx)
busy                   503     repeats it later: another worker handles it, and may still fail
unavailable            503     repeats it later: the replay store is down
=====================  ======  ==================================================================

409 is never used, because senders differ in what they do with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from trunkline.errors import InvalidArgumentError
from trunkline.webhooks.errors import Reason, WebhookVerificationError

__all__ = ["Outcome", "Reply", "WebhookResponse", "accepted", "problem", "refused"]

Outcome: TypeAlias = Literal[
    "handled",
    "ignored",
    "queued",
    "duplicate",
    "refused",
    "wrong_method",
    "failed",
    "busy",
    "unavailable",
]

_JSON = "application/json"
_RETRY_AFTER_SECONDS = 5
_STATUS = {
    "handled": 200,
    "ignored": 200,
    "queued": 202,
    "duplicate": 200,
    "wrong_method": 405,
    "failed": 500,
    "busy": 503,
    "unavailable": 503,
}
_REFUSALS = {
    Reason.BODY_TOO_LARGE: 413,
    Reason.FOREIGN_NETWORK: 403,
    Reason.BODY_NOT_BYTES: 400,
    Reason.UNDECODABLE_BODY: 400,
    Reason.MALFORMED_EVENT: 400,
    Reason.UNKNOWN_EVENT: 400,
}
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A response chosen by a handler, for deliveries whose sender reads the response.

    Attributes:
        body: the bytes of the response.
        status: the HTTP status.
        content_type: the media type of the body.

    Raises:
        InvalidArgumentError: the status is not that of a final response, or another attribute
            cannot be sent.
    """

    body: bytes = field(default=b"", repr=False)
    status: int = 200
    content_type: str = _JSON

    def __post_init__(self) -> None:
        if not isinstance(self.body, bytes):
            raise InvalidArgumentError(f"body must be bytes, not {type(self.body).__name__}")
        if not isinstance(self.status, int) or not 200 <= self.status <= 599:
            raise InvalidArgumentError(f"status must be from 200 to 599, not {self.status!r:.20}")
        if not self.content_type.isascii() or not self.content_type.isprintable():
            raise InvalidArgumentError("content_type must be printable ASCII")

    @classmethod
    def json(cls, value: Any, *, status: int = 200) -> Reply:
        """A reply with a JSON value.

        Raises:
            ValueError: for NaN and infinities, which JSON lacks.
            TypeError: for a value that JSON cannot hold.
        """
        return cls(body=json.dumps(value, allow_nan=False).encode("ascii"), status=status)

    @classmethod
    def xml(cls, document: str, *, status: int = 200) -> Reply:
        """A reply with an XML document, such as TwiML for an inbound call."""
        return cls(body=document.encode(), status=status, content_type="text/xml; charset=utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookResponse:
    """The response to send, and why.

    Attributes:
        outcome: what happened to the delivery.
        status: the HTTP status.
        body: the bytes of the body; never a part of the delivery, a secret or a stack trace.
        headers: the headers of the response.
        event: the event, where the delivery was accepted.
        error: why the delivery was refused, where it was.
    """

    outcome: Outcome
    status: int
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(hash=False)
    event: object = None
    error: WebhookVerificationError | None = None


def accepted(outcome: Outcome, event: object, reply: Reply | None) -> WebhookResponse:
    """Respond to a delivery that was authentic and valid.

    Args:
        outcome: ``handled``, ``ignored``, ``queued``, ``duplicate``, or ``failed`` where the
            handler's own response says so.
        event: the event.
        reply: the handler's own response, or the source's; None for ``{"status": ...}``.
    """
    reply = reply or Reply.json(
        {"status": "ok" if outcome == "handled" else outcome}, status=_STATUS[outcome]
    )
    return WebhookResponse(
        outcome=outcome,
        status=reply.status,
        body=reply.body,
        headers={"Content-Type": reply.content_type},
        event=event,
    )


def refused(error: WebhookVerificationError) -> WebhookResponse:
    """Respond to a refused delivery, without a detail that would help a forger."""
    status = _REFUSALS.get(error.reason, _UNAUTHORIZED)
    text = "Invalid signature" if status == _UNAUTHORIZED else error.reason.value
    return WebhookResponse(
        outcome="refused",
        status=status,
        body=Reply.json({"error": text}).body,
        headers={"Content-Type": _JSON},
        error=error,
    )


def problem(outcome: Outcome, event: object = None) -> WebhookResponse:
    """Respond where the receiver failed, or the method is wrong.

    Args:
        outcome: ``failed``, ``busy``, ``unavailable`` or ``wrong_method``.
        event: the event, where it is known.
    """
    headers = {"Content-Type": _JSON}
    if outcome == "wrong_method":
        headers["Allow"] = "POST"
    if outcome in {"busy", "unavailable"}:
        headers["Retry-After"] = str(_RETRY_AFTER_SECONDS)
    return WebhookResponse(
        outcome=outcome,
        status=_STATUS[outcome],
        body=Reply.json({"error": outcome}).body,
        headers=headers,
        event=event,
    )
