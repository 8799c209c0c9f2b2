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
class CallResponse(_Model):
    """A call as the creation returns it.

    Attributes:
        id (str): Id of the call.
        status (CallStatus): State of a call; `completed`, `failed` and `cancelled` are final. The vendor may add
            values.
        call_session_id (str | None): Id of the telephone session.
        conversation_id (str | None): Id of the conversation.
        created_at (datetime.datetime | None): When the call was created; the format and the null are inferred.
        updated_at (datetime.datetime | None): When the call last changed; the format and the null are inferred.
        to (str | None): Number that is called.
        from_number (str | None): Number that calls, chosen by the service.
        task (str | None): Task of the agent.
        message (str | None): Text for people.
        success (bool | None): Whether the request was accepted.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "status": "status",
        "call_session_id": "call_session_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "to": "to",
        "from_number": "from_number",
        "task": "task",
        "message": "message",
        "success": "success",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_session_id",
            "conversation_id",
            "created_at",
            "updated_at",
            "to",
            "from_number",
            "task",
            "message",
            "success",
        }
    )

    id: str
    status: CallStatus
    call_session_id: str | None = None
    conversation_id: str | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    to: str | None = _attrs_field(default=None, repr=_mask)
    from_number: str | None = _attrs_field(default=None, repr=_mask)
    task: str | None = _attrs_field(default=None, repr=_mask)
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
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.updated_at is not None:
            field_dict["updated_at"] = to_json(self.updated_at)
        if self.to is not None:
            field_dict["to"] = self.to
        if self.from_number is not None:
            field_dict["from_number"] = self.from_number
        if self.task is not None:
            field_dict["task"] = self.task
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
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            updated_at=None if (value := pop("updated_at", None)) is None else _decode_updated_at(value),
            to=pop("to", None),
            from_number=pop("from_number", None),
            task=pop("task", None),
            message=pop("message", None),
            success=pop("success", None),
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


def _decode_updated_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)
