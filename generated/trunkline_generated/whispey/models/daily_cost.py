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
from ..types import parse_date as _parse_date
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.date is not None:
            field_dict["date"] = to_json(self.date)
        if self.cost is not None:
            field_dict["cost"] = self.cost
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_date,
                    f_cost,
                ) = values
            else:
                get = src_dict.get
                f_date = get("date")
                f_cost = get("cost")
            if type(src_dict) is dict and (
                (type(f_cost) is float or type(f_cost) is int) or f_cost is None and "cost" not in src_dict
            ):
                model = _new(cls)
                model.date = None if f_date is None else _parse_date(f_date)
                model.cost = f_cost
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


DailyCost._fields = (
    _schemas.Field("date", "date", False, _schemas.Union(_schemas.DATE, _schemas.NULL)),
    _schemas.Field("cost", "cost", False, _schemas.NUMBER),
)
DailyCost._extra = _schemas.ANYTHING
