# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import require_const


@_attrs_define(repr=False)
class CallEnded(_Model):
    """A finished call.

    Attributes:
        call_id (str): Id of the session, the same as at its start.
        agent_id (str): Id of the agent.
        wcall_event (Literal['call_ended'] | None):
        customer_number (str | None): Phone number of the caller; the vendor's package sends the word `unknown` when it
            has none.
        call_ended_reason (str | None): Why the call ended; seen are `completed`, `error`, `failure`, `timeout`,
            `disconnected`, `cleanup` and texts of providers.
        call_started_at (str | None): ISO 8601; the vendor's package gives local time without a zone.
        call_ended_at (str | None): ISO 8601; the vendor's package gives local time without a zone.
        transcript_type (str | None): `agent`.
        recording_url (str | None): Where the recording is; empty when there is none.
        transcript_json (list[TranscriptMessage] | None):
        transcript_with_metrics (list[ConversationTurn] | None):
        metadata (CallMetadata | None): Facts about the session and every keyword that the application gave at its
            start; a nested `metadata` keyword is also spread over the top level.
        billing_duration_seconds (int | None): Seconds to be charged.
        telemetry_data (TelemetryData | None): Digest of the session's tracing; the server stores the spans in a table
            of their own.
        dynamic_variables (Any | None): Taken by the server; the vendor's package does not send it.
        voice_recording_url (str | None): Taken by the server; the vendor's package does not send it.
        duration_seconds (float | None): Taken by the server, but it collides with a computed column, so the vendor's
            package leaves it out.
        environment (str | None): Taken by the server, which takes `dev` when it is absent; the vendor's package does
            not send it.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_id": "call_id",
        "agent_id": "agent_id",
        "wcall_event": "wcall_event",
        "customer_number": "customer_number",
        "call_ended_reason": "call_ended_reason",
        "call_started_at": "call_started_at",
        "call_ended_at": "call_ended_at",
        "transcript_type": "transcript_type",
        "recording_url": "recording_url",
        "transcript_json": "transcript_json",
        "transcript_with_metrics": "transcript_with_metrics",
        "metadata": "metadata",
        "billing_duration_seconds": "billing_duration_seconds",
        "telemetry_data": "telemetry_data",
        "dynamic_variables": "dynamic_variables",
        "voice_recording_url": "voice_recording_url",
        "duration_seconds": "duration_seconds",
        "environment": "environment",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "wcall_event",
            "customer_number",
            "call_ended_reason",
            "call_started_at",
            "call_ended_at",
            "transcript_type",
            "recording_url",
            "transcript_json",
            "transcript_with_metrics",
            "metadata",
            "billing_duration_seconds",
            "telemetry_data",
            "dynamic_variables",
            "voice_recording_url",
            "duration_seconds",
            "environment",
        }
    )

    call_id: str
    agent_id: str
    wcall_event: Literal["call_ended"] | None = None
    customer_number: str | None = _attrs_field(default=None, repr=_mask)
    call_ended_reason: str | None = _attrs_field(default=None, repr=_mask)
    call_started_at: str | None = _attrs_field(default=None, repr=_mask)
    call_ended_at: str | None = _attrs_field(default=None, repr=_mask)
    transcript_type: str | None = _attrs_field(default=None, repr=_mask)
    recording_url: str | None = _attrs_field(default=None, repr=_mask)
    transcript_json: list[TranscriptMessage] | None = None
    transcript_with_metrics: list[ConversationTurn] | None = None
    metadata: CallMetadata | None = None
    billing_duration_seconds: int | None = None
    telemetry_data: TelemetryData | None = None
    dynamic_variables: Any = _attrs_field(default=None, repr=_mask)
    voice_recording_url: str | None = _attrs_field(default=None, repr=_mask)
    duration_seconds: float | None = None
    environment: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["call_id"] = self.call_id
        field_dict["agent_id"] = self.agent_id
        if self.wcall_event is not None:
            field_dict["wcall_event"] = self.wcall_event
        if self.customer_number is not None:
            field_dict["customer_number"] = self.customer_number
        if self.call_ended_reason is not None:
            field_dict["call_ended_reason"] = self.call_ended_reason
        if self.call_started_at is not None:
            field_dict["call_started_at"] = self.call_started_at
        if self.call_ended_at is not None:
            field_dict["call_ended_at"] = self.call_ended_at
        if self.transcript_type is not None:
            field_dict["transcript_type"] = self.transcript_type
        if self.recording_url is not None:
            field_dict["recording_url"] = self.recording_url
        if self.transcript_json is not None:
            field_dict["transcript_json"] = [
                item_transcript_json.to_dict() for item_transcript_json in self.transcript_json
            ]
        if self.transcript_with_metrics is not None:
            field_dict["transcript_with_metrics"] = [
                item_transcript_with_metrics.to_dict() for item_transcript_with_metrics in self.transcript_with_metrics
            ]
        if self.metadata is not None:
            field_dict["metadata"] = self.metadata.to_dict()
        if self.billing_duration_seconds is not None:
            field_dict["billing_duration_seconds"] = self.billing_duration_seconds
        if self.telemetry_data is not None:
            field_dict["telemetry_data"] = self.telemetry_data.to_dict()
        if self.dynamic_variables is not None:
            field_dict["dynamic_variables"] = self.dynamic_variables
        if self.voice_recording_url is not None:
            field_dict["voice_recording_url"] = self.voice_recording_url
        if self.duration_seconds is not None:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.environment is not None:
            field_dict["environment"] = self.environment
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_id=pop("call_id"),
            agent_id=pop("agent_id"),
            wcall_event=None
            if (value := pop("wcall_event", None)) is None
            else require_const(value, "call_ended", "wcall_event"),
            customer_number=pop("customer_number", None),
            call_ended_reason=pop("call_ended_reason", None),
            call_started_at=pop("call_started_at", None),
            call_ended_at=pop("call_ended_at", None),
            transcript_type=pop("transcript_type", None),
            recording_url=pop("recording_url", None),
            transcript_json=None
            if (value := pop("transcript_json", None)) is None
            else [TranscriptMessage.from_dict(item_transcript_json) for item_transcript_json in value],
            transcript_with_metrics=None
            if (value := pop("transcript_with_metrics", None)) is None
            else [ConversationTurn.from_dict(item_transcript_with_metrics) for item_transcript_with_metrics in value],
            metadata=None if (value := pop("metadata", None)) is None else CallMetadata.from_dict(value),
            billing_duration_seconds=pop("billing_duration_seconds", None),
            telemetry_data=None if (value := pop("telemetry_data", None)) is None else TelemetryData.from_dict(value),
            dynamic_variables=pop("dynamic_variables", None),
            voice_recording_url=pop("voice_recording_url", None),
            duration_seconds=pop("duration_seconds", None),
            environment=pop("environment", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.call_metadata import CallMetadata
from ..models.conversation_turn import ConversationTurn
from ..models.telemetry_data import TelemetryData
from ..models.transcript_message import TranscriptMessage
