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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class ToolExecution(_Model):
    """The agent asks your server to run a tool.

    Attributes:
        tool_name (str): Name of the tool.
        arguments (ToolArguments): Arguments of a tool, by its `input_schema`.
        call_id (str): Id of the call.
        correlation_id (str): Id of this execution.
        call_session_id (None | str | None): Id of the telephone session.
        partner_id (None | str | None): Id of the partner.
        project_id (None | str | None): Id of the project.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "tool_name": "tool_name",
        "arguments": "arguments",
        "call_id": "call_id",
        "correlation_id": "correlation_id",
        "call_session_id": "call_session_id",
        "partner_id": "partner_id",
        "project_id": "project_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_session_id",
            "partner_id",
            "project_id",
        }
    )

    tool_name: str
    arguments: ToolArguments
    call_id: str
    correlation_id: str
    call_session_id: None | str = None
    partner_id: None | str = None
    project_id: None | str = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["tool_name"] = self.tool_name
        field_dict["arguments"] = self.arguments.to_dict()
        field_dict["call_id"] = self.call_id
        field_dict["correlation_id"] = self.correlation_id
        if self.call_session_id is not None:
            field_dict["call_session_id"] = self.call_session_id
        if self.partner_id is not None:
            field_dict["partner_id"] = self.partner_id
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
                    f_tool_name,
                    f_arguments,
                    f_call_id,
                    f_correlation_id,
                    f_call_session_id,
                    f_partner_id,
                    f_project_id,
                ) = values
            else:
                get = src_dict.get
                f_tool_name = src_dict["tool_name"]
                f_arguments = src_dict["arguments"]
                f_call_id = src_dict["call_id"]
                f_correlation_id = src_dict["correlation_id"]
                f_call_session_id = get("call_session_id")
                f_partner_id = get("partner_id")
                f_project_id = get("project_id")
            if (
                type(src_dict) is dict
                and type(f_tool_name) is str
                and type(f_arguments) is dict
                and type(f_call_id) is str
                and type(f_correlation_id) is str
                and (f_call_session_id is None or type(f_call_session_id) is str)
                and (f_partner_id is None or type(f_partner_id) is str)
                and (f_project_id is None or type(f_project_id) is str)
            ):
                model = _new(cls)
                model.tool_name = f_tool_name
                model.arguments = _read_ToolArguments(f_arguments, reading)
                model.call_id = f_call_id
                model.correlation_id = f_correlation_id
                model.call_session_id = f_call_session_id
                model.partner_id = f_partner_id
                model.project_id = f_project_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.tool_arguments import ToolArguments

_read_ToolArguments = ToolArguments.from_dict

ToolExecution._fields = (
    _schemas.Field("tool_name", "tool_name", True, _schemas.STRING),
    _schemas.Field("arguments", "arguments", True, _schemas.Object(ToolArguments)),
    _schemas.Field("call_id", "call_id", True, _schemas.STRING),
    _schemas.Field("correlation_id", "correlation_id", True, _schemas.STRING),
    _schemas.Field("call_session_id", "call_session_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("partner_id", "partner_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("project_id", "project_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
ToolExecution._extra = _schemas.ANYTHING
