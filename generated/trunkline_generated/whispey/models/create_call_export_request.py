# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.export_format import ExportFormat
from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class CreateCallExportRequest(_Model):
    """Which fields are required, and their defaults, are not documented.

    Attributes:
        agent_id (str | None): Only calls of this agent.
        format_ (ExportFormat | None): Format of the file. `csv` is of the page; JSON is named in other documents, its
            spelling here is inferred. The vendor may add values.
        date_range (DateRange | None):
        include_transcripts (bool | None): Whether the file holds the transcripts.
        include_metrics (bool | None): Whether the file holds the measurements.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent_id": "agent_id",
        "format": "format_",
        "date_range": "date_range",
        "include_transcripts": "include_transcripts",
        "include_metrics": "include_metrics",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "agent_id",
            "format",
            "date_range",
            "include_transcripts",
            "include_metrics",
        }
    )

    agent_id: str | None = None
    format_: ExportFormat | None = None
    date_range: DateRange | None = None
    include_transcripts: bool | None = None
    include_metrics: bool | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.agent_id is not None:
            field_dict["agent_id"] = self.agent_id
        if self.format_ is not None:
            field_dict["format"] = self.format_.value
        if self.date_range is not None:
            field_dict["date_range"] = self.date_range.to_dict()
        if self.include_transcripts is not None:
            field_dict["include_transcripts"] = self.include_transcripts
        if self.include_metrics is not None:
            field_dict["include_metrics"] = self.include_metrics
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            agent_id=pop("agent_id", None),
            format_=None if (value := pop("format", None)) is None else _ExportFormat.get(value) or ExportFormat(value),
            date_range=None if (value := pop("date_range", None)) is None else DateRange.from_dict(value),
            include_transcripts=pop("include_transcripts", None),
            include_metrics=pop("include_metrics", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_ExportFormat = cast("dict[object, ExportFormat]", ExportFormat._value2member_map_)


from ..models.date_range import DateRange
