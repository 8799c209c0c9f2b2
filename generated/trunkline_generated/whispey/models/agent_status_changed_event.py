# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_name import EventName
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import to_json


@_attrs_define(repr=False)
class AgentStatusChangedEvent(_Model):
    """
    Attributes:
        event (EventName): Name of a webhook event. The vendor may add values.
        timestamp (datetime.datetime | None): When it happened; the null is inferred.
        data (AgentStatusChangedData | None): Fields not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "timestamp": "timestamp",
        "data": "data",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "timestamp",
            "data",
        }
    )

    event: EventName
    timestamp: datetime.datetime | None = None
    data: AgentStatusChangedData | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["event"] = self.event.value
        if self.timestamp is not None:
            field_dict["timestamp"] = to_json(self.timestamp)
        if self.data is not None:
            field_dict["data"] = self.data.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            event=_EventName.get(value := pop("event")) or EventName(value),
            timestamp=None if (value := pop("timestamp", None)) is None else _decode_timestamp(value),
            data=None if (value := pop("data", None)) is None else AgentStatusChangedData.from_dict(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_EventName = cast("dict[object, EventName]", EventName._value2member_map_)


def _decode_timestamp(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


from ..models.agent_status_changed_data import AgentStatusChangedData
