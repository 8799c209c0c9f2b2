# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_id,
                    f_agent_id,
                    f_wcall_event,
                    f_customer_number,
                    f_call_ended_reason,
                    f_call_started_at,
                    f_call_ended_at,
                    f_transcript_type,
                    f_recording_url,
                    f_transcript_json,
                    f_transcript_with_metrics,
                    f_metadata,
                    f_billing_duration_seconds,
                    f_telemetry_data,
                    f_dynamic_variables,
                    f_voice_recording_url,
                    f_duration_seconds,
                    f_environment,
                ) = values
            else:
                get = src_dict.get
                f_call_id = src_dict["call_id"]
                f_agent_id = src_dict["agent_id"]
                f_wcall_event = get("wcall_event")
                f_customer_number = get("customer_number")
                f_call_ended_reason = get("call_ended_reason")
                f_call_started_at = get("call_started_at")
                f_call_ended_at = get("call_ended_at")
                f_transcript_type = get("transcript_type")
                f_recording_url = get("recording_url")
                f_transcript_json = get("transcript_json")
                f_transcript_with_metrics = get("transcript_with_metrics")
                f_metadata = get("metadata")
                f_billing_duration_seconds = get("billing_duration_seconds")
                f_telemetry_data = get("telemetry_data")
                f_dynamic_variables = get("dynamic_variables")
                f_voice_recording_url = get("voice_recording_url")
                f_duration_seconds = get("duration_seconds")
                f_environment = get("environment")
            if (
                type(src_dict) is dict
                and type(f_call_id) is str
                and type(f_agent_id) is str
                and (
                    type(f_wcall_event) is str
                    and f_wcall_event == "call_ended"
                    or f_wcall_event is None
                    and "wcall_event" not in src_dict
                )
                and (type(f_customer_number) is str or f_customer_number is None and "customer_number" not in src_dict)
                and (
                    type(f_call_ended_reason) is str
                    or f_call_ended_reason is None
                    and "call_ended_reason" not in src_dict
                )
                and (type(f_call_started_at) is str or f_call_started_at is None and "call_started_at" not in src_dict)
                and (type(f_call_ended_at) is str or f_call_ended_at is None and "call_ended_at" not in src_dict)
                and (type(f_transcript_type) is str or f_transcript_type is None and "transcript_type" not in src_dict)
                and (type(f_recording_url) is str or f_recording_url is None and "recording_url" not in src_dict)
                and (type(f_transcript_json) is list or f_transcript_json is None and "transcript_json" not in src_dict)
                and (
                    type(f_transcript_with_metrics) is list
                    or f_transcript_with_metrics is None
                    and "transcript_with_metrics" not in src_dict
                )
                and (type(f_metadata) is dict or f_metadata is None and "metadata" not in src_dict)
                and (
                    type(f_billing_duration_seconds) is int
                    or f_billing_duration_seconds is None
                    and "billing_duration_seconds" not in src_dict
                )
                and (type(f_telemetry_data) is dict or f_telemetry_data is None and "telemetry_data" not in src_dict)
                and (
                    type(f_voice_recording_url) is str
                    or f_voice_recording_url is None
                    and "voice_recording_url" not in src_dict
                )
                and (
                    (type(f_duration_seconds) is float or type(f_duration_seconds) is int)
                    or f_duration_seconds is None
                    and "duration_seconds" not in src_dict
                )
                and (type(f_environment) is str or f_environment is None and "environment" not in src_dict)
            ):
                model = _new(cls)
                model.call_id = f_call_id
                model.agent_id = f_agent_id
                model.wcall_event = None if f_wcall_event is None else "call_ended"
                model.customer_number = f_customer_number
                model.call_ended_reason = f_call_ended_reason
                model.call_started_at = f_call_started_at
                model.call_ended_at = f_call_ended_at
                model.transcript_type = f_transcript_type
                model.recording_url = f_recording_url
                model.transcript_json = (
                    None
                    if f_transcript_json is None
                    else _schemas.read_objects(TranscriptMessage, _read_TranscriptMessage, f_transcript_json, reading)
                )
                model.transcript_with_metrics = (
                    None
                    if f_transcript_with_metrics is None
                    else _schemas.read_objects(
                        ConversationTurn, _read_ConversationTurn, f_transcript_with_metrics, reading
                    )
                )
                model.metadata = None if f_metadata is None else _read_CallMetadata(f_metadata, reading)
                model.billing_duration_seconds = f_billing_duration_seconds
                model.telemetry_data = (
                    None if f_telemetry_data is None else _read_TelemetryData(f_telemetry_data, reading)
                )
                model.dynamic_variables = f_dynamic_variables
                model.voice_recording_url = f_voice_recording_url
                model.duration_seconds = f_duration_seconds
                model.environment = f_environment
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.call_metadata import CallMetadata
from ..models.conversation_turn import ConversationTurn
from ..models.telemetry_data import TelemetryData
from ..models.transcript_message import TranscriptMessage

_read_CallMetadata = CallMetadata.from_dict
_read_ConversationTurn = ConversationTurn.from_dict
_read_TelemetryData = TelemetryData.from_dict
_read_TranscriptMessage = TranscriptMessage.from_dict

CallEnded._fields = (
    _schemas.Field("call_id", "call_id", True, _schemas.STRING),
    _schemas.Field("agent_id", "agent_id", True, _schemas.STRING),
    _schemas.Field("wcall_event", "wcall_event", False, _schemas.Constant("call_ended")),
    _schemas.Field("customer_number", "customer_number", False, _schemas.STRING),
    _schemas.Field("call_ended_reason", "call_ended_reason", False, _schemas.STRING),
    _schemas.Field("call_started_at", "call_started_at", False, _schemas.STRING),
    _schemas.Field("call_ended_at", "call_ended_at", False, _schemas.STRING),
    _schemas.Field("transcript_type", "transcript_type", False, _schemas.STRING),
    _schemas.Field("recording_url", "recording_url", False, _schemas.STRING),
    _schemas.Field("transcript_json", "transcript_json", False, _schemas.Array(_schemas.Object(TranscriptMessage))),
    _schemas.Field(
        "transcript_with_metrics", "transcript_with_metrics", False, _schemas.Array(_schemas.Object(ConversationTurn))
    ),
    _schemas.Field("metadata", "metadata", False, _schemas.Object(CallMetadata)),
    _schemas.Field("billing_duration_seconds", "billing_duration_seconds", False, _schemas.INTEGER),
    _schemas.Field("telemetry_data", "telemetry_data", False, _schemas.Object(TelemetryData)),
    _schemas.Field("dynamic_variables", "dynamic_variables", False, _schemas.ANYTHING),
    _schemas.Field("voice_recording_url", "voice_recording_url", False, _schemas.STRING),
    _schemas.Field("duration_seconds", "duration_seconds", False, _schemas.NUMBER),
    _schemas.Field("environment", "environment", False, _schemas.STRING),
)
CallEnded._extra = _schemas.ANYTHING
