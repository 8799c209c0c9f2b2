# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.call_status import CallStatus
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import to_json


@_attrs_define(repr=False)
class CallDetail(_Model):
    """A call with transcript and measurements.

    Attributes:
        id (str): Id of the call.
        agent_id (str | None): Id of the agent.
        session_id (str | None): Id of the session.
        status (CallStatus | None): State of a call. The vendor may add values.
        duration (float | None): Duration in seconds; the null, for a call in progress, is inferred.
        cost (float | None): Cost, currency not documented; the null, for a call in progress, is inferred.
        created_at (datetime.datetime | None): When the call was created, UTC; the null is inferred.
        metadata (CallMetadata | None): Free JSON object of the application; the examples hold personal data.
        transcript (list[TranscriptTurn] | None): Turns of the conversation; the null, for a call in progress, is
            inferred.
        metrics (CallMetrics | None): Measurements; the null, for a call in progress, is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "agent_id": "agent_id",
        "session_id": "session_id",
        "status": "status",
        "duration": "duration",
        "cost": "cost",
        "created_at": "created_at",
        "metadata": "metadata",
        "transcript": "transcript",
        "metrics": "metrics",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "agent_id",
            "session_id",
            "status",
            "duration",
            "cost",
            "created_at",
            "metadata",
            "transcript",
            "metrics",
        }
    )

    id: str
    agent_id: str | None = None
    session_id: str | None = None
    status: CallStatus | None = None
    duration: float | None = None
    cost: float | None = None
    created_at: datetime.datetime | None = None
    metadata: CallMetadata | None = None
    transcript: list[TranscriptTurn] | None = None
    metrics: CallMetrics | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["id"] = self.id
        if self.agent_id is not None:
            field_dict["agent_id"] = self.agent_id
        if self.session_id is not None:
            field_dict["session_id"] = self.session_id
        if self.status is not None:
            field_dict["status"] = self.status.value
        if self.duration is not None:
            field_dict["duration"] = self.duration
        if self.cost is not None:
            field_dict["cost"] = self.cost
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.metadata is not None:
            field_dict["metadata"] = self.metadata.to_dict()
        if self.transcript is not None:
            field_dict["transcript"] = to_json(self.transcript)
        if self.metrics is not None:
            field_dict["metrics"] = to_json(self.metrics)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id"),
            agent_id=pop("agent_id", None),
            session_id=pop("session_id", None),
            status=None if (value := pop("status", None)) is None else _CallStatus.get(value) or CallStatus(value),
            duration=pop("duration", None),
            cost=pop("cost", None),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            metadata=None if (value := pop("metadata", None)) is None else CallMetadata.from_dict(value),
            transcript=None if (value := pop("transcript", None)) is None else _decode_transcript(value),
            metrics=None if (value := pop("metrics", None)) is None else _decode_metrics(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)


def _decode_created_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_transcript(data: Any) -> list[TranscriptTurn] | None:
    if data is None:
        return data
    if isinstance(data, list):
        try:
            return [TranscriptTurn.from_dict(item_transcript__1) for item_transcript__1 in data]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("list[TranscriptTurn] | None", data)


def _decode_metrics(data: Any) -> CallMetrics | None:
    if data is None:
        return data
    if isinstance(data, dict):
        try:
            return CallMetrics.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("CallMetrics | None", data)


from ..models.call_metadata import CallMetadata
from ..models.call_metrics import CallMetrics
from ..models.transcript_turn import TranscriptTurn
