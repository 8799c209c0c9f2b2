# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class TelemetryData(_Model):
    """Digest of the session's tracing; the server stores the spans in a table of their own.

    Attributes:
        session_traces (list[SessionTrace] | None):
        performance_metrics (PerformanceMetrics | None):
        span_summary (SpanSummary | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "session_traces": "session_traces",
        "performance_metrics": "performance_metrics",
        "span_summary": "span_summary",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "session_traces",
            "performance_metrics",
            "span_summary",
        }
    )

    session_traces: list[SessionTrace] | None = None
    performance_metrics: PerformanceMetrics | None = None
    span_summary: SpanSummary | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.session_traces is not None:
            field_dict["session_traces"] = [
                item_session_traces.to_dict() for item_session_traces in self.session_traces
            ]
        if self.performance_metrics is not None:
            field_dict["performance_metrics"] = self.performance_metrics.to_dict()
        if self.span_summary is not None:
            field_dict["span_summary"] = self.span_summary.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            session_traces=None
            if (value := pop("session_traces", None)) is None
            else [SessionTrace.from_dict(item_session_traces) for item_session_traces in value],
            performance_metrics=None
            if (value := pop("performance_metrics", None)) is None
            else PerformanceMetrics.from_dict(value),
            span_summary=None if (value := pop("span_summary", None)) is None else SpanSummary.from_dict(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.performance_metrics import PerformanceMetrics
from ..models.session_trace import SessionTrace
from ..models.span_summary import SpanSummary
