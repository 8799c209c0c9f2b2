# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.export_format import ExportFormat
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_agent_id,
                    f_format_,
                    f_date_range,
                    f_include_transcripts,
                    f_include_metrics,
                ) = values
            else:
                get = src_dict.get
                f_agent_id = get("agent_id")
                f_format_ = get("format")
                f_date_range = get("date_range")
                f_include_transcripts = get("include_transcripts")
                f_include_metrics = get("include_metrics")
            if (
                type(src_dict) is dict
                and (type(f_agent_id) is str or f_agent_id is None and "agent_id" not in src_dict)
                and (type(f_format_) is str or f_format_ is None and "format" not in src_dict)
                and (type(f_date_range) is dict or f_date_range is None and "date_range" not in src_dict)
                and (
                    type(f_include_transcripts) is bool
                    or f_include_transcripts is None
                    and "include_transcripts" not in src_dict
                )
                and (type(f_include_metrics) is bool or f_include_metrics is None and "include_metrics" not in src_dict)
            ):
                model = _new(cls)
                model.agent_id = f_agent_id
                model.format_ = None if f_format_ is None else (_ExportFormat.get(f_format_) or ExportFormat(f_format_))
                model.date_range = None if f_date_range is None else _read_DateRange(f_date_range, reading)
                model.include_transcripts = f_include_transcripts
                model.include_metrics = f_include_metrics
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_ExportFormat = cast("dict[object, ExportFormat]", ExportFormat._value2member_map_)

from ..models.date_range import DateRange

_read_DateRange = DateRange.from_dict

CreateCallExportRequest._fields = (
    _schemas.Field("agent_id", "agent_id", False, _schemas.STRING),
    _schemas.Field("format", "format_", False, _schemas.Member(ExportFormat)),
    _schemas.Field("date_range", "date_range", False, _schemas.Object(DateRange)),
    _schemas.Field("include_transcripts", "include_transcripts", False, _schemas.BOOLEAN),
    _schemas.Field("include_metrics", "include_metrics", False, _schemas.BOOLEAN),
)
CreateCallExportRequest._extra = _schemas.ANYTHING
