"""StateSet's outbound events (contract ``stateset_voice_public``, the ``voice.*`` webhooks).

The documentation shows two envelopes: one with ``id``, ``api_version`` and ``data``, one with
``payload`` and the call's ids beside it. Both are read; a field is looked up in the inner object
first, where null counts as absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - fields are read by their types at run time
from typing import Any, Literal, TypeAlias

from trunkline._json import is_object
from trunkline.webhooks.events.base import Event, UnknownEvent
from trunkline.webhooks.events.build import build_named_event, events_by_name, require_object

__all__ = [
    "EVENTS",
    "CallCompleted",
    "CallEscalated",
    "CallStarted",
    "SessionEvaluated",
    "StateSetEvent",
    "WebhookDeliveryFailed",
    "parse",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceEvent(Event):
    """What all events share.

    Attributes:
        id: the event's id (``evt_...``), absent in one of the two documented envelopes.
        created_at: when it happened, in UTC; None when absent or unreadable.
        tenant_id: the tenant.
        api_version: the date of the event format, absent in one of the two envelopes.
        call_sid: Twilio's id of the call (``CA...``).
        voice_session_id: the service's own id of the session.

    Fields of all events are None when absent, null, or of another type than documented.
    """

    id: str | None = None
    created_at: datetime | None = None
    tenant_id: str | None = None
    api_version: str | None = None
    call_sid: str | None = None
    voice_session_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted(VoiceEvent):
    """A call was accepted and its session is being set up.

    Attributes:
        stream_sid: Twilio's id of the media stream (``MZ...``).
    """

    event: Literal["voice.call.started"] = "voice.call.started"
    stream_sid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCompleted(VoiceEvent):
    """A call has ended and its final state is known; numbers and summary are personal data.

    The fields are those of two documented examples, neither of which has all of them.

    Attributes:
        stream_sid: Twilio's id of the media stream (``MZ...``).
        status: the final status, such as ``completed``.
        direction: ``inbound``, or another value.
        duration_seconds: length of the call in seconds.
        escalated: whether the call was handed over.
        function_call_count: how many functions the agent called.
        transcript_turn_count: how many turns the transcript has.
        from_number: the caller; not part of ``repr``.
        to_number: the called number; not part of ``repr``.
        summary: a summary of the conversation; not part of ``repr``.
    """

    event: Literal["voice.call.completed"] = "voice.call.completed"
    stream_sid: str | None = None
    status: str | None = None
    direction: str | None = None
    duration_seconds: int | None = None
    escalated: bool | None = None
    function_call_count: int | None = None
    transcript_turn_count: int | None = None
    from_number: str | None = field(default=None, repr=False)
    to_number: str | None = field(default=None, repr=False)
    summary: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEscalated(VoiceEvent):
    """A call was handed off, bridged, or a callback was made.

    Attributes:
        stream_sid: Twilio's id of the media stream (``MZ...``).
        initiated_by: who did it, the agent or a supervisor; its values are not documented.
        target: the destination; its form is not documented. It may be a number, so it is not part
            of ``repr``.
    """

    event: Literal["voice.call.escalated"] = "voice.call.escalated"
    stream_sid: str | None = None
    initiated_by: str | None = None
    target: Any = field(default=None, repr=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEvaluated(VoiceEvent):
    """An evaluation of a session was recorded.

    Attributes:
        score: the score; its scale is not documented.
        tags: the tags; their type is not documented.
    """

    event: Literal["voice.session.evaluated"] = "voice.session.evaluated"
    score: float | None = None
    tags: tuple[Any, ...] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDeliveryFailed(VoiceEvent):
    """The service gave up delivering an event to an endpoint.

    Attributes:
        event_id: the id of the event that was not delivered.
        endpoint_id: the endpoint's id at the service.
        attempt_count: the number of attempts.
    """

    event: Literal["voice.webhook.delivery_failed"] = "voice.webhook.delivery_failed"
    event_id: str | None = None
    endpoint_id: str | None = None
    attempt_count: int | None = None


KnownEvent: TypeAlias = (
    CallStarted | CallCompleted | CallEscalated | SessionEvaluated | WebhookDeliveryFailed
)
StateSetEvent: TypeAlias = KnownEvent | UnknownEvent
"""Every event that a StateSet webhook can deliver."""

EVENTS: dict[str, type[KnownEvent]] = events_by_name(KnownEvent)

# Always those of the envelope, even where the inner object has the same names.
_ENVELOPE_FIELDS = ("id", "created_at", "api_version")


def parse(payload: object) -> StateSetEvent:
    """Return the typed event of a decoded payload, in either envelope.

    Raises:
        WebhookVerificationError: ``malformed_event``, without an event name.
    """
    fields = require_object(payload)
    return build_named_event(EVENTS, fields, _merge_envelope(fields))


def _merge_envelope(fields: dict[str, Any]) -> dict[str, Any]:
    objects = (fields.get(key) for key in ("data", "payload"))
    inner = next((one for one in objects if is_object(one) and one), None) or {}
    given = {key: value for key, value in inner.items() if value is not None}
    return {**fields, **given, **{key: fields.get(key) for key in _ENVELOPE_FIELDS}}
