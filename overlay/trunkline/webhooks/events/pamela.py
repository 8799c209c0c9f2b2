"""Pamela's call events and tool calls (contract ``pamela``, webhooks callEvent, toolExecution)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - fields are read by their types at run time
from typing import Any, Literal, TypeAlias

from trunkline.webhooks.events.base import Event, UnknownEvent
from trunkline.webhooks.events.build import (
    build_event,
    build_named_event,
    events_by_name,
    require_object,
)

__all__ = [
    "EVENTS",
    "CallCompleted",
    "CallFailed",
    "CallQueued",
    "CallStarted",
    "CallTranscriptUpdate",
    "PamelaEvent",
    "ToolExecution",
    "parse",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent(Event):
    """What all call events share.

    Attributes:
        call_id: the call's id.
        status: the call's status, such as ``in_progress``; None when not sent.
        timestamp: when it happened, in UTC; None when absent or unreadable.
        transcript: the entries, documented for completed calls and transcript updates; their
            fields are unknown. One text where the service sends text.
    """

    call_id: str
    status: str | None = None
    timestamp: datetime | None = None
    transcript: tuple[Any, ...] | str | None = field(default=None, repr=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQueued(CallEvent):
    """The call was created and waits to be placed; the fields are those of :class:`CallEvent`."""

    event: Literal["call.queued"] = "call.queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted(CallEvent):
    """The call is connected; the fields are those of :class:`CallEvent`."""

    event: Literal["call.started"] = "call.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCompleted(CallEvent):
    """The call was completed; the fields are those of :class:`CallEvent`."""

    event: Literal["call.completed"] = "call.completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed(CallEvent):
    """The call has failed; the fields are those of :class:`CallEvent`."""

    event: Literal["call.failed"] = "call.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTranscriptUpdate(CallEvent):
    """There are new transcript entries; the fields are those of :class:`CallEvent`."""

    event: Literal["call.transcript_update"] = "call.transcript_update"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolExecution(Event):
    """The agent wants a tool to be run during a call; the response carries the result.

    Attributes:
        tool_name: the registered name.
        arguments: the arguments, not validated here; may hold personal data.
        call_id: the call's id.
        correlation_id: identifies this execution; a repeated one asks for the same result.
        call_session_id: the session's id, if sent.
        partner_id: the partner's id, if sent.
        project_id: the project's id, if sent.
    """

    event: Literal["toolExecution"] = "toolExecution"
    tool_name: str
    arguments: dict[str, Any] = field(repr=False, hash=False)
    call_id: str
    correlation_id: str
    call_session_id: str | None = None
    partner_id: str | None = None
    project_id: str | None = None


_CallEvent: TypeAlias = CallQueued | CallStarted | CallCompleted | CallFailed | CallTranscriptUpdate
PamelaEvent: TypeAlias = _CallEvent | ToolExecution | UnknownEvent
"""Every event that a Pamela webhook can deliver."""

_CALL_EVENTS: dict[str, type[_CallEvent]] = events_by_name(_CallEvent)
EVENTS: dict[str, type[Event]] = {**_CALL_EVENTS, "toolExecution": ToolExecution}


def parse(payload: object) -> PamelaEvent:
    """Return the typed event of a decoded payload.

    A payload with ``tool_name`` and without ``event`` is a tool call: the contract gives tool
    calls no event name.

    Raises:
        WebhookVerificationError: ``malformed_event``, when a required field is missing.
    """
    fields = require_object(payload)
    if "tool_name" in fields and "event" not in fields:
        return build_event(ToolExecution, fields)
    return build_named_event(_CALL_EVENTS, fields)
