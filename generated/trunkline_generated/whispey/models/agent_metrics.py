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
class AgentMetrics(_Model):
    """
    Attributes:
        total_calls (int | None): Number of calls.
        success_rate (float | None): Share of completed calls in percent, 0 to 100.
        avg_duration (float | None): Mean duration in seconds.
        total_cost (float | None): Sum of the costs; the currency is not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "total_calls": "total_calls",
        "success_rate": "success_rate",
        "avg_duration": "avg_duration",
        "total_cost": "total_cost",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "total_calls",
            "success_rate",
            "avg_duration",
            "total_cost",
        }
    )

    total_calls: int | None = None
    success_rate: float | None = None
    avg_duration: float | None = None
    total_cost: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_total_calls,
                    f_success_rate,
                    f_avg_duration,
                    f_total_cost,
                ) = values
            else:
                get = src_dict.get
                f_total_calls = get("total_calls")
                f_success_rate = get("success_rate")
                f_avg_duration = get("avg_duration")
                f_total_cost = get("total_cost")
            if (
                type(src_dict) is dict
                and (type(f_total_calls) is int or f_total_calls is None and "total_calls" not in src_dict)
                and (
                    (type(f_success_rate) is float or type(f_success_rate) is int)
                    or f_success_rate is None
                    and "success_rate" not in src_dict
                )
                and (
                    (type(f_avg_duration) is float or type(f_avg_duration) is int)
                    or f_avg_duration is None
                    and "avg_duration" not in src_dict
                )
                and (
                    (type(f_total_cost) is float or type(f_total_cost) is int)
                    or f_total_cost is None
                    and "total_cost" not in src_dict
                )
            ):
                model = _new(cls)
                model.total_calls = f_total_calls
                model.success_rate = f_success_rate
                model.avg_duration = f_avg_duration
                model.total_cost = f_total_cost
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


AgentMetrics._fields = (
    _schemas.Field("total_calls", "total_calls", False, _schemas.INTEGER),
    _schemas.Field("success_rate", "success_rate", False, _schemas.NUMBER),
    _schemas.Field("avg_duration", "avg_duration", False, _schemas.NUMBER),
    _schemas.Field("total_cost", "total_cost", False, _schemas.NUMBER),
)
AgentMetrics._extra = _schemas.ANYTHING
