# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class AgentAnalyticsMetrics(_Model):
    """
    Attributes:
        total_calls (int | None): Number of calls.
        success_rate (float | None): Share of completed calls in percent, 0 to 100.
        avg_duration (float | None): Mean duration in seconds.
        total_cost (float | None): Sum of the costs; the currency is not documented.
        cost_per_call (float | None): Mean cost of a call; the currency is not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "total_calls": "total_calls",
        "success_rate": "success_rate",
        "avg_duration": "avg_duration",
        "total_cost": "total_cost",
        "cost_per_call": "cost_per_call",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "total_calls",
            "success_rate",
            "avg_duration",
            "total_cost",
            "cost_per_call",
        }
    )

    total_calls: int | None = None
    success_rate: float | None = None
    avg_duration: float | None = None
    total_cost: float | None = None
    cost_per_call: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.total_calls is not None:
            field_dict["total_calls"] = self.total_calls
        if self.success_rate is not None:
            field_dict["success_rate"] = self.success_rate
        if self.avg_duration is not None:
            field_dict["avg_duration"] = self.avg_duration
        if self.total_cost is not None:
            field_dict["total_cost"] = self.total_cost
        if self.cost_per_call is not None:
            field_dict["cost_per_call"] = self.cost_per_call
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            total_calls=pop("total_calls", None),
            success_rate=pop("success_rate", None),
            avg_duration=pop("avg_duration", None),
            total_cost=pop("total_cost", None),
            cost_per_call=pop("cost_per_call", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
