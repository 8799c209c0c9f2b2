"""Whispey's events (contract ``whispey``), and the flat call log that its server sends.

The page documents five events in an envelope of ``event``, ``timestamp`` and ``data``, and shows
the data of ``call.completed`` only; ``call.failed`` is taken to look the same (inferred). The
open-source server sends one flat body without an event name instead: :class:`CallLog`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - fields are read by their types at run time
from typing import Any, Literal, TypeAlias

from trunkline._json import is_object
from trunkline.webhooks.events.base import Event, UnknownEvent
from trunkline.webhooks.events.build import (
    build_event,
    build_named_event,
    events_by_name,
    require_object,
)

__all__ = [
    "EVENTS",
    "AgentStatusChanged",
    "CallCompleted",
    "CallFailed",
    "CallLog",
    "CostAlert",
    "PerformanceAlert",
    "WhispeyEvent",
    "parse",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeEvent(Event):
    """What the documented events share.

    Attributes:
        timestamp: when it happened, in UTC; None when absent or unreadable.
        data: the event's own object; ``{}`` when absent.
    """

    timestamp: datetime | None = None
    data: dict[str, Any] = field(default_factory=dict[str, Any], repr=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent(EnvelopeEvent):
    """A call has ended.

    Attributes:
        call_id: the call.
        agent_id: its agent.
        duration: in seconds.
        cost: without a currency: the vendor names none.
        status: the call's status.
    """

    call_id: str | None = None
    agent_id: str | None = None
    duration: float | None = None
    cost: float | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCompleted(CallEvent):
    """A call finished successfully; the fields are those of :class:`CallEvent`."""

    event: Literal["call.completed"] = "call.completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed(CallEvent):
    """A call failed or was interrupted; the fields are those of :class:`CallEvent`."""

    event: Literal["call.failed"] = "call.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAlert(EnvelopeEvent):
    """A cost threshold was exceeded; the fields of ``data`` are not documented."""

    event: Literal["cost.alert"] = "cost.alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceAlert(EnvelopeEvent):
    """A performance threshold was exceeded; the fields of ``data`` are not documented."""

    event: Literal["performance.alert"] = "performance.alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentStatusChanged(EnvelopeEvent):
    """An agent's status changed; the fields of ``data`` are not documented."""

    event: Literal["agent.status_changed"] = "agent.status_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLog(Event):
    """The flat body that the open-source server sends after a call; it has no event name.

    ``event`` is ``call_log``, as the server names its trigger. Numbers, recording and
    metadata are personal data and not part of ``repr``. Fields are None when absent, null, or of
    another type.

    Attributes:
        call_id: the call.
        agent_id: its agent.
        call_ended_reason: why it ended, in the server's words.
        call_started_at: when it started, in UTC.
        call_ended_at: when it ended, in UTC.
        created_at: when the log entry was written, in UTC.
        duration_seconds: length of the call in seconds.
        customer_number: the other party's number.
        recording_url: where the recording is (``recording_url``, else ``voice_recording_url``).
        metadata: what the observed application attached.
        dynamic_variables: the variables of the conversation.
    """

    event: Literal["call_log"] = "call_log"
    call_id: str
    agent_id: str | None = None
    call_ended_reason: str | None = None
    call_started_at: datetime | None = None
    call_ended_at: datetime | None = None
    created_at: datetime | None = None
    duration_seconds: float | None = None
    customer_number: str | None = field(default=None, repr=False)
    recording_url: str | None = field(default=None, repr=False)
    metadata: dict[str, Any] | None = field(default=None, repr=False, hash=False)
    dynamic_variables: dict[str, Any] | None = field(default=None, repr=False, hash=False)


KnownEvent: TypeAlias = (
    CallCompleted | CallFailed | CostAlert | PerformanceAlert | AgentStatusChanged
)
WhispeyEvent: TypeAlias = KnownEvent | CallLog | UnknownEvent
"""Every event that a Whispey webhook can deliver."""

EVENTS: dict[str, type[KnownEvent]] = events_by_name(KnownEvent)


def parse(payload: object) -> WhispeyEvent:
    """Return the typed event of a decoded payload, enveloped or flat.

    Raises:
        WebhookVerificationError: ``malformed_event``, with neither an event name nor a call id.
    """
    fields = require_object(payload)
    if "event" not in fields and "call_id" in fields:
        urls = (fields.get(key) for key in ("recording_url", "voice_recording_url"))
        recording = next((url for url in urls if url and isinstance(url, str)), None)
        return build_event(CallLog, fields, {**fields, "recording_url": recording})
    found = fields.get("data")
    data = found if is_object(found) else dict[str, Any]()
    source: dict[str, Any] = {**data, "timestamp": fields.get("timestamp"), "data": data}
    return build_named_event(EVENTS, fields, source)
