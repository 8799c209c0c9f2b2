# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class CostShare(_Model):
    """
    Attributes:
        total (float | None): Cost of this kind of service; the currency is not documented.
        percentage (float | None): Share of the total in percent, 0 to 100, rounded to one decimal.
        providers (ProviderCosts | None): Cost by name of the provider.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "total": "total",
        "percentage": "percentage",
        "providers": "providers",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "total",
            "percentage",
            "providers",
        }
    )

    total: float | None = None
    percentage: float | None = None
    providers: ProviderCosts | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.total is not None:
            field_dict["total"] = self.total
        if self.percentage is not None:
            field_dict["percentage"] = self.percentage
        if self.providers is not None:
            field_dict["providers"] = self.providers.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            total=pop("total", None),
            percentage=pop("percentage", None),
            providers=None if (value := pop("providers", None)) is None else ProviderCosts.from_dict(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.provider_costs import ProviderCosts
