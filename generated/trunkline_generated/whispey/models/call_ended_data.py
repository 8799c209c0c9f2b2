# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_id=pop("call_id", None),
            agent_id=pop("agent_id", None),
            duration=pop("duration", None),
            cost=pop("cost", None),
            status=None if (value := pop("status", None)) is None else _CallStatus.get(value) or CallStatus(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)
