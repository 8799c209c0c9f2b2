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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.calls is not None:
            field_dict["calls"] = self.calls
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
                    f_calls,
                    f_cost,
                ) = values
            else:
                get = src_dict.get
                f_calls = get("calls")
                f_cost = get("cost")
            if (
                type(src_dict) is dict
                and (type(f_calls) is int or f_calls is None and "calls" not in src_dict)
                and ((type(f_cost) is float or type(f_cost) is int) or f_cost is None and "cost" not in src_dict)
            ):
                model = _new(cls)
                model.calls = f_calls
                model.cost = f_cost
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ProviderUsage._fields = (
    _schemas.Field("calls", "calls", False, _schemas.INTEGER),
    _schemas.Field("cost", "cost", False, _schemas.NUMBER),
)
ProviderUsage._extra = _schemas.ANYTHING
