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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class PerformanceMetrics(_Model):
    """
    Attributes:
        total_spans (int | None):
        avg_llm_latency (float | None):
        avg_tts_latency (float | None):
        avg_stt_latency (float | None):
        total_tool_calls (int | None):
        total_user_interactions (int | None):
        total_assistant_interactions (int | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "total_spans": "total_spans",
        "avg_llm_latency": "avg_llm_latency",
        "avg_tts_latency": "avg_tts_latency",
        "avg_stt_latency": "avg_stt_latency",
        "total_tool_calls": "total_tool_calls",
        "total_user_interactions": "total_user_interactions",
        "total_assistant_interactions": "total_assistant_interactions",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "total_spans",
            "avg_llm_latency",
            "avg_tts_latency",
            "avg_stt_latency",
            "total_tool_calls",
            "total_user_interactions",
            "total_assistant_interactions",
        }
    )

    total_spans: int | None = None
    avg_llm_latency: float | None = None
    avg_tts_latency: float | None = None
    avg_stt_latency: float | None = None
    total_tool_calls: int | None = None
    total_user_interactions: int | None = None
    total_assistant_interactions: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.total_spans is not None:
            field_dict["total_spans"] = self.total_spans
        if self.avg_llm_latency is not None:
            field_dict["avg_llm_latency"] = self.avg_llm_latency
        if self.avg_tts_latency is not None:
            field_dict["avg_tts_latency"] = self.avg_tts_latency
        if self.avg_stt_latency is not None:
            field_dict["avg_stt_latency"] = self.avg_stt_latency
        if self.total_tool_calls is not None:
            field_dict["total_tool_calls"] = self.total_tool_calls
        if self.total_user_interactions is not None:
            field_dict["total_user_interactions"] = self.total_user_interactions
        if self.total_assistant_interactions is not None:
            field_dict["total_assistant_interactions"] = self.total_assistant_interactions
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_total_spans,
                    f_avg_llm_latency,
                    f_avg_tts_latency,
                    f_avg_stt_latency,
                    f_total_tool_calls,
                    f_total_user_interactions,
                    f_total_assistant_interactions,
                ) = values
            else:
                get = src_dict.get
                f_total_spans = get("total_spans")
                f_avg_llm_latency = get("avg_llm_latency")
                f_avg_tts_latency = get("avg_tts_latency")
                f_avg_stt_latency = get("avg_stt_latency")
                f_total_tool_calls = get("total_tool_calls")
                f_total_user_interactions = get("total_user_interactions")
                f_total_assistant_interactions = get("total_assistant_interactions")
            if (
                type(src_dict) is dict
                and (type(f_total_spans) is int or f_total_spans is None and "total_spans" not in src_dict)
                and (
                    (type(f_avg_llm_latency) is float or type(f_avg_llm_latency) is int)
                    or f_avg_llm_latency is None
                    and "avg_llm_latency" not in src_dict
                )
                and (
                    (type(f_avg_tts_latency) is float or type(f_avg_tts_latency) is int)
                    or f_avg_tts_latency is None
                    and "avg_tts_latency" not in src_dict
                )
                and (
                    (type(f_avg_stt_latency) is float or type(f_avg_stt_latency) is int)
                    or f_avg_stt_latency is None
                    and "avg_stt_latency" not in src_dict
                )
                and (
                    type(f_total_tool_calls) is int or f_total_tool_calls is None and "total_tool_calls" not in src_dict
                )
                and (
                    type(f_total_user_interactions) is int
                    or f_total_user_interactions is None
                    and "total_user_interactions" not in src_dict
                )
                and (
                    type(f_total_assistant_interactions) is int
                    or f_total_assistant_interactions is None
                    and "total_assistant_interactions" not in src_dict
                )
            ):
                model = _new(cls)
                model.total_spans = f_total_spans
                model.avg_llm_latency = f_avg_llm_latency
                model.avg_tts_latency = f_avg_tts_latency
                model.avg_stt_latency = f_avg_stt_latency
                model.total_tool_calls = f_total_tool_calls
                model.total_user_interactions = f_total_user_interactions
                model.total_assistant_interactions = f_total_assistant_interactions
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


PerformanceMetrics._fields = (
    _schemas.Field("total_spans", "total_spans", False, _schemas.INTEGER),
    _schemas.Field("avg_llm_latency", "avg_llm_latency", False, _schemas.NUMBER),
    _schemas.Field("avg_tts_latency", "avg_tts_latency", False, _schemas.NUMBER),
    _schemas.Field("avg_stt_latency", "avg_stt_latency", False, _schemas.NUMBER),
    _schemas.Field("total_tool_calls", "total_tool_calls", False, _schemas.INTEGER),
    _schemas.Field("total_user_interactions", "total_user_interactions", False, _schemas.INTEGER),
    _schemas.Field("total_assistant_interactions", "total_assistant_interactions", False, _schemas.INTEGER),
)
PerformanceMetrics._extra = _schemas.ANYTHING
