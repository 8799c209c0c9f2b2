# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            total_spans=pop("total_spans", None),
            avg_llm_latency=pop("avg_llm_latency", None),
            avg_tts_latency=pop("avg_tts_latency", None),
            avg_stt_latency=pop("avg_stt_latency", None),
            total_tool_calls=pop("total_tool_calls", None),
            total_user_interactions=pop("total_user_interactions", None),
            total_assistant_interactions=pop("total_assistant_interactions", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
