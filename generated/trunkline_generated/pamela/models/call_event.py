# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.call_event_name import CallEventName
from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import to_json


@_attrs_define(repr=False)
class CallEvent(_Model):
    """A change of a call; further fields are possible.

    Attributes:
        event (CallEventName): Name of a call event. The vendor may add values.
        call_id (str): Id of the call.
        status (CallStatus | None): State of a call; `completed`, `failed` and `cancelled` are final. The vendor may add
            values.
        timestamp (datetime.datetime | None): When it happened; not part of any replay protection.
        transcript (list[TranscriptEntry] | None): Entries, on `call.transcript_update` and `call.completed`; the null
            is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "call_id": "call_id",
        "status": "status",
        "timestamp": "timestamp",
        "transcript": "transcript",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "status",
            "timestamp",
            "transcript",
        }
    )

    event: CallEventName
    call_id: str
    status: CallStatus | None = None
    timestamp: datetime.datetime | None = None
    transcript: list[TranscriptEntry] | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["event"] = self.event.value
        field_dict["call_id"] = self.call_id
        if self.status is not None:
            field_dict["status"] = self.status.value
        if self.timestamp is not None:
            field_dict["timestamp"] = to_json(self.timestamp)
        if self.transcript is not None:
            field_dict["transcript"] = to_json(self.transcript)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            event=_CallEventName.get(value := pop("event")) or CallEventName(value),
            call_id=pop("call_id"),
            status=None if (value := pop("status", None)) is None else _CallStatus.get(value) or CallStatus(value),
            timestamp=None if (value := pop("timestamp", None)) is None else _decode_timestamp(value),
            transcript=None if (value := pop("transcript", None)) is None else _decode_transcript(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_CallEventName = cast("dict[object, CallEventName]", CallEventName._value2member_map_)
_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)


def _decode_timestamp(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_transcript(data: Any) -> list[TranscriptEntry] | None:
    if data is None:
        return data
    if isinstance(data, list):
        try:
            return [TranscriptEntry.from_dict(item_transcript__1) for item_transcript__1 in data]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("list[TranscriptEntry] | None", data)


from ..models.transcript_entry import TranscriptEntry
