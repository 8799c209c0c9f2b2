# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.voice_event_name import VoiceEventName
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_event,
                    f_id,
                    f_created_at,
                    f_tenant_id,
                    f_api_version,
                    f_data,
                    f_payload,
                    f_call_sid,
                    f_voice_session_id,
                ) = values
            else:
                get = src_dict.get
                f_event = src_dict["event"]
                f_id = get("id")
                f_created_at = get("created_at")
                f_tenant_id = get("tenant_id")
                f_api_version = get("api_version")
                f_data = get("data")
                f_payload = get("payload")
                f_call_sid = get("call_sid")
                f_voice_session_id = get("voice_session_id")
            if (
                type(src_dict) is dict
                and type(f_event) is str
                and (f_id is None or type(f_id) is str)
                and (f_tenant_id is None or type(f_tenant_id) is str)
                and (f_api_version is None or type(f_api_version) is str)
                and (f_data is None or type(f_data) is dict)
                and (f_payload is None or type(f_payload) is dict)
                and (f_call_sid is None or type(f_call_sid) is str)
                and (f_voice_session_id is None or type(f_voice_session_id) is str)
            ):
                model = _new(cls)
                model.event = _VoiceEventName.get(f_event) or VoiceEventName(f_event)
                model.id = f_id
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.tenant_id = f_tenant_id
                model.api_version = f_api_version
                model.data = None if f_data is None else _read_VoiceSessionEvaluatedData(f_data, reading)
                model.payload = None if f_payload is None else _read_VoiceSessionEvaluatedData(f_payload, reading)
                model.call_sid = f_call_sid
                model.voice_session_id = f_voice_session_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_VoiceEventName = cast("dict[object, VoiceEventName]", VoiceEventName._value2member_map_)

from ..models.voice_session_evaluated_data import VoiceSessionEvaluatedData

_read_VoiceSessionEvaluatedData = VoiceSessionEvaluatedData.from_dict

VoiceSessionEvaluatedEvent._fields = (
    _schemas.Field("event", "event", True, _schemas.Member(VoiceEventName)),
    _schemas.Field("id", "id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("tenant_id", "tenant_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("api_version", "api_version", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("data", "data", False, _schemas.Union(_schemas.Object(VoiceSessionEvaluatedData), _schemas.NULL)),
    _schemas.Field(
        "payload", "payload", False, _schemas.Union(_schemas.Object(VoiceSessionEvaluatedData), _schemas.NULL)
    ),
    _schemas.Field("call_sid", "call_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("voice_session_id", "voice_session_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
VoiceSessionEvaluatedEvent._extra = _schemas.ANYTHING
