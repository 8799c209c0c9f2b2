# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            system_instructions=pop("system_instructions", None),
            conversation_history=pop("conversation_history", None),
            available_tools=pop("available_tools", None),
            timestamp=pop("timestamp", None),
            context_length=pop("context_length", None),
            tools_count=pop("tools_count", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
