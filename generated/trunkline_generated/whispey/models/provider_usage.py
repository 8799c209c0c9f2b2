# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class ProviderUsage(_Model):
    """
    Attributes:
        calls (int | None): Calls that used the provider.
        cost (float | None): Cost at the provider; the currency is not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "calls": "calls",
        "cost": "cost",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "calls",
            "cost",
        }
    )

    calls: int | None = None
    cost: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.calls is not None:
            field_dict["calls"] = self.calls
        if self.cost is not None:
            field_dict["cost"] = self.cost
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            calls=pop("calls", None),
            cost=pop("cost", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
