# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class ConversationTurn(_Model):
    """One turn with its measurements.

    Attributes:
        turn_id (str | None): `turn_1` and so on.
        user_transcript (str | None):
        agent_response (str | None):
        stt_metrics (None | SttMetrics | None):
        llm_metrics (LlmMetrics | None):
        tts_metrics (None | TtsMetrics | None):
        eou_metrics (EouMetrics | None):
        timestamp (float | None): Epoch seconds.
        bug_report (bool | None):
        trace_id (None | str | None): `trace_` and 16 hexadecimal digits.
        otel_spans (list[Any] | None):
        tool_calls (list[ToolCallRecord] | None):
        trace_duration_ms (float | None): Always null in the vendor's package.
        trace_cost_usd (float | None):
        turn_configuration (Any | None): Configuration of the session, repeated in every turn by the vendor's package.
        enhanced_stt_data (Any | None): More on the speech recognition, when there is any.
        enhanced_llm_data (Any | None): More on the language model, when there is any.
        enhanced_tts_data (Any | None): More on the speech synthesis, when there is any.
        enhanced_vad_data (Any | None): More on the voice activity detection, when there is any.
        state_events (list[Any] | None): Changes of state, when there are any.
        prompt_data (PromptData | None): What the language model was given for the turn.
        fallback_events (list[Any] | None): Changes of provider, when there are any.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "turn_id": "turn_id",
        "user_transcript": "user_transcript",
        "agent_response": "agent_response",
        "stt_metrics": "stt_metrics",
        "llm_metrics": "llm_metrics",
        "tts_metrics": "tts_metrics",
        "eou_metrics": "eou_metrics",
        "timestamp": "timestamp",
        "bug_report": "bug_report",
        "trace_id": "trace_id",
        "otel_spans": "otel_spans",
        "tool_calls": "tool_calls",
        "trace_duration_ms": "trace_duration_ms",
        "trace_cost_usd": "trace_cost_usd",
        "turn_configuration": "turn_configuration",
        "enhanced_stt_data": "enhanced_stt_data",
        "enhanced_llm_data": "enhanced_llm_data",
        "enhanced_tts_data": "enhanced_tts_data",
        "enhanced_vad_data": "enhanced_vad_data",
        "state_events": "state_events",
        "prompt_data": "prompt_data",
        "fallback_events": "fallback_events",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "turn_id",
            "user_transcript",
            "agent_response",
            "stt_metrics",
            "llm_metrics",
            "tts_metrics",
            "eou_metrics",
            "timestamp",
            "bug_report",
            "trace_id",
            "otel_spans",
            "tool_calls",
            "trace_duration_ms",
            "trace_cost_usd",
            "turn_configuration",
            "enhanced_stt_data",
            "enhanced_llm_data",
            "enhanced_tts_data",
            "enhanced_vad_data",
            "state_events",
            "prompt_data",
            "fallback_events",
        }
    )

    turn_id: str | None = None
    user_transcript: str | None = _attrs_field(default=None, repr=_mask)
    agent_response: str | None = _attrs_field(default=None, repr=_mask)
    stt_metrics: None | SttMetrics = None
    llm_metrics: LlmMetrics | None = None
    tts_metrics: None | TtsMetrics = None
    eou_metrics: EouMetrics | None = None
    timestamp: float | None = None
    bug_report: bool | None = None
    trace_id: None | str = None
    otel_spans: list[Any] | None = _attrs_field(default=None, repr=_mask)
    tool_calls: list[ToolCallRecord] | None = None
    trace_duration_ms: float | None = None
    trace_cost_usd: float | None = None
    turn_configuration: Any = _attrs_field(default=None, repr=_mask)
    enhanced_stt_data: Any = _attrs_field(default=None, repr=_mask)
    enhanced_llm_data: Any = _attrs_field(default=None, repr=_mask)
    enhanced_tts_data: Any = _attrs_field(default=None, repr=_mask)
    enhanced_vad_data: Any = _attrs_field(default=None, repr=_mask)
    state_events: list[Any] | None = _attrs_field(default=None, repr=_mask)
    prompt_data: PromptData | None = None
    fallback_events: list[Any] | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.turn_id is not None:
            field_dict["turn_id"] = self.turn_id
        if self.user_transcript is not None:
            field_dict["user_transcript"] = self.user_transcript
        if self.agent_response is not None:
            field_dict["agent_response"] = self.agent_response
        if self.stt_metrics is not None:
            field_dict["stt_metrics"] = to_json(self.stt_metrics)
        if self.llm_metrics is not None:
            field_dict["llm_metrics"] = to_json(self.llm_metrics)
        if self.tts_metrics is not None:
            field_dict["tts_metrics"] = to_json(self.tts_metrics)
        if self.eou_metrics is not None:
            field_dict["eou_metrics"] = to_json(self.eou_metrics)
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        if self.bug_report is not None:
            field_dict["bug_report"] = self.bug_report
        if self.trace_id is not None:
            field_dict["trace_id"] = self.trace_id
        if self.otel_spans is not None:
            field_dict["otel_spans"] = self.otel_spans
        if self.tool_calls is not None:
            field_dict["tool_calls"] = [item_tool_calls.to_dict() for item_tool_calls in self.tool_calls]
        if self.trace_duration_ms is not None:
            field_dict["trace_duration_ms"] = self.trace_duration_ms
        if self.trace_cost_usd is not None:
            field_dict["trace_cost_usd"] = self.trace_cost_usd
        if self.turn_configuration is not None:
            field_dict["turn_configuration"] = self.turn_configuration
        if self.enhanced_stt_data is not None:
            field_dict["enhanced_stt_data"] = self.enhanced_stt_data
        if self.enhanced_llm_data is not None:
            field_dict["enhanced_llm_data"] = self.enhanced_llm_data
        if self.enhanced_tts_data is not None:
            field_dict["enhanced_tts_data"] = self.enhanced_tts_data
        if self.enhanced_vad_data is not None:
            field_dict["enhanced_vad_data"] = self.enhanced_vad_data
        if self.state_events is not None:
            field_dict["state_events"] = self.state_events
        if self.prompt_data is not None:
            field_dict["prompt_data"] = self.prompt_data.to_dict()
        if self.fallback_events is not None:
            field_dict["fallback_events"] = self.fallback_events
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_turn_id,
                    f_user_transcript,
                    f_agent_response,
                    f_stt_metrics,
                    f_llm_metrics,
                    f_tts_metrics,
                    f_eou_metrics,
                    f_timestamp,
                    f_bug_report,
                    f_trace_id,
                    f_otel_spans,
                    f_tool_calls,
                    f_trace_duration_ms,
                    f_trace_cost_usd,
                    f_turn_configuration,
                    f_enhanced_stt_data,
                    f_enhanced_llm_data,
                    f_enhanced_tts_data,
                    f_enhanced_vad_data,
                    f_state_events,
                    f_prompt_data,
                    f_fallback_events,
                ) = values
            else:
                get = src_dict.get
                f_turn_id = get("turn_id")
                f_user_transcript = get("user_transcript")
                f_agent_response = get("agent_response")
                f_stt_metrics = get("stt_metrics")
                f_llm_metrics = get("llm_metrics")
                f_tts_metrics = get("tts_metrics")
                f_eou_metrics = get("eou_metrics")
                f_timestamp = get("timestamp")
                f_bug_report = get("bug_report")
                f_trace_id = get("trace_id")
                f_otel_spans = get("otel_spans")
                f_tool_calls = get("tool_calls")
                f_trace_duration_ms = get("trace_duration_ms")
                f_trace_cost_usd = get("trace_cost_usd")
                f_turn_configuration = get("turn_configuration")
                f_enhanced_stt_data = get("enhanced_stt_data")
                f_enhanced_llm_data = get("enhanced_llm_data")
                f_enhanced_tts_data = get("enhanced_tts_data")
                f_enhanced_vad_data = get("enhanced_vad_data")
                f_state_events = get("state_events")
                f_prompt_data = get("prompt_data")
                f_fallback_events = get("fallback_events")
            if (
                type(src_dict) is dict
                and (type(f_turn_id) is str or f_turn_id is None and "turn_id" not in src_dict)
                and (type(f_user_transcript) is str or f_user_transcript is None and "user_transcript" not in src_dict)
                and (type(f_agent_response) is str or f_agent_response is None and "agent_response" not in src_dict)
                and (f_stt_metrics is None or type(f_stt_metrics) is dict)
                and (f_llm_metrics is None or type(f_llm_metrics) is dict)
                and (f_tts_metrics is None or type(f_tts_metrics) is dict)
                and (f_eou_metrics is None or type(f_eou_metrics) is dict)
                and (
                    (type(f_timestamp) is float or type(f_timestamp) is int)
                    or f_timestamp is None
                    and "timestamp" not in src_dict
                )
                and (type(f_bug_report) is bool or f_bug_report is None and "bug_report" not in src_dict)
                and (f_trace_id is None or type(f_trace_id) is str)
                and (type(f_otel_spans) is list or f_otel_spans is None and "otel_spans" not in src_dict)
                and (type(f_tool_calls) is list or f_tool_calls is None and "tool_calls" not in src_dict)
                and (
                    f_trace_duration_ms is None
                    or (type(f_trace_duration_ms) is float or type(f_trace_duration_ms) is int)
                )
                and (f_trace_cost_usd is None or (type(f_trace_cost_usd) is float or type(f_trace_cost_usd) is int))
                and (type(f_state_events) is list or f_state_events is None and "state_events" not in src_dict)
                and (type(f_prompt_data) is dict or f_prompt_data is None and "prompt_data" not in src_dict)
                and (type(f_fallback_events) is list or f_fallback_events is None and "fallback_events" not in src_dict)
            ):
                model = _new(cls)
                model.turn_id = f_turn_id
                model.user_transcript = f_user_transcript
                model.agent_response = f_agent_response
                model.stt_metrics = None if f_stt_metrics is None else _read_SttMetrics(f_stt_metrics, reading)
                model.llm_metrics = None if f_llm_metrics is None else _read_LlmMetrics(f_llm_metrics, reading)
                model.tts_metrics = None if f_tts_metrics is None else _read_TtsMetrics(f_tts_metrics, reading)
                model.eou_metrics = None if f_eou_metrics is None else _read_EouMetrics(f_eou_metrics, reading)
                model.timestamp = f_timestamp
                model.bug_report = f_bug_report
                model.trace_id = f_trace_id
                model.otel_spans = f_otel_spans
                model.tool_calls = (
                    None
                    if f_tool_calls is None
                    else _schemas.read_objects(ToolCallRecord, _read_ToolCallRecord, f_tool_calls, reading)
                )
                model.trace_duration_ms = f_trace_duration_ms
                model.trace_cost_usd = f_trace_cost_usd
                model.turn_configuration = f_turn_configuration
                model.enhanced_stt_data = f_enhanced_stt_data
                model.enhanced_llm_data = f_enhanced_llm_data
                model.enhanced_tts_data = f_enhanced_tts_data
                model.enhanced_vad_data = f_enhanced_vad_data
                model.state_events = f_state_events
                model.prompt_data = None if f_prompt_data is None else _read_PromptData(f_prompt_data, reading)
                model.fallback_events = f_fallback_events
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.eou_metrics import EouMetrics
from ..models.llm_metrics import LlmMetrics
from ..models.prompt_data import PromptData
from ..models.stt_metrics import SttMetrics
from ..models.tool_call_record import ToolCallRecord
from ..models.tts_metrics import TtsMetrics

_read_EouMetrics = EouMetrics.from_dict
_read_LlmMetrics = LlmMetrics.from_dict
_read_PromptData = PromptData.from_dict
_read_SttMetrics = SttMetrics.from_dict
_read_ToolCallRecord = ToolCallRecord.from_dict
_read_TtsMetrics = TtsMetrics.from_dict

ConversationTurn._fields = (
    _schemas.Field("turn_id", "turn_id", False, _schemas.STRING),
    _schemas.Field("user_transcript", "user_transcript", False, _schemas.STRING),
    _schemas.Field("agent_response", "agent_response", False, _schemas.STRING),
    _schemas.Field("stt_metrics", "stt_metrics", False, _schemas.Union(_schemas.Object(SttMetrics), _schemas.NULL)),
    _schemas.Field("llm_metrics", "llm_metrics", False, _schemas.Union(_schemas.Object(LlmMetrics), _schemas.NULL)),
    _schemas.Field("tts_metrics", "tts_metrics", False, _schemas.Union(_schemas.Object(TtsMetrics), _schemas.NULL)),
    _schemas.Field("eou_metrics", "eou_metrics", False, _schemas.Union(_schemas.Object(EouMetrics), _schemas.NULL)),
    _schemas.Field("timestamp", "timestamp", False, _schemas.NUMBER),
    _schemas.Field("bug_report", "bug_report", False, _schemas.BOOLEAN),
    _schemas.Field("trace_id", "trace_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("otel_spans", "otel_spans", False, _schemas.Array(_schemas.ANYTHING)),
    _schemas.Field("tool_calls", "tool_calls", False, _schemas.Array(_schemas.Object(ToolCallRecord))),
    _schemas.Field("trace_duration_ms", "trace_duration_ms", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("trace_cost_usd", "trace_cost_usd", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("turn_configuration", "turn_configuration", False, _schemas.ANYTHING),
    _schemas.Field("enhanced_stt_data", "enhanced_stt_data", False, _schemas.ANYTHING),
    _schemas.Field("enhanced_llm_data", "enhanced_llm_data", False, _schemas.ANYTHING),
    _schemas.Field("enhanced_tts_data", "enhanced_tts_data", False, _schemas.ANYTHING),
    _schemas.Field("enhanced_vad_data", "enhanced_vad_data", False, _schemas.ANYTHING),
    _schemas.Field("state_events", "state_events", False, _schemas.Array(_schemas.ANYTHING)),
    _schemas.Field("prompt_data", "prompt_data", False, _schemas.Object(PromptData)),
    _schemas.Field("fallback_events", "fallback_events", False, _schemas.Array(_schemas.ANYTHING)),
)
ConversationTurn._extra = _schemas.ANYTHING
