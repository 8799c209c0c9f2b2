# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
class CallStatusResponse(_Model):
    """State and result of a call.

    Attributes:
        id (str): Id of the call.
        status (CallStatus): State of a call; `completed`, `failed` and `cancelled` are final. The vendor may add
            values.
        call_session_id (str | None): Id of the telephone session.
        conversation_id (str | None): Id of the conversation.
        duration_seconds (int | None): Duration in seconds; the null is inferred.
        billed_minutes (int | None): Minutes charged, rounded up, at least one for a call that connected; the null is
            inferred.
        transcript (list[TranscriptEntry] | None | str | None): What was said. The vendor's Python types say text; its
            webhook page and its demo say an array of entries, whose fields are not documented.
        summary (None | str | None): Summary of the conversation; the null is inferred.
        created_at (datetime.datetime | None): When the call was created; the format and the null are inferred.
        started_at (datetime.datetime | None): When the call connected; missing or null for a call that never did, which
            is then not billed.
        ended_at (datetime.datetime | None): When the call ended; the format and the null are inferred.
        metadata (CallMetadata | None): Free JSON object that the caller attached to the call.
        message (str | None): Text for people.
        success (bool | None): Whether the request was accepted.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "status": "status",
        "call_session_id": "call_session_id",
        "conversation_id": "conversation_id",
        "duration_seconds": "duration_seconds",
        "billed_minutes": "billed_minutes",
        "transcript": "transcript",
        "summary": "summary",
        "created_at": "created_at",
        "started_at": "started_at",
        "ended_at": "ended_at",
        "metadata": "metadata",
        "message": "message",
        "success": "success",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_session_id",
            "conversation_id",
            "duration_seconds",
            "billed_minutes",
            "transcript",
            "summary",
            "created_at",
            "started_at",
            "ended_at",
            "metadata",
            "message",
            "success",
        }
    )

    id: str
    status: CallStatus
    call_session_id: str | None = None
    conversation_id: str | None = None
    duration_seconds: int | None = None
    billed_minutes: int | None = None
    transcript: list[TranscriptEntry] | None | str = _attrs_field(default=None, repr=_mask)
    summary: None | str = _attrs_field(default=None, repr=_mask)
    created_at: datetime.datetime | None = None
    started_at: datetime.datetime | None = None
    ended_at: datetime.datetime | None = None
    metadata: CallMetadata | None = None
    message: str | None = _attrs_field(default=None, repr=_mask)
    success: bool | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["id"] = self.id
        field_dict["status"] = self.status.value
        if self.call_session_id is not None:
            field_dict["call_session_id"] = self.call_session_id
        if self.conversation_id is not None:
            field_dict["conversation_id"] = self.conversation_id
        if self.duration_seconds is not None:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.billed_minutes is not None:
            field_dict["billed_minutes"] = self.billed_minutes
        if self.transcript is not None:
            field_dict["transcript"] = to_json(self.transcript)
        if self.summary is not None:
            field_dict["summary"] = self.summary
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.started_at is not None:
            field_dict["started_at"] = to_json(self.started_at)
        if self.ended_at is not None:
            field_dict["ended_at"] = to_json(self.ended_at)
        if self.metadata is not None:
            field_dict["metadata"] = self.metadata.to_dict()
        if self.message is not None:
            field_dict["message"] = self.message
        if self.success is not None:
            field_dict["success"] = self.success
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id"),
            status=_CallStatus.get(value := pop("status")) or CallStatus(value),
            call_session_id=pop("call_session_id", None),
            conversation_id=pop("conversation_id", None),
            duration_seconds=pop("duration_seconds", None),
            billed_minutes=pop("billed_minutes", None),
            transcript=None if (value := pop("transcript", None)) is None else _decode_transcript(value),
            summary=pop("summary", None),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            started_at=None if (value := pop("started_at", None)) is None else _decode_started_at(value),
            ended_at=None if (value := pop("ended_at", None)) is None else _decode_ended_at(value),
            metadata=None if (value := pop("metadata", None)) is None else CallMetadata.from_dict(value),
            message=pop("message", None),
            success=pop("success", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)


def _decode_transcript(data: Any) -> list[TranscriptEntry] | None | str:
    if data is None:
        return data
    if isinstance(data, list):
        try:
            return [TranscriptEntry.from_dict(item_transcript__1) for item_transcript__1 in data]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("list[TranscriptEntry] | None | str", data)


def _decode_created_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_started_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_ended_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


from ..models.call_metadata import CallMetadata
from ..models.transcript_entry import TranscriptEntry
