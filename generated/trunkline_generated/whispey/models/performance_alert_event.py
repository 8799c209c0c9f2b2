# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.event_name import EventName
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class PerformanceAlertEvent(_Model):
    """
    Attributes:
        event (EventName): Name of a webhook event. The vendor may add values.
        timestamp (datetime.datetime | None): When it happened; the null is inferred.
        data (PerformanceAlertData | None): Fields not documented.
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
    data: PerformanceAlertData | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["event"] = self.event.value
        if self.timestamp is not None:
            field_dict["timestamp"] = to_json(self.timestamp)
        if self.data is not None:
            field_dict["data"] = self.data.to_dict()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_event,
                    f_timestamp,
                    f_data,
                ) = values
            else:
                get = src_dict.get
                f_event = src_dict["event"]
                f_timestamp = get("timestamp")
                f_data = get("data")
            if (
                type(src_dict) is dict
                and type(f_event) is str
                and (type(f_data) is dict or f_data is None and "data" not in src_dict)
            ):
                model = _new(cls)
                model.event = _EventName.get(f_event) or EventName(f_event)
                model.timestamp = None if f_timestamp is None else _parse_datetime(f_timestamp)
                model.data = None if f_data is None else _read_PerformanceAlertData(f_data, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_EventName = cast("dict[object, EventName]", EventName._value2member_map_)

from ..models.performance_alert_data import PerformanceAlertData

_read_PerformanceAlertData = PerformanceAlertData.from_dict

PerformanceAlertEvent._fields = (
    _schemas.Field("event", "event", True, _schemas.Member(EventName)),
    _schemas.Field("timestamp", "timestamp", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("data", "data", False, _schemas.Object(PerformanceAlertData)),
)
PerformanceAlertEvent._extra = _schemas.ANYTHING
