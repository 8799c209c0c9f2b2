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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_calls_per_day,
                    f_cost_per_day,
                    f_success_rate_per_day,
                ) = values
            else:
                get = src_dict.get
                f_calls_per_day = get("calls_per_day")
                f_cost_per_day = get("cost_per_day")
                f_success_rate_per_day = get("success_rate_per_day")
            if (
                type(src_dict) is dict
                and (
                    type(f_calls_per_day) is list
                    and {float, int}.issuperset(map(type, f_calls_per_day))
                    or f_calls_per_day is None
                    and "calls_per_day" not in src_dict
                )
                and (
                    type(f_cost_per_day) is list
                    and {float, int}.issuperset(map(type, f_cost_per_day))
                    or f_cost_per_day is None
                    and "cost_per_day" not in src_dict
                )
                and (
                    type(f_success_rate_per_day) is list
                    and {float, int}.issuperset(map(type, f_success_rate_per_day))
                    or f_success_rate_per_day is None
                    and "success_rate_per_day" not in src_dict
                )
            ):
                model = _new(cls)
                model.calls_per_day = f_calls_per_day
                model.cost_per_day = f_cost_per_day
                model.success_rate_per_day = f_success_rate_per_day
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


AgentTrends._fields = (
    _schemas.Field("calls_per_day", "calls_per_day", False, _schemas.Array(_schemas.NUMBER)),
    _schemas.Field("cost_per_day", "cost_per_day", False, _schemas.Array(_schemas.NUMBER)),
    _schemas.Field("success_rate_per_day", "success_rate_per_day", False, _schemas.Array(_schemas.NUMBER)),
)
AgentTrends._extra = _schemas.ANYTHING
