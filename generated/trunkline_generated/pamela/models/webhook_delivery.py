# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class WebhookDelivery(_Model):
    """Record of one delivery. The vendor's package 1.1.4 has the type, but no known operation returns it.

    Attributes:
        id (str | None):
        event (str | None):
        target_url (str | None):
        status (str | None):
        attempts (int | None):
        response_status (int | None):
        delivered_at (datetime.datetime | None):
        created_at (datetime.datetime | None):
        error (None | str | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "event": "event",
        "target_url": "target_url",
        "status": "status",
        "attempts": "attempts",
        "response_status": "response_status",
        "delivered_at": "delivered_at",
        "created_at": "created_at",
        "error": "error",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "event",
            "target_url",
            "status",
            "attempts",
            "response_status",
            "delivered_at",
            "created_at",
            "error",
        }
    )

    id: str | None = None
    event: str | None = None
    target_url: str | None = _attrs_field(default=None, repr=_mask)
    status: str | None = None
    attempts: int | None = None
    response_status: int | None = None
    delivered_at: datetime.datetime | None = None
    created_at: datetime.datetime | None = None
    error: None | str = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.id is not None:
            field_dict["id"] = self.id
        if self.event is not None:
            field_dict["event"] = self.event
        if self.target_url is not None:
            field_dict["target_url"] = self.target_url
        if self.status is not None:
            field_dict["status"] = self.status
        if self.attempts is not None:
            field_dict["attempts"] = self.attempts
        if self.response_status is not None:
            field_dict["response_status"] = self.response_status
        if self.delivered_at is not None:
            field_dict["delivered_at"] = to_json(self.delivered_at)
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.error is not None:
            field_dict["error"] = self.error
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_id,
                    f_event,
                    f_target_url,
                    f_status,
                    f_attempts,
                    f_response_status,
                    f_delivered_at,
                    f_created_at,
                    f_error,
                ) = values
            else:
                get = src_dict.get
                f_id = get("id")
                f_event = get("event")
                f_target_url = get("target_url")
                f_status = get("status")
                f_attempts = get("attempts")
                f_response_status = get("response_status")
                f_delivered_at = get("delivered_at")
                f_created_at = get("created_at")
                f_error = get("error")
            if (
                type(src_dict) is dict
                and (type(f_id) is str or f_id is None and "id" not in src_dict)
                and (type(f_event) is str or f_event is None and "event" not in src_dict)
                and (type(f_target_url) is str or f_target_url is None and "target_url" not in src_dict)
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (type(f_attempts) is int or f_attempts is None and "attempts" not in src_dict)
                and (f_response_status is None or type(f_response_status) is int)
                and (f_error is None or type(f_error) is str)
            ):
                model = _new(cls)
                model.id = f_id
                model.event = f_event
                model.target_url = f_target_url
                model.status = f_status
                model.attempts = f_attempts
                model.response_status = f_response_status
                model.delivered_at = None if f_delivered_at is None else _parse_datetime(f_delivered_at)
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.error = f_error
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


WebhookDelivery._fields = (
    _schemas.Field("id", "id", False, _schemas.STRING),
    _schemas.Field("event", "event", False, _schemas.STRING),
    _schemas.Field("target_url", "target_url", False, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.STRING),
    _schemas.Field("attempts", "attempts", False, _schemas.INTEGER),
    _schemas.Field("response_status", "response_status", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("delivered_at", "delivered_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("error", "error", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
WebhookDelivery._extra = _schemas.ANYTHING
