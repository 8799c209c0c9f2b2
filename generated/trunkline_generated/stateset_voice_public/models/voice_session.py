# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            stream_id=pop("stream_id", None),
            call_sid=pop("call_sid", None),
            transcript=None if (value := pop("transcript", None)) is None else _decode_transcript(value),
            function_calls=None if (value := pop("function_calls", None)) is None else _decode_function_calls(value),
            summary=pop("summary", None),
            tags=pop("tags", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


def _decode_transcript(data: Any) -> list[SessionTurn] | None:
    if data is None:
        return data
    if isinstance(data, list):
        try:
            return [SessionTurn.from_dict(item_transcript__1) for item_transcript__1 in data]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("list[SessionTurn] | None", data)


def _decode_function_calls(data: Any) -> list[SessionFunctionCall] | None:
    if data is None:
        return data
    if isinstance(data, list):
        try:
            return [SessionFunctionCall.from_dict(item_function_calls__1) for item_function_calls__1 in data]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("list[SessionFunctionCall] | None", data)


from ..models.session_function_call import SessionFunctionCall
from ..models.session_turn import SessionTurn
