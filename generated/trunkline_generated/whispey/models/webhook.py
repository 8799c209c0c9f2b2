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
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
class Webhook(_Model):
    """
    Attributes:
        id (str): Id of the webhook.
        url (str | None): Where the events go.
        events (list[EventName] | None): Events that are sent.
        status (str | None): Only `active` is shown; other values are not documented.
        created_at (datetime.datetime | None): When the webhook was created, UTC; the null is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "url": "url",
        "events": "events",
        "status": "status",
        "created_at": "created_at",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "url",
            "events",
            "status",
            "created_at",
        }
    )

    id: str
    url: str | None = _attrs_field(default=None, repr=_mask)
    events: list[EventName] | None = None
    status: str | None = None
    created_at: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["id"] = self.id
        if self.url is not None:
            field_dict["url"] = self.url
        if self.events is not None:
            field_dict["events"] = [item_events.value for item_events in self.events]
        if self.status is not None:
            field_dict["status"] = self.status
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id"),
            url=pop("url", None),
            events=None
            if (value := pop("events", None)) is None
            else [_EventName.get(item_events) or EventName(item_events) for item_events in value],
            status=pop("status", None),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_EventName = cast("dict[object, EventName]", EventName._value2member_map_)


def _decode_created_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)
