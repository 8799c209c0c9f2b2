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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_total,
                    f_percentage,
                    f_providers,
                ) = values
            else:
                get = src_dict.get
                f_total = get("total")
                f_percentage = get("percentage")
                f_providers = get("providers")
            if (
                type(src_dict) is dict
                and ((type(f_total) is float or type(f_total) is int) or f_total is None and "total" not in src_dict)
                and (
                    (type(f_percentage) is float or type(f_percentage) is int)
                    or f_percentage is None
                    and "percentage" not in src_dict
                )
                and (type(f_providers) is dict or f_providers is None and "providers" not in src_dict)
            ):
                model = _new(cls)
                model.total = f_total
                model.percentage = f_percentage
                model.providers = None if f_providers is None else _read_ProviderCosts(f_providers, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.provider_costs import ProviderCosts

_read_ProviderCosts = ProviderCosts.from_dict

CostShare._fields = (
    _schemas.Field("total", "total", False, _schemas.NUMBER),
    _schemas.Field("percentage", "percentage", False, _schemas.NUMBER),
    _schemas.Field("providers", "providers", False, _schemas.Object(ProviderCosts)),
)
CostShare._extra = _schemas.ANYTHING
