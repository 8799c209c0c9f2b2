# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.start is not None:
            field_dict["start"] = self.start.isoformat()
        if self.end is not None:
            field_dict["end"] = self.end.isoformat()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            start=None if (value := pop("start", None)) is None else datetime.datetime.fromisoformat(value),
            end=None if (value := pop("end", None)) is None else datetime.datetime.fromisoformat(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
