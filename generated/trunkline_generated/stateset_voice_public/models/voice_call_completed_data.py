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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_sid,
                    f_voice_session_id,
                    f_stream_sid,
                    f_from_number,
                    f_to_number,
                    f_direction,
                    f_status,
                    f_duration_seconds,
                    f_escalated,
                    f_function_call_count,
                    f_transcript_turn_count,
                    f_summary,
                ) = values
            else:
                get = src_dict.get
                f_call_sid = get("call_sid")
                f_voice_session_id = get("voice_session_id")
                f_stream_sid = get("stream_sid")
                f_from_number = get("from_number")
                f_to_number = get("to_number")
                f_direction = get("direction")
                f_status = get("status")
                f_duration_seconds = get("duration_seconds")
                f_escalated = get("escalated")
                f_function_call_count = get("function_call_count")
                f_transcript_turn_count = get("transcript_turn_count")
                f_summary = get("summary")
            if (
                type(src_dict) is dict
                and (f_call_sid is None or type(f_call_sid) is str)
                and (f_voice_session_id is None or type(f_voice_session_id) is str)
                and (f_stream_sid is None or type(f_stream_sid) is str)
                and (f_from_number is None or type(f_from_number) is str)
                and (f_to_number is None or type(f_to_number) is str)
                and (f_direction is None or type(f_direction) is str)
                and (f_status is None or type(f_status) is str)
                and (f_duration_seconds is None or type(f_duration_seconds) is int)
                and (f_escalated is None or type(f_escalated) is bool)
                and (f_function_call_count is None or type(f_function_call_count) is int)
                and (f_transcript_turn_count is None or type(f_transcript_turn_count) is int)
                and (f_summary is None or type(f_summary) is str)
            ):
                model = _new(cls)
                model.call_sid = f_call_sid
                model.voice_session_id = f_voice_session_id
                model.stream_sid = f_stream_sid
                model.from_number = f_from_number
                model.to_number = f_to_number
                model.direction = (
                    None if f_direction is None else (_CallDirection.get(f_direction) or CallDirection(f_direction))
                )
                model.status = f_status
                model.duration_seconds = f_duration_seconds
                model.escalated = f_escalated
                model.function_call_count = f_function_call_count
                model.transcript_turn_count = f_transcript_turn_count
                model.summary = f_summary
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallDirection = cast("dict[object, CallDirection]", CallDirection._value2member_map_)


VoiceCallCompletedData._fields = (
    _schemas.Field("call_sid", "call_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("voice_session_id", "voice_session_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("stream_sid", "stream_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("from_number", "from_number", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("to_number", "to_number", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("direction", "direction", False, _schemas.Union(_schemas.Member(CallDirection), _schemas.NULL)),
    _schemas.Field("status", "status", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("duration_seconds", "duration_seconds", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("escalated", "escalated", False, _schemas.Union(_schemas.BOOLEAN, _schemas.NULL)),
    _schemas.Field(
        "function_call_count", "function_call_count", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)
    ),
    _schemas.Field(
        "transcript_turn_count", "transcript_turn_count", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)
    ),
    _schemas.Field("summary", "summary", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
VoiceCallCompletedData._extra = _schemas.ANYTHING
