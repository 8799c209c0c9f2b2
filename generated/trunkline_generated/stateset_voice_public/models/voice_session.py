# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

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
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class VoiceSession(_Model):
    """One stored session. The names of the fields are documented, their shapes are inferred; further fields hold model and
    voice context, evaluation and metadata.

        Attributes:
            stream_id (None | str | None): Media stream of the session; whether it equals `stream_sid` of the webhooks is
                not documented.
            call_sid (None | str | None): Twilio's id of the call.
            transcript (list[SessionTurn] | None): Turns of the conversation; their fields are not documented.
            function_calls (list[SessionFunctionCall] | None): Functions that the agent ran; their fields are not
                documented.
            summary (None | str | None): Summary of the conversation.
            tags (list[str] | None): Labels of the session.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "stream_id": "stream_id",
        "call_sid": "call_sid",
        "transcript": "transcript",
        "function_calls": "function_calls",
        "summary": "summary",
        "tags": "tags",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "stream_id",
            "call_sid",
            "transcript",
            "function_calls",
            "summary",
            "tags",
        }
    )

    stream_id: None | str = None
    call_sid: None | str = None
    transcript: list[SessionTurn] | None = None
    function_calls: list[SessionFunctionCall] | None = None
    summary: None | str = _attrs_field(default=None, repr=_mask)
    tags: list[str] | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.stream_id is not None:
            field_dict["stream_id"] = self.stream_id
        if self.call_sid is not None:
            field_dict["call_sid"] = self.call_sid
        if self.transcript is not None:
            field_dict["transcript"] = to_json(self.transcript)
        if self.function_calls is not None:
            field_dict["function_calls"] = to_json(self.function_calls)
        if self.summary is not None:
            field_dict["summary"] = self.summary
        if self.tags is not None:
            field_dict["tags"] = self.tags
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_stream_id,
                    f_call_sid,
                    f_transcript,
                    f_function_calls,
                    f_summary,
                    f_tags,
                ) = values
            else:
                get = src_dict.get
                f_stream_id = get("stream_id")
                f_call_sid = get("call_sid")
                f_transcript = get("transcript")
                f_function_calls = get("function_calls")
                f_summary = get("summary")
                f_tags = get("tags")
            if (
                type(src_dict) is dict
                and (f_stream_id is None or type(f_stream_id) is str)
                and (f_call_sid is None or type(f_call_sid) is str)
                and (f_transcript is None or type(f_transcript) is list)
                and (f_function_calls is None or type(f_function_calls) is list)
                and (f_summary is None or type(f_summary) is str)
                and (f_tags is None or type(f_tags) is list and {str}.issuperset(map(type, f_tags)))
            ):
                model = _new(cls)
                model.stream_id = f_stream_id
                model.call_sid = f_call_sid
                model.transcript = (
                    None
                    if f_transcript is None
                    else _schemas.read_objects(SessionTurn, _read_SessionTurn, f_transcript, reading)
                )
                model.function_calls = (
                    None
                    if f_function_calls is None
                    else _schemas.read_objects(
                        SessionFunctionCall, _read_SessionFunctionCall, f_function_calls, reading
                    )
                )
                model.summary = f_summary
                model.tags = f_tags
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.session_function_call import SessionFunctionCall
from ..models.session_turn import SessionTurn

_read_SessionFunctionCall = SessionFunctionCall.from_dict
_read_SessionTurn = SessionTurn.from_dict

VoiceSession._fields = (
    _schemas.Field("stream_id", "stream_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("call_sid", "call_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field(
        "transcript", "transcript", False, _schemas.Union(_schemas.Array(_schemas.Object(SessionTurn)), _schemas.NULL)
    ),
    _schemas.Field(
        "function_calls",
        "function_calls",
        False,
        _schemas.Union(_schemas.Array(_schemas.Object(SessionFunctionCall)), _schemas.NULL),
    ),
    _schemas.Field("summary", "summary", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("tags", "tags", False, _schemas.Union(_schemas.Array(_schemas.STRING), _schemas.NULL)),
)
VoiceSession._extra = _schemas.ANYTHING
