# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.call_direction import CallDirection
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class CallLog(_Model):
    """One call. That every field but `call_sid` may be missing or null is inferred.

    Attributes:
        call_sid (str): Twilio's id of the call.
        id (None | str | None): Id of the record, a UUID in the example.
        direction (CallDirection | None): Direction of the call.
        status (None | str | None): State of the call.
        duration_seconds (int | None): Duration in seconds.
        escalated (bool | None): Whether the call was handed over.
        summary (None | str | None): Summary of the conversation.
        from_number (None | str | None): Number that called; known from the webhook of a completed call.
        to_number (None | str | None): Number that was called; known from the webhook of a completed call.
        stream_sid (None | str | None): Id of the media stream; known from the webhook of a completed call.
        agent_key (None | str | None): Agent that took the call; known from the request.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_sid": "call_sid",
        "id": "id",
        "direction": "direction",
        "status": "status",
        "duration_seconds": "duration_seconds",
        "escalated": "escalated",
        "summary": "summary",
        "from_number": "from_number",
        "to_number": "to_number",
        "stream_sid": "stream_sid",
        "agent_key": "agent_key",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "direction",
            "status",
            "duration_seconds",
            "escalated",
            "summary",
            "from_number",
            "to_number",
            "stream_sid",
            "agent_key",
        }
    )

    call_sid: str
    id: None | str = None
    direction: CallDirection | None = None
    status: None | str = None
    duration_seconds: int | None = None
    escalated: bool | None = None
    summary: None | str = _attrs_field(default=None, repr=_mask)
    from_number: None | str = _attrs_field(default=None, repr=_mask)
    to_number: None | str = _attrs_field(default=None, repr=_mask)
    stream_sid: None | str = None
    agent_key: None | str = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["call_sid"] = self.call_sid
        if self.id is not None:
            field_dict["id"] = self.id
        if self.direction is not None:
            field_dict["direction"] = to_json(self.direction)
        if self.status is not None:
            field_dict["status"] = self.status
        if self.duration_seconds is not None:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.escalated is not None:
            field_dict["escalated"] = self.escalated
        if self.summary is not None:
            field_dict["summary"] = self.summary
        if self.from_number is not None:
            field_dict["from_number"] = self.from_number
        if self.to_number is not None:
            field_dict["to_number"] = self.to_number
        if self.stream_sid is not None:
            field_dict["stream_sid"] = self.stream_sid
        if self.agent_key is not None:
            field_dict["agent_key"] = self.agent_key
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_sid,
                    f_id,
                    f_direction,
                    f_status,
                    f_duration_seconds,
                    f_escalated,
                    f_summary,
                    f_from_number,
                    f_to_number,
                    f_stream_sid,
                    f_agent_key,
                ) = values
            else:
                get = src_dict.get
                f_call_sid = src_dict["call_sid"]
                f_id = get("id")
                f_direction = get("direction")
                f_status = get("status")
                f_duration_seconds = get("duration_seconds")
                f_escalated = get("escalated")
                f_summary = get("summary")
                f_from_number = get("from_number")
                f_to_number = get("to_number")
                f_stream_sid = get("stream_sid")
                f_agent_key = get("agent_key")
            if (
                type(src_dict) is dict
                and type(f_call_sid) is str
                and (f_id is None or type(f_id) is str)
                and (f_direction is None or type(f_direction) is str)
                and (f_status is None or type(f_status) is str)
                and (f_duration_seconds is None or type(f_duration_seconds) is int)
                and (f_escalated is None or type(f_escalated) is bool)
                and (f_summary is None or type(f_summary) is str)
                and (f_from_number is None or type(f_from_number) is str)
                and (f_to_number is None or type(f_to_number) is str)
                and (f_stream_sid is None or type(f_stream_sid) is str)
                and (f_agent_key is None or type(f_agent_key) is str)
            ):
                model = _new(cls)
                model.call_sid = f_call_sid
                model.id = f_id
                model.direction = (
                    None if f_direction is None else (_CallDirection.get(f_direction) or CallDirection(f_direction))
                )
                model.status = f_status
                model.duration_seconds = f_duration_seconds
                model.escalated = f_escalated
                model.summary = f_summary
                model.from_number = f_from_number
                model.to_number = f_to_number
                model.stream_sid = f_stream_sid
                model.agent_key = f_agent_key
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallDirection = cast("dict[object, CallDirection]", CallDirection._value2member_map_)


CallLog._fields = (
    _schemas.Field("call_sid", "call_sid", True, _schemas.STRING),
    _schemas.Field("id", "id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("direction", "direction", False, _schemas.Union(_schemas.Member(CallDirection), _schemas.NULL)),
    _schemas.Field("status", "status", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("duration_seconds", "duration_seconds", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("escalated", "escalated", False, _schemas.Union(_schemas.BOOLEAN, _schemas.NULL)),
    _schemas.Field("summary", "summary", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("from_number", "from_number", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("to_number", "to_number", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("stream_sid", "stream_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("agent_key", "agent_key", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
CallLog._extra = _schemas.ANYTHING
