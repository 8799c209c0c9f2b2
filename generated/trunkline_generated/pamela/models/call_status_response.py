# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_id,
                    f_status,
                    f_call_session_id,
                    f_conversation_id,
                    f_duration_seconds,
                    f_billed_minutes,
                    f_transcript,
                    f_summary,
                    f_created_at,
                    f_started_at,
                    f_ended_at,
                    f_metadata,
                    f_message,
                    f_success,
                ) = values
            else:
                get = src_dict.get
                f_id = src_dict["id"]
                f_status = src_dict["status"]
                f_call_session_id = get("call_session_id")
                f_conversation_id = get("conversation_id")
                f_duration_seconds = get("duration_seconds")
                f_billed_minutes = get("billed_minutes")
                f_transcript = get("transcript")
                f_summary = get("summary")
                f_created_at = get("created_at")
                f_started_at = get("started_at")
                f_ended_at = get("ended_at")
                f_metadata = get("metadata")
                f_message = get("message")
                f_success = get("success")
            if (
                type(src_dict) is dict
                and type(f_id) is str
                and type(f_status) is str
                and (type(f_call_session_id) is str or f_call_session_id is None and "call_session_id" not in src_dict)
                and (type(f_conversation_id) is str or f_conversation_id is None and "conversation_id" not in src_dict)
                and (f_duration_seconds is None or type(f_duration_seconds) is int)
                and (f_billed_minutes is None or type(f_billed_minutes) is int)
                and (f_transcript is None or (type(f_transcript) is list or type(f_transcript) is str))
                and (f_summary is None or type(f_summary) is str)
                and (type(f_metadata) is dict or f_metadata is None and "metadata" not in src_dict)
                and (type(f_message) is str or f_message is None and "message" not in src_dict)
                and (type(f_success) is bool or f_success is None and "success" not in src_dict)
            ):
                model = _new(cls)
                model.id = f_id
                model.status = _CallStatus.get(f_status) or CallStatus(f_status)
                model.call_session_id = f_call_session_id
                model.conversation_id = f_conversation_id
                model.duration_seconds = f_duration_seconds
                model.billed_minutes = f_billed_minutes
                model.transcript = (
                    None
                    if f_transcript is None
                    else (
                        _schemas.read_objects(TranscriptEntry, _read_TranscriptEntry, f_transcript, reading)
                        if isinstance(f_transcript, list)
                        else f_transcript
                    )
                )
                model.summary = f_summary
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.started_at = None if f_started_at is None else _parse_datetime(f_started_at)
                model.ended_at = None if f_ended_at is None else _parse_datetime(f_ended_at)
                model.metadata = None if f_metadata is None else _read_CallMetadata(f_metadata, reading)
                model.message = f_message
                model.success = f_success
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)

from ..models.call_metadata import CallMetadata
from ..models.transcript_entry import TranscriptEntry

_read_CallMetadata = CallMetadata.from_dict
_read_TranscriptEntry = TranscriptEntry.from_dict

CallStatusResponse._fields = (
    _schemas.Field("id", "id", True, _schemas.STRING),
    _schemas.Field("status", "status", True, _schemas.Member(CallStatus)),
    _schemas.Field("call_session_id", "call_session_id", False, _schemas.STRING),
    _schemas.Field("conversation_id", "conversation_id", False, _schemas.STRING),
    _schemas.Field("duration_seconds", "duration_seconds", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("billed_minutes", "billed_minutes", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field(
        "transcript",
        "transcript",
        False,
        _schemas.Union(_schemas.Array(_schemas.Object(TranscriptEntry)), _schemas.STRING, _schemas.NULL),
    ),
    _schemas.Field("summary", "summary", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("started_at", "started_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("ended_at", "ended_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("metadata", "metadata", False, _schemas.Object(CallMetadata)),
    _schemas.Field("message", "message", False, _schemas.STRING),
    _schemas.Field("success", "success", False, _schemas.BOOLEAN),
)
CallStatusResponse._extra = _schemas.ANYTHING
