# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.call_event_name import CallEventName
from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_event,
                    f_call_id,
                    f_status,
                    f_timestamp,
                    f_transcript,
                ) = values
            else:
                get = src_dict.get
                f_event = src_dict["event"]
                f_call_id = src_dict["call_id"]
                f_status = get("status")
                f_timestamp = get("timestamp")
                f_transcript = get("transcript")
            if (
                type(src_dict) is dict
                and type(f_event) is str
                and type(f_call_id) is str
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (f_transcript is None or type(f_transcript) is list)
            ):
                model = _new(cls)
                model.event = _CallEventName.get(f_event) or CallEventName(f_event)
                model.call_id = f_call_id
                model.status = None if f_status is None else (_CallStatus.get(f_status) or CallStatus(f_status))
                model.timestamp = None if f_timestamp is None else _parse_datetime(f_timestamp)
                model.transcript = (
                    None
                    if f_transcript is None
                    else _schemas.read_objects(TranscriptEntry, _read_TranscriptEntry, f_transcript, reading)
                )
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallEventName = cast("dict[object, CallEventName]", CallEventName._value2member_map_)
_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)

from ..models.transcript_entry import TranscriptEntry

_read_TranscriptEntry = TranscriptEntry.from_dict

CallEvent._fields = (
    _schemas.Field("event", "event", True, _schemas.Member(CallEventName)),
    _schemas.Field("call_id", "call_id", True, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.Member(CallStatus)),
    _schemas.Field("timestamp", "timestamp", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field(
        "transcript",
        "transcript",
        False,
        _schemas.Union(_schemas.Array(_schemas.Object(TranscriptEntry)), _schemas.NULL),
    ),
)
CallEvent._extra = _schemas.ANYTHING
