# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.voice import Voice
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
class CreateCallRequest(_Model):
    """
    Attributes:
        to (str): Number to call, E.164.
        task (str): What the agent should do, free text.
        country (str | None): Country by ISO 3166-1 alpha-2; it decides the caller id.
        locale (str | None): Language and region of the conversation.
        instructions (str | None): Further guidance for the agent.
        max_duration_seconds (int | None): Longest duration of the call in seconds. The vendor's demo allows 1 to 3600
            and names 299 as the default; what the service enforces is not known.
        voice (Voice | None): Voice of the agent.
        agent_name (str | None): Name by which the agent introduces itself.
        caller_name (str | None): On whose behalf the agent calls.
        metadata (CallMetadata | None): Free JSON object that the caller attached to the call.
        tools (list[ToolInput] | None): Tools for this call.
        webhooks (CallWebhooks | None): Webhook URLs that hold for one call instead of those of the account.
        end_user_id (str | None): Your own id of the tenant or end user; keeps their contexts apart.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "task": "task",
        "country": "country",
        "locale": "locale",
        "instructions": "instructions",
        "max_duration_seconds": "max_duration_seconds",
        "voice": "voice",
        "agent_name": "agent_name",
        "caller_name": "caller_name",
        "metadata": "metadata",
        "tools": "tools",
        "webhooks": "webhooks",
        "end_user_id": "end_user_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "country",
            "locale",
            "instructions",
            "max_duration_seconds",
            "voice",
            "agent_name",
            "caller_name",
            "metadata",
            "tools",
            "webhooks",
            "end_user_id",
        }
    )

    to: str = _attrs_field(repr=_mask)
    task: str = _attrs_field(repr=_mask)
    country: str | None = None
    locale: str | None = None
    instructions: str | None = _attrs_field(default=None, repr=_mask)
    max_duration_seconds: int | None = None
    voice: Voice | None = None
    agent_name: str | None = _attrs_field(default=None, repr=_mask)
    caller_name: str | None = _attrs_field(default=None, repr=_mask)
    metadata: CallMetadata | None = None
    tools: list[ToolInput] | None = None
    webhooks: CallWebhooks | None = None
    end_user_id: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["to"] = self.to
        field_dict["task"] = self.task
        if self.country is not None:
            field_dict["country"] = self.country
        if self.locale is not None:
            field_dict["locale"] = self.locale
        if self.instructions is not None:
            field_dict["instructions"] = self.instructions
        if self.max_duration_seconds is not None:
            field_dict["max_duration_seconds"] = self.max_duration_seconds
        if self.voice is not None:
            field_dict["voice"] = self.voice.value
        if self.agent_name is not None:
            field_dict["agent_name"] = self.agent_name
        if self.caller_name is not None:
            field_dict["caller_name"] = self.caller_name
        if self.metadata is not None:
            field_dict["metadata"] = self.metadata.to_dict()
        if self.tools is not None:
            field_dict["tools"] = [item_tools.to_dict() for item_tools in self.tools]
        if self.webhooks is not None:
            field_dict["webhooks"] = self.webhooks.to_dict()
        if self.end_user_id is not None:
            field_dict["end_user_id"] = self.end_user_id
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            to=pop("to"),
            task=pop("task"),
            country=pop("country", None),
            locale=pop("locale", None),
            instructions=pop("instructions", None),
            max_duration_seconds=pop("max_duration_seconds", None),
            voice=None if (value := pop("voice", None)) is None else _Voice.get(value) or Voice(value),
            agent_name=pop("agent_name", None),
            caller_name=pop("caller_name", None),
            metadata=None if (value := pop("metadata", None)) is None else CallMetadata.from_dict(value),
            tools=None
            if (value := pop("tools", None)) is None
            else [ToolInput.from_dict(item_tools) for item_tools in value],
            webhooks=None if (value := pop("webhooks", None)) is None else CallWebhooks.from_dict(value),
            end_user_id=pop("end_user_id", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_Voice = cast("dict[object, Voice]", Voice._value2member_map_)


from ..models.call_metadata import CallMetadata
from ..models.call_webhooks import CallWebhooks
from ..models.tool_input import ToolInput
