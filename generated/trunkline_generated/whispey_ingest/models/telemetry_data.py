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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_session_traces,
                    f_performance_metrics,
                    f_span_summary,
                ) = values
            else:
                get = src_dict.get
                f_session_traces = get("session_traces")
                f_performance_metrics = get("performance_metrics")
                f_span_summary = get("span_summary")
            if (
                type(src_dict) is dict
                and (type(f_session_traces) is list or f_session_traces is None and "session_traces" not in src_dict)
                and (
                    type(f_performance_metrics) is dict
                    or f_performance_metrics is None
                    and "performance_metrics" not in src_dict
                )
                and (type(f_span_summary) is dict or f_span_summary is None and "span_summary" not in src_dict)
            ):
                model = _new(cls)
                model.session_traces = (
                    None
                    if f_session_traces is None
                    else _schemas.read_objects(SessionTrace, _read_SessionTrace, f_session_traces, reading)
                )
                model.performance_metrics = (
                    None if f_performance_metrics is None else _read_PerformanceMetrics(f_performance_metrics, reading)
                )
                model.span_summary = None if f_span_summary is None else _read_SpanSummary(f_span_summary, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.performance_metrics import PerformanceMetrics
from ..models.session_trace import SessionTrace
from ..models.span_summary import SpanSummary

_read_PerformanceMetrics = PerformanceMetrics.from_dict
_read_SessionTrace = SessionTrace.from_dict
_read_SpanSummary = SpanSummary.from_dict

TelemetryData._fields = (
    _schemas.Field("session_traces", "session_traces", False, _schemas.Array(_schemas.Object(SessionTrace))),
    _schemas.Field("performance_metrics", "performance_metrics", False, _schemas.Object(PerformanceMetrics)),
    _schemas.Field("span_summary", "span_summary", False, _schemas.Object(SpanSummary)),
)
TelemetryData._extra = _schemas.ANYTHING
