# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            tool_name=pop("tool_name"),
            arguments=ToolArguments.from_dict(pop("arguments")),
            call_id=pop("call_id"),
            correlation_id=pop("correlation_id"),
            call_session_id=pop("call_session_id", None),
            partner_id=pop("partner_id", None),
            project_id=pop("project_id", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.tool_arguments import ToolArguments
