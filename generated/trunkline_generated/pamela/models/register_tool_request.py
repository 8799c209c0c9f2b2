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
class RegisterToolRequest(_Model):
    """
    Attributes:
        tool (ToolInput): Definition of a tool as the caller gives it.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "tool": "tool",
    }
    _optional: ClassVar[frozenset[str]] = frozenset({})

    tool: ToolInput
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["tool"] = self.tool.to_dict()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (f_tool,) = values
            else:
                f_tool = src_dict["tool"]
            if type(src_dict) is dict and type(f_tool) is dict:
                model = _new(cls)
                model.tool = _read_ToolInput(f_tool, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.tool_input import ToolInput

_read_ToolInput = ToolInput.from_dict

RegisterToolRequest._fields = (_schemas.Field("tool", "tool", True, _schemas.Object(ToolInput)),)
RegisterToolRequest._extra = _schemas.ANYTHING
