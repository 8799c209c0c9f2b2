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
class VoiceCallCompletedData(_Model):
    """The call that ended; which fields are always present is not documented.

    Attributes:
        call_sid (None | str | None): Twilio's id of the call.
        voice_session_id (None | str | None): Id of the session; no format is promised.
        stream_sid (None | str | None): Twilio's id of the media stream.
        from_number (None | str | None): Number that called.
        to_number (None | str | None): Number that was called.
        direction (CallDirection | None): Direction of the call.
        status (None | str | None): Final state of the call.
        duration_seconds (int | None): Duration in seconds.
        escalated (bool | None): Whether the call was handed over.
        function_call_count (int | None): Functions that the agent ran.
        transcript_turn_count (int | None): Turns of the conversation.
        summary (None | str | None): Summary of the conversation.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_sid": "call_sid",
        "voice_session_id": "voice_session_id",
        "stream_sid": "stream_sid",
        "from_number": "from_number",
        "to_number": "to_number",
        "direction": "direction",
        "status": "status",
        "duration_seconds": "duration_seconds",
        "escalated": "escalated",
        "function_call_count": "function_call_count",
        "transcript_turn_count": "transcript_turn_count",
        "summary": "summary",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_sid",
            "voice_session_id",
            "stream_sid",
            "from_number",
            "to_number",
            "direction",
            "status",
            "duration_seconds",
            "escalated",
            "function_call_count",
            "transcript_turn_count",
            "summary",
        }
    )

    call_sid: None | str = None
    voice_session_id: None | str = None
    stream_sid: None | str = None
    from_number: None | str = _attrs_field(default=None, repr=_mask)
    to_number: None | str = _attrs_field(default=None, repr=_mask)
    direction: CallDirection | None = None
    status: None | str = None
    duration_seconds: int | None = None
    escalated: bool | None = None
    function_call_count: int | None = None
    transcript_turn_count: int | None = None
    summary: None | str = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.call_sid is not None:
            field_dict["call_sid"] = self.call_sid
        if self.voice_session_id is not None:
            field_dict["voice_session_id"] = self.voice_session_id
        if self.stream_sid is not None:
            field_dict["stream_sid"] = self.stream_sid
        if self.from_number is not None:
            field_dict["from_number"] = self.from_number
        if self.to_number is not None:
            field_dict["to_number"] = self.to_number
        if self.direction is not None:
            field_dict["direction"] = to_json(self.direction)
        if self.status is not None:
            field_dict["status"] = self.status
        if self.duration_seconds is not None:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.escalated is not None:
            field_dict["escalated"] = self.escalated
        if self.function_call_count is not None:
            field_dict["function_call_count"] = self.function_call_count
        if self.transcript_turn_count is not None:
            field_dict["transcript_turn_count"] = self.transcript_turn_count
        if self.summary is not None:
            field_dict["summary"] = self.summary
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_sid=pop("call_sid", None),
            voice_session_id=pop("voice_session_id", None),
            stream_sid=pop("stream_sid", None),
            from_number=pop("from_number", None),
            to_number=pop("to_number", None),
            direction=None if (value := pop("direction", None)) is None else _decode_direction(value),
            status=pop("status", None),
            duration_seconds=pop("duration_seconds", None),
            escalated=pop("escalated", None),
            function_call_count=pop("function_call_count", None),
            transcript_turn_count=pop("transcript_turn_count", None),
            summary=pop("summary", None),
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
