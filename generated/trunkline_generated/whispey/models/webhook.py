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
from ..types import mask as _mask
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_id,
                    f_url,
                    f_events,
                    f_status,
                    f_created_at,
                ) = values
            else:
                get = src_dict.get
                f_id = src_dict["id"]
                f_url = get("url")
                f_events = get("events")
                f_status = get("status")
                f_created_at = get("created_at")
            if (
                type(src_dict) is dict
                and type(f_id) is str
                and (type(f_url) is str or f_url is None and "url" not in src_dict)
                and (f_events is not None or "events" not in src_dict)
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
            ):
                model = _new(cls)
                model.id = f_id
                model.url = f_url
                model.events = None if f_events is None else cls._fields[2].schema.read(f_events, reading)
                model.status = f_status
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


Webhook._fields = (
    _schemas.Field("id", "id", True, _schemas.STRING),
    _schemas.Field("url", "url", False, _schemas.STRING),
    _schemas.Field("events", "events", False, _schemas.Array(_schemas.Member(EventName))),
    _schemas.Field("status", "status", False, _schemas.STRING),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
)
Webhook._extra = _schemas.ANYTHING
