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
class PromptData(_Model):
    """What the language model was given for the turn.

    Attributes:
        system_instructions (Any | None): System prompt.
        conversation_history (Any | None): Whole history at that moment.
        available_tools (Any | None): Tools on offer.
        timestamp (Any | None): When it was taken.
        context_length (int | None):
        tools_count (int | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "system_instructions": "system_instructions",
        "conversation_history": "conversation_history",
        "available_tools": "available_tools",
        "timestamp": "timestamp",
        "context_length": "context_length",
        "tools_count": "tools_count",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "system_instructions",
            "conversation_history",
            "available_tools",
            "timestamp",
            "context_length",
            "tools_count",
        }
    )

    system_instructions: Any = _attrs_field(default=None, repr=_mask)
    conversation_history: Any = _attrs_field(default=None, repr=_mask)
    available_tools: Any = _attrs_field(default=None, repr=_mask)
    timestamp: Any = _attrs_field(default=None, repr=_mask)
    context_length: int | None = None
    tools_count: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.system_instructions is not None:
            field_dict["system_instructions"] = self.system_instructions
        if self.conversation_history is not None:
            field_dict["conversation_history"] = self.conversation_history
        if self.available_tools is not None:
            field_dict["available_tools"] = self.available_tools
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        if self.context_length is not None:
            field_dict["context_length"] = self.context_length
        if self.tools_count is not None:
            field_dict["tools_count"] = self.tools_count
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_system_instructions,
                    f_conversation_history,
                    f_available_tools,
                    f_timestamp,
                    f_context_length,
                    f_tools_count,
                ) = values
            else:
                get = src_dict.get
                f_system_instructions = get("system_instructions")
                f_conversation_history = get("conversation_history")
                f_available_tools = get("available_tools")
                f_timestamp = get("timestamp")
                f_context_length = get("context_length")
                f_tools_count = get("tools_count")
            if (
                type(src_dict) is dict
                and (type(f_context_length) is int or f_context_length is None and "context_length" not in src_dict)
                and (type(f_tools_count) is int or f_tools_count is None and "tools_count" not in src_dict)
            ):
                model = _new(cls)
                model.system_instructions = f_system_instructions
                model.conversation_history = f_conversation_history
                model.available_tools = f_available_tools
                model.timestamp = f_timestamp
                model.context_length = f_context_length
                model.tools_count = f_tools_count
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


PromptData._fields = (
    _schemas.Field("system_instructions", "system_instructions", False, _schemas.ANYTHING),
    _schemas.Field("conversation_history", "conversation_history", False, _schemas.ANYTHING),
    _schemas.Field("available_tools", "available_tools", False, _schemas.ANYTHING),
    _schemas.Field("timestamp", "timestamp", False, _schemas.ANYTHING),
    _schemas.Field("context_length", "context_length", False, _schemas.INTEGER),
    _schemas.Field("tools_count", "tools_count", False, _schemas.INTEGER),
)
PromptData._extra = _schemas.ANYTHING
