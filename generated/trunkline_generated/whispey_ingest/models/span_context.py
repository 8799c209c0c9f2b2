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


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class SpanContext(_Model):
    """
    Attributes:
        trace_id (str | None):
        span_id (str | None):
        trace_flags (Any | None): Flags of the trace.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "trace_id": "trace_id",
        "span_id": "span_id",
        "trace_flags": "trace_flags",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "trace_id",
            "span_id",
            "trace_flags",
        }
    )

    trace_id: str | None = None
    span_id: str | None = None
    trace_flags: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.trace_id is not None:
            field_dict["trace_id"] = self.trace_id
        if self.span_id is not None:
            field_dict["span_id"] = self.span_id
        if self.trace_flags is not None:
            field_dict["trace_flags"] = self.trace_flags
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_trace_id,
                    f_span_id,
                    f_trace_flags,
                ) = values
            else:
                get = src_dict.get
                f_trace_id = get("trace_id")
                f_span_id = get("span_id")
                f_trace_flags = get("trace_flags")
            if (
                type(src_dict) is dict
                and (type(f_trace_id) is str or f_trace_id is None and "trace_id" not in src_dict)
                and (type(f_span_id) is str or f_span_id is None and "span_id" not in src_dict)
            ):
                model = _new(cls)
                model.trace_id = f_trace_id
                model.span_id = f_span_id
                model.trace_flags = f_trace_flags
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


SpanContext._fields = (
    _schemas.Field("trace_id", "trace_id", False, _schemas.STRING),
    _schemas.Field("span_id", "span_id", False, _schemas.STRING),
    _schemas.Field("trace_flags", "trace_flags", False, _schemas.ANYTHING),
)
SpanContext._extra = _schemas.ANYTHING
