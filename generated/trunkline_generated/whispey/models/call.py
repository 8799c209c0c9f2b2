# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class Call(_Model):
    """A call as the list gives it.

    Attributes:
        id (str): Id of the call.
        agent_id (str | None): Id of the agent.
        session_id (str | None): Id of the session.
        status (CallStatus | None): State of a call. The vendor may add values.
        duration (float | None): Duration in seconds; the null, for a call in progress, is inferred.
        cost (float | None): Cost, currency not documented; the null, for a call in progress, is inferred.
        created_at (datetime.datetime | None): When the call was created, UTC; the null is inferred.
        metadata (CallMetadata | None): Free JSON object of the application; the examples hold personal data.
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_id,
                    f_agent_id,
                    f_session_id,
                    f_status,
                    f_duration,
                    f_cost,
                    f_created_at,
                    f_metadata,
                ) = values
            else:
                get = src_dict.get
                f_id = src_dict["id"]
                f_agent_id = get("agent_id")
                f_session_id = get("session_id")
                f_status = get("status")
                f_duration = get("duration")
                f_cost = get("cost")
                f_created_at = get("created_at")
                f_metadata = get("metadata")
            if (
                type(src_dict) is dict
                and type(f_id) is str
                and (type(f_agent_id) is str or f_agent_id is None and "agent_id" not in src_dict)
                and (type(f_session_id) is str or f_session_id is None and "session_id" not in src_dict)
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (f_duration is None or (type(f_duration) is float or type(f_duration) is int))
                and (f_cost is None or (type(f_cost) is float or type(f_cost) is int))
                and (type(f_metadata) is dict or f_metadata is None and "metadata" not in src_dict)
            ):
                model = _new(cls)
                model.id = f_id
                model.agent_id = f_agent_id
                model.session_id = f_session_id
                model.status = None if f_status is None else (_CallStatus.get(f_status) or CallStatus(f_status))
                model.duration = f_duration
                model.cost = f_cost
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.metadata = None if f_metadata is None else _read_CallMetadata(f_metadata, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)

from ..models.call_metadata import CallMetadata

_read_CallMetadata = CallMetadata.from_dict

Call._fields = (
    _schemas.Field("id", "id", True, _schemas.STRING),
    _schemas.Field("agent_id", "agent_id", False, _schemas.STRING),
    _schemas.Field("session_id", "session_id", False, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.Member(CallStatus)),
    _schemas.Field("duration", "duration", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("cost", "cost", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("metadata", "metadata", False, _schemas.Object(CallMetadata)),
)
Call._extra = _schemas.ANYTHING
