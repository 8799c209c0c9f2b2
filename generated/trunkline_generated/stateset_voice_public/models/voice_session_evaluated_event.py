# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.voice_event_name import VoiceEventName
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import to_json


@_attrs_define(repr=False)
class VoiceSessionEvaluatedEvent(_Model):
    """Two forms are documented: the newer has `id`, `api_version` and `data`; the older has `payload` instead and lifts
    two identifiers to the top level.

        Attributes:
            event (VoiceEventName): Name of a webhook event. The vendor may add values.
            id (None | str | None): Id of the event: evt_ and 26 characters; newer form only.
            created_at (datetime.datetime | None): When it happened.
            tenant_id (None | str | None): Id of the tenant.
            api_version (None | str | None): Version as a date; newer form only.
            data (None | Unset | VoiceSessionEvaluatedData): The body, newer form.
            payload (None | Unset | VoiceSessionEvaluatedData): The body, older form.
            call_sid (None | str | None): Twilio's id of the call; older form only.
            voice_session_id (None | str | None): Id of the session; older form only.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "id": "id",
        "created_at": "created_at",
        "tenant_id": "tenant_id",
        "api_version": "api_version",
        "data": "data",
        "payload": "payload",
        "call_sid": "call_sid",
        "voice_session_id": "voice_session_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "created_at",
            "tenant_id",
            "api_version",
            "data",
            "payload",
            "call_sid",
            "voice_session_id",
        }
    )

    event: VoiceEventName
    id: None | str = None
    created_at: datetime.datetime | None = None
    tenant_id: None | str = None
    api_version: None | str = None
    data: None | VoiceSessionEvaluatedData = None
    payload: None | VoiceSessionEvaluatedData = None
    call_sid: None | str = None
    voice_session_id: None | str = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["event"] = self.event.value
        if self.id is not None:
            field_dict["id"] = self.id
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.tenant_id is not None:
            field_dict["tenant_id"] = self.tenant_id
        if self.api_version is not None:
            field_dict["api_version"] = self.api_version
        if self.data is not None:
            field_dict["data"] = to_json(self.data)
        if self.payload is not None:
            field_dict["payload"] = to_json(self.payload)
        if self.call_sid is not None:
            field_dict["call_sid"] = self.call_sid
        if self.voice_session_id is not None:
            field_dict["voice_session_id"] = self.voice_session_id
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            event=_VoiceEventName.get(value := pop("event")) or VoiceEventName(value),
            id=pop("id", None),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            tenant_id=pop("tenant_id", None),
            api_version=pop("api_version", None),
            data=None if (value := pop("data", None)) is None else _decode_data(value),
            payload=None if (value := pop("payload", None)) is None else _decode_payload(value),
            call_sid=pop("call_sid", None),
            voice_session_id=pop("voice_session_id", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_VoiceEventName = cast("dict[object, VoiceEventName]", VoiceEventName._value2member_map_)


def _decode_created_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_data(data: Any) -> None | VoiceSessionEvaluatedData:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return VoiceSessionEvaluatedData.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("None | VoiceSessionEvaluatedData", data)


def _decode_payload(data: Any) -> None | VoiceSessionEvaluatedData:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return VoiceSessionEvaluatedData.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("None | VoiceSessionEvaluatedData", data)


from ..models.voice_session_evaluated_data import VoiceSessionEvaluatedData
