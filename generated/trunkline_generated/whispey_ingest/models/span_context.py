# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            trace_id=pop("trace_id", None),
            span_id=pop("span_id", None),
            trace_flags=pop("trace_flags", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
