# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class DateRange(_Model):
    """
    Attributes:
        start (datetime.datetime | None): Beginning of the range.
        end (datetime.datetime | None): End of the range.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "start": "start",
        "end": "end",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "start",
            "end",
        }
    )

    start: datetime.datetime | None = None
    end: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.start is not None:
            field_dict["start"] = self.start.isoformat()
        if self.end is not None:
            field_dict["end"] = self.end.isoformat()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_start,
                    f_end,
                ) = values
            else:
                get = src_dict.get
                f_start = get("start")
                f_end = get("end")
            if (
                type(src_dict) is dict
                and (f_start is not None or "start" not in src_dict)
                and (f_end is not None or "end" not in src_dict)
            ):
                model = _new(cls)
                model.start = None if f_start is None else _parse_datetime(f_start)
                model.end = None if f_end is None else _parse_datetime(f_end)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


DateRange._fields = (
    _schemas.Field("start", "start", False, _schemas.DATETIME),
    _schemas.Field("end", "end", False, _schemas.DATETIME),
)
DateRange._extra = _schemas.ANYTHING
