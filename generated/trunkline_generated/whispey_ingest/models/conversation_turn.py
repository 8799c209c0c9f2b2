# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            turn_id=pop("turn_id", None),
            user_transcript=pop("user_transcript", None),
            agent_response=pop("agent_response", None),
            stt_metrics=None if (value := pop("stt_metrics", None)) is None else _decode_stt_metrics(value),
            llm_metrics=None if (value := pop("llm_metrics", None)) is None else _decode_llm_metrics(value),
            tts_metrics=None if (value := pop("tts_metrics", None)) is None else _decode_tts_metrics(value),
            eou_metrics=None if (value := pop("eou_metrics", None)) is None else _decode_eou_metrics(value),
            timestamp=pop("timestamp", None),
            bug_report=pop("bug_report", None),
            trace_id=pop("trace_id", None),
            otel_spans=pop("otel_spans", None),
            tool_calls=None
            if (value := pop("tool_calls", None)) is None
            else [ToolCallRecord.from_dict(item_tool_calls) for item_tool_calls in value],
            trace_duration_ms=pop("trace_duration_ms", None),
            trace_cost_usd=pop("trace_cost_usd", None),
            turn_configuration=pop("turn_configuration", None),
            enhanced_stt_data=pop("enhanced_stt_data", None),
            enhanced_llm_data=pop("enhanced_llm_data", None),
            enhanced_tts_data=pop("enhanced_tts_data", None),
            enhanced_vad_data=pop("enhanced_vad_data", None),
            state_events=pop("state_events", None),
            prompt_data=None if (value := pop("prompt_data", None)) is None else PromptData.from_dict(value),
            fallback_events=pop("fallback_events", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


def _decode_stt_metrics(data: Any) -> None | SttMetrics:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return SttMetrics.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("None | SttMetrics", data)


def _decode_llm_metrics(data: Any) -> LlmMetrics | None:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return LlmMetrics.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("LlmMetrics | None", data)


def _decode_tts_metrics(data: Any) -> None | TtsMetrics:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return TtsMetrics.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("None | TtsMetrics", data)


def _decode_eou_metrics(data: Any) -> EouMetrics | None:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return EouMetrics.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("EouMetrics | None", data)


from ..models.eou_metrics import EouMetrics
from ..models.llm_metrics import LlmMetrics
from ..models.prompt_data import PromptData
from ..models.stt_metrics import SttMetrics
from ..models.tool_call_record import ToolCallRecord
from ..models.tts_metrics import TtsMetrics
