# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class AgentTrends(_Model):
    """Daily values without dates; presumably oldest first and equally many.

    Attributes:
        calls_per_day (list[float] | None):
        cost_per_day (list[float] | None):
        success_rate_per_day (list[float] | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "calls_per_day": "calls_per_day",
        "cost_per_day": "cost_per_day",
        "success_rate_per_day": "success_rate_per_day",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "calls_per_day",
            "cost_per_day",
            "success_rate_per_day",
        }
    )

    calls_per_day: list[float] | None = None
    cost_per_day: list[float] | None = None
    success_rate_per_day: list[float] | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.calls_per_day is not None:
            field_dict["calls_per_day"] = self.calls_per_day
        if self.cost_per_day is not None:
            field_dict["cost_per_day"] = self.cost_per_day
        if self.success_rate_per_day is not None:
            field_dict["success_rate_per_day"] = self.success_rate_per_day
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            calls_per_day=pop("calls_per_day", None),
            cost_per_day=pop("cost_per_day", None),
            success_rate_per_day=pop("success_rate_per_day", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
