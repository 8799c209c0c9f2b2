# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class CallEndedData(_Model):
    """The call of `call.completed` and, by inference, of `call.failed`.

    Attributes:
        call_id (str | None): Id of the call.
        agent_id (str | None): Id of the agent.
        duration (float | None): Duration in seconds; the null is inferred.
        cost (float | None): Cost, currency not documented; the null is inferred.
        status (CallStatus | None): State of a call. The vendor may add values.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_id": "call_id",
        "agent_id": "agent_id",
        "duration": "duration",
        "cost": "cost",
        "status": "status",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_id",
            "agent_id",
            "duration",
            "cost",
            "status",
        }
    )

    call_id: str | None = None
    agent_id: str | None = None
    duration: float | None = None
    cost: float | None = None
    status: CallStatus | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.call_id is not None:
            field_dict["call_id"] = self.call_id
        if self.agent_id is not None:
            field_dict["agent_id"] = self.agent_id
        if self.duration is not None:
            field_dict["duration"] = self.duration
        if self.cost is not None:
            field_dict["cost"] = self.cost
        if self.status is not None:
            field_dict["status"] = self.status.value
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_id,
                    f_agent_id,
                    f_duration,
                    f_cost,
                    f_status,
                ) = values
            else:
                get = src_dict.get
                f_call_id = get("call_id")
                f_agent_id = get("agent_id")
                f_duration = get("duration")
                f_cost = get("cost")
                f_status = get("status")
            if (
                type(src_dict) is dict
                and (type(f_call_id) is str or f_call_id is None and "call_id" not in src_dict)
                and (type(f_agent_id) is str or f_agent_id is None and "agent_id" not in src_dict)
                and (f_duration is None or (type(f_duration) is float or type(f_duration) is int))
                and (f_cost is None or (type(f_cost) is float or type(f_cost) is int))
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
            ):
                model = _new(cls)
                model.call_id = f_call_id
                model.agent_id = f_agent_id
                model.duration = f_duration
                model.cost = f_cost
                model.status = None if f_status is None else (_CallStatus.get(f_status) or CallStatus(f_status))
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)


CallEndedData._fields = (
    _schemas.Field("call_id", "call_id", False, _schemas.STRING),
    _schemas.Field("agent_id", "agent_id", False, _schemas.STRING),
    _schemas.Field("duration", "duration", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("cost", "cost", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("status", "status", False, _schemas.Member(CallStatus)),
)
CallEndedData._extra = _schemas.ANYTHING
