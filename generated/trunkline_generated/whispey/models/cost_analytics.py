# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            period=pop("period", None),
            total_cost=pop("total_cost", None),
            cost_breakdown=None if (value := pop("cost_breakdown", None)) is None else CostBreakdown.from_dict(value),
            daily_costs=None
            if (value := pop("daily_costs", None)) is None
            else [DailyCost.from_dict(item_daily_costs) for item_daily_costs in value],
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.cost_breakdown import CostBreakdown
from ..models.daily_cost import DailyCost
