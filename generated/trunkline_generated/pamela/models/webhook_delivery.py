# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id", None),
            event=pop("event", None),
            target_url=pop("target_url", None),
            status=pop("status", None),
            attempts=pop("attempts", None),
            response_status=pop("response_status", None),
            delivered_at=None if (value := pop("delivered_at", None)) is None else _decode_delivered_at(value),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            error=pop("error", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


def _decode_delivered_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_created_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)
