# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import to_json


@_attrs_define(repr=False)
class DailyCost(_Model):
    """
    Attributes:
        date (datetime.date | None): The day; its time zone is not documented, the null is inferred.
        cost (float | None): Cost of the day; the currency is not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "date": "date",
        "cost": "cost",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "date",
            "cost",
        }
    )

    date: datetime.date | None = None
    cost: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.date is not None:
            field_dict["date"] = to_json(self.date)
        if self.cost is not None:
            field_dict["cost"] = self.cost
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            date=None if (value := pop("date", None)) is None else _decode_date(value),
            cost=pop("cost", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


def _decode_date(data: Any) -> datetime.date | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.date.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.date | None", data)
