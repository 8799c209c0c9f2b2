# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.voice import Voice
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_to,
                    f_task,
                    f_country,
                    f_locale,
                    f_instructions,
                    f_max_duration_seconds,
                    f_voice,
                    f_agent_name,
                    f_caller_name,
                    f_metadata,
                    f_tools,
                    f_webhooks,
                    f_end_user_id,
                ) = values
            else:
                get = src_dict.get
                f_to = src_dict["to"]
                f_task = src_dict["task"]
                f_country = get("country")
                f_locale = get("locale")
                f_instructions = get("instructions")
                f_max_duration_seconds = get("max_duration_seconds")
                f_voice = get("voice")
                f_agent_name = get("agent_name")
                f_caller_name = get("caller_name")
                f_metadata = get("metadata")
                f_tools = get("tools")
                f_webhooks = get("webhooks")
                f_end_user_id = get("end_user_id")
            if (
                type(src_dict) is dict
                and type(f_to) is str
                and type(f_task) is str
                and (type(f_country) is str or f_country is None and "country" not in src_dict)
                and (type(f_locale) is str or f_locale is None and "locale" not in src_dict)
                and (type(f_instructions) is str or f_instructions is None and "instructions" not in src_dict)
                and (
                    type(f_max_duration_seconds) is int
                    or f_max_duration_seconds is None
                    and "max_duration_seconds" not in src_dict
                )
                and (type(f_voice) is str or f_voice is None and "voice" not in src_dict)
                and (type(f_agent_name) is str or f_agent_name is None and "agent_name" not in src_dict)
                and (type(f_caller_name) is str or f_caller_name is None and "caller_name" not in src_dict)
                and (type(f_metadata) is dict or f_metadata is None and "metadata" not in src_dict)
                and (type(f_tools) is list or f_tools is None and "tools" not in src_dict)
                and (type(f_webhooks) is dict or f_webhooks is None and "webhooks" not in src_dict)
                and (type(f_end_user_id) is str or f_end_user_id is None and "end_user_id" not in src_dict)
            ):
                model = _new(cls)
                model.to = f_to
                model.task = f_task
                model.country = f_country
                model.locale = f_locale
                model.instructions = f_instructions
                model.max_duration_seconds = f_max_duration_seconds
                model.voice = None if f_voice is None else (_Voice.get(f_voice) or Voice(f_voice))
                model.agent_name = f_agent_name
                model.caller_name = f_caller_name
                model.metadata = None if f_metadata is None else _read_CallMetadata(f_metadata, reading)
                model.tools = (
                    None if f_tools is None else _schemas.read_objects(ToolInput, _read_ToolInput, f_tools, reading)
                )
                model.webhooks = None if f_webhooks is None else _read_CallWebhooks(f_webhooks, reading)
                model.end_user_id = f_end_user_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_Voice = cast("dict[object, Voice]", Voice._value2member_map_)

from ..models.call_metadata import CallMetadata
from ..models.call_webhooks import CallWebhooks
from ..models.tool_input import ToolInput

_read_CallMetadata = CallMetadata.from_dict
_read_CallWebhooks = CallWebhooks.from_dict
_read_ToolInput = ToolInput.from_dict

CreateCallRequest._fields = (
    _schemas.Field("to", "to", True, _schemas.STRING),
    _schemas.Field("task", "task", True, _schemas.STRING),
    _schemas.Field("country", "country", False, _schemas.STRING),
    _schemas.Field("locale", "locale", False, _schemas.STRING),
    _schemas.Field("instructions", "instructions", False, _schemas.STRING),
    _schemas.Field("max_duration_seconds", "max_duration_seconds", False, _schemas.INTEGER),
    _schemas.Field("voice", "voice", False, _schemas.Member(Voice)),
    _schemas.Field("agent_name", "agent_name", False, _schemas.STRING),
    _schemas.Field("caller_name", "caller_name", False, _schemas.STRING),
    _schemas.Field("metadata", "metadata", False, _schemas.Object(CallMetadata)),
    _schemas.Field("tools", "tools", False, _schemas.Array(_schemas.Object(ToolInput))),
    _schemas.Field("webhooks", "webhooks", False, _schemas.Object(CallWebhooks)),
    _schemas.Field("end_user_id", "end_user_id", False, _schemas.STRING),
)
CreateCallRequest._extra = _schemas.ANYTHING
