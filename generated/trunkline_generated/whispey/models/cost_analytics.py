# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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
class CostAnalytics(_Model):
    """
    Attributes:
        period (str | None): The period that was asked for.
        total_cost (float | None): Sum of the costs; the currency is not documented.
        cost_breakdown (CostBreakdown | None): Costs by kind of service; other kinds are possible.
        daily_costs (list[DailyCost] | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "period": "period",
        "total_cost": "total_cost",
        "cost_breakdown": "cost_breakdown",
        "daily_costs": "daily_costs",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "period",
            "total_cost",
            "cost_breakdown",
            "daily_costs",
        }
    )

    period: str | None = None
    total_cost: float | None = None
    cost_breakdown: CostBreakdown | None = None
    daily_costs: list[DailyCost] | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.period is not None:
            field_dict["period"] = self.period
        if self.total_cost is not None:
            field_dict["total_cost"] = self.total_cost
        if self.cost_breakdown is not None:
            field_dict["cost_breakdown"] = self.cost_breakdown.to_dict()
        if self.daily_costs is not None:
            field_dict["daily_costs"] = [item_daily_costs.to_dict() for item_daily_costs in self.daily_costs]
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_period,
                    f_total_cost,
                    f_cost_breakdown,
                    f_daily_costs,
                ) = values
            else:
                get = src_dict.get
                f_period = get("period")
                f_total_cost = get("total_cost")
                f_cost_breakdown = get("cost_breakdown")
                f_daily_costs = get("daily_costs")
            if (
                type(src_dict) is dict
                and (type(f_period) is str or f_period is None and "period" not in src_dict)
                and (
                    (type(f_total_cost) is float or type(f_total_cost) is int)
                    or f_total_cost is None
                    and "total_cost" not in src_dict
                )
                and (type(f_cost_breakdown) is dict or f_cost_breakdown is None and "cost_breakdown" not in src_dict)
                and (type(f_daily_costs) is list or f_daily_costs is None and "daily_costs" not in src_dict)
            ):
                model = _new(cls)
                model.period = f_period
                model.total_cost = f_total_cost
                model.cost_breakdown = (
                    None if f_cost_breakdown is None else _read_CostBreakdown(f_cost_breakdown, reading)
                )
                model.daily_costs = (
                    None
                    if f_daily_costs is None
                    else _schemas.read_objects(DailyCost, _read_DailyCost, f_daily_costs, reading)
                )
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.cost_breakdown import CostBreakdown
from ..models.daily_cost import DailyCost

_read_CostBreakdown = CostBreakdown.from_dict
_read_DailyCost = DailyCost.from_dict

CostAnalytics._fields = (
    _schemas.Field("period", "period", False, _schemas.STRING),
    _schemas.Field("total_cost", "total_cost", False, _schemas.NUMBER),
    _schemas.Field("cost_breakdown", "cost_breakdown", False, _schemas.Object(CostBreakdown)),
    _schemas.Field("daily_costs", "daily_costs", False, _schemas.Array(_schemas.Object(DailyCost))),
)
CostAnalytics._extra = _schemas.ANYTHING
