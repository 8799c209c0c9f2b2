# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
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


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class IngestResult(_Model):
    """Either `success` with the receipt in `data` (self-hosted), or the receipt's fields at top level (older route; most
    likely the hosted service too, which is inferred).

        Attributes:
            success (bool | None):
            data (IngestReceipt | None):
            message (str | None):
            log_id (str | None):
            agent_id (str | None):
            project_id (str | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "success": "success",
        "data": "data",
        "message": "message",
        "log_id": "log_id",
        "agent_id": "agent_id",
        "project_id": "project_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "success",
            "data",
            "message",
            "log_id",
            "agent_id",
            "project_id",
        }
    )

    success: bool | None = None
    data: IngestReceipt | None = None
    message: str | None = _attrs_field(default=None, repr=_mask)
    log_id: str | None = None
    agent_id: str | None = None
    project_id: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.success is not None:
            field_dict["success"] = self.success
        if self.data is not None:
            field_dict["data"] = self.data.to_dict()
        if self.message is not None:
            field_dict["message"] = self.message
        if self.log_id is not None:
            field_dict["log_id"] = self.log_id
        if self.agent_id is not None:
            field_dict["agent_id"] = self.agent_id
        if self.project_id is not None:
            field_dict["project_id"] = self.project_id
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_success,
                    f_data,
                    f_message,
                    f_log_id,
                    f_agent_id,
                    f_project_id,
                ) = values
            else:
                get = src_dict.get
                f_success = get("success")
                f_data = get("data")
                f_message = get("message")
                f_log_id = get("log_id")
                f_agent_id = get("agent_id")
                f_project_id = get("project_id")
            if (
                type(src_dict) is dict
                and (type(f_success) is bool or f_success is None and "success" not in src_dict)
                and (type(f_data) is dict or f_data is None and "data" not in src_dict)
                and (type(f_message) is str or f_message is None and "message" not in src_dict)
                and (type(f_log_id) is str or f_log_id is None and "log_id" not in src_dict)
                and (type(f_agent_id) is str or f_agent_id is None and "agent_id" not in src_dict)
                and (type(f_project_id) is str or f_project_id is None and "project_id" not in src_dict)
            ):
                model = _new(cls)
                model.success = f_success
                model.data = None if f_data is None else _read_IngestReceipt(f_data, reading)
                model.message = f_message
                model.log_id = f_log_id
                model.agent_id = f_agent_id
                model.project_id = f_project_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.ingest_receipt import IngestReceipt

_read_IngestReceipt = IngestReceipt.from_dict

IngestResult._fields = (
    _schemas.Field("success", "success", False, _schemas.BOOLEAN),
    _schemas.Field("data", "data", False, _schemas.Object(IngestReceipt)),
    _schemas.Field("message", "message", False, _schemas.STRING),
    _schemas.Field("log_id", "log_id", False, _schemas.STRING),
    _schemas.Field("agent_id", "agent_id", False, _schemas.STRING),
    _schemas.Field("project_id", "project_id", False, _schemas.STRING),
)
IngestResult._extra = _schemas.ANYTHING
