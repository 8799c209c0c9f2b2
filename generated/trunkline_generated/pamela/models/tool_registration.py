# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
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
class ToolRegistration(_Model):
    """Answer to the registration of a tool.

    Attributes:
        success (bool | None): Whether the tool was registered.
        message (str | None): Text for people.
        tool_id (str | None): Id of the tool.
        tool (ToolDefinition | None): A registered tool.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "success": "success",
        "message": "message",
        "tool_id": "tool_id",
        "tool": "tool",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "success",
            "message",
            "tool_id",
            "tool",
        }
    )

    success: bool | None = None
    message: str | None = _attrs_field(default=None, repr=_mask)
    tool_id: str | None = None
    tool: ToolDefinition | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.success is not None:
            field_dict["success"] = self.success
        if self.message is not None:
            field_dict["message"] = self.message
        if self.tool_id is not None:
            field_dict["tool_id"] = self.tool_id
        if self.tool is not None:
            field_dict["tool"] = self.tool.to_dict()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_success,
                    f_message,
                    f_tool_id,
                    f_tool,
                ) = values
            else:
                get = src_dict.get
                f_success = get("success")
                f_message = get("message")
                f_tool_id = get("tool_id")
                f_tool = get("tool")
            if (
                type(src_dict) is dict
                and (type(f_success) is bool or f_success is None and "success" not in src_dict)
                and (type(f_message) is str or f_message is None and "message" not in src_dict)
                and (type(f_tool_id) is str or f_tool_id is None and "tool_id" not in src_dict)
                and (type(f_tool) is dict or f_tool is None and "tool" not in src_dict)
            ):
                model = _new(cls)
                model.success = f_success
                model.message = f_message
                model.tool_id = f_tool_id
                model.tool = None if f_tool is None else _read_ToolDefinition(f_tool, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.tool_definition import ToolDefinition

_read_ToolDefinition = ToolDefinition.from_dict

ToolRegistration._fields = (
    _schemas.Field("success", "success", False, _schemas.BOOLEAN),
    _schemas.Field("message", "message", False, _schemas.STRING),
    _schemas.Field("tool_id", "tool_id", False, _schemas.STRING),
    _schemas.Field("tool", "tool", False, _schemas.Object(ToolDefinition)),
)
ToolRegistration._extra = _schemas.ANYTHING
