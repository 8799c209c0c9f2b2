# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.call_direction import CallDirection
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_sid=pop("call_sid"),
            id=pop("id", None),
            direction=None if (value := pop("direction", None)) is None else _decode_direction(value),
            status=pop("status", None),
            duration_seconds=pop("duration_seconds", None),
            escalated=pop("escalated", None),
            summary=pop("summary", None),
            from_number=pop("from_number", None),
            to_number=pop("to_number", None),
            stream_sid=pop("stream_sid", None),
            agent_key=pop("agent_key", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_CallDirection = cast("dict[object, CallDirection]", CallDirection._value2member_map_)


def _decode_direction(data: Any) -> CallDirection | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return _CallDirection.get(data) or CallDirection(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("CallDirection | None", data)
