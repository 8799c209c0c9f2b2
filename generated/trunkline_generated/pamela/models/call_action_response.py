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
class CallActionResponse(_Model):
    """Answer to cancel and hang-up. The vendor uses the type of the creation for it but promises no more than a success
    response, so no field is required here.

        Attributes:
            id (str | None): Id of the call.
            status (CallStatus | None): State of a call; `completed`, `failed` and `cancelled` are final. The vendor may add
                values.
            call_session_id (str | None): Id of the telephone session.
            conversation_id (str | None): Id of the conversation.
            created_at (datetime.datetime | None): When the call was created; the format and the null are inferred.
            updated_at (datetime.datetime | None): When the call last changed; the format and the null are inferred.
            to (str | None): Number that is called.
            from_number (str | None): Number that calls.
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
            "id",
            "status",
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

    id: str | None = None
    status: CallStatus | None = None
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.id is not None:
            field_dict["id"] = self.id
        if self.status is not None:
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
                    f_created_at,
                    f_updated_at,
                    f_to,
                    f_from_number,
                    f_task,
                    f_message,
                    f_success,
                ) = values
            else:
                get = src_dict.get
                f_id = get("id")
                f_status = get("status")
                f_call_session_id = get("call_session_id")
                f_conversation_id = get("conversation_id")
                f_created_at = get("created_at")
                f_updated_at = get("updated_at")
                f_to = get("to")
                f_from_number = get("from_number")
                f_task = get("task")
                f_message = get("message")
                f_success = get("success")
            if (
                type(src_dict) is dict
                and (type(f_id) is str or f_id is None and "id" not in src_dict)
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (type(f_call_session_id) is str or f_call_session_id is None and "call_session_id" not in src_dict)
                and (type(f_conversation_id) is str or f_conversation_id is None and "conversation_id" not in src_dict)
                and (type(f_to) is str or f_to is None and "to" not in src_dict)
                and (type(f_from_number) is str or f_from_number is None and "from_number" not in src_dict)
                and (type(f_task) is str or f_task is None and "task" not in src_dict)
                and (type(f_message) is str or f_message is None and "message" not in src_dict)
                and (type(f_success) is bool or f_success is None and "success" not in src_dict)
            ):
                model = _new(cls)
                model.id = f_id
                model.status = None if f_status is None else (_CallStatus.get(f_status) or CallStatus(f_status))
                model.call_session_id = f_call_session_id
                model.conversation_id = f_conversation_id
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.updated_at = None if f_updated_at is None else _parse_datetime(f_updated_at)
                model.to = f_to
                model.from_number = f_from_number
                model.task = f_task
                model.message = f_message
                model.success = f_success
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_CallStatus = cast("dict[object, CallStatus]", CallStatus._value2member_map_)


CallActionResponse._fields = (
    _schemas.Field("id", "id", False, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.Member(CallStatus)),
    _schemas.Field("call_session_id", "call_session_id", False, _schemas.STRING),
    _schemas.Field("conversation_id", "conversation_id", False, _schemas.STRING),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("updated_at", "updated_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("to", "to", False, _schemas.STRING),
    _schemas.Field("from_number", "from_number", False, _schemas.STRING),
    _schemas.Field("task", "task", False, _schemas.STRING),
    _schemas.Field("message", "message", False, _schemas.STRING),
    _schemas.Field("success", "success", False, _schemas.BOOLEAN),
)
CallActionResponse._extra = _schemas.ANYTHING
