# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
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
class MakeCallRequest(_Model):
    """
    Attributes:
        to (str): Number to call, E.164.
        from_ (str | None): Caller id, E.164; the tenant's phone route decides when it is absent.
        agent_key (str | None): Agent whose published production version takes the call.
        agent_version_id (str | None): One version of the agent, for rollout, quality assurance or staging; the type is
            inferred.
        greeting (str | None): Opening line, spoken to the callee.
        org_id (str | None): Unit, where one tenant serves several; the type is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from": "from_",
        "agent_key": "agent_key",
        "agent_version_id": "agent_version_id",
        "greeting": "greeting",
        "org_id": "org_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "from",
            "agent_key",
            "agent_version_id",
            "greeting",
            "org_id",
        }
    )

    to: str = _attrs_field(repr=_mask)
    from_: str | None = _attrs_field(default=None, repr=_mask)
    agent_key: str | None = None
    agent_version_id: str | None = None
    greeting: str | None = _attrs_field(default=None, repr=_mask)
    org_id: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["to"] = self.to
        if self.from_ is not None:
            field_dict["from"] = self.from_
        if self.agent_key is not None:
            field_dict["agent_key"] = self.agent_key
        if self.agent_version_id is not None:
            field_dict["agent_version_id"] = self.agent_version_id
        if self.greeting is not None:
            field_dict["greeting"] = self.greeting
        if self.org_id is not None:
            field_dict["org_id"] = self.org_id
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_to,
                    f_from_,
                    f_agent_key,
                    f_agent_version_id,
                    f_greeting,
                    f_org_id,
                ) = values
            else:
                get = src_dict.get
                f_to = src_dict["to"]
                f_from_ = get("from")
                f_agent_key = get("agent_key")
                f_agent_version_id = get("agent_version_id")
                f_greeting = get("greeting")
                f_org_id = get("org_id")
            if (
                type(src_dict) is dict
                and type(f_to) is str
                and (type(f_from_) is str or f_from_ is None and "from" not in src_dict)
                and (type(f_agent_key) is str or f_agent_key is None and "agent_key" not in src_dict)
                and (
                    type(f_agent_version_id) is str or f_agent_version_id is None and "agent_version_id" not in src_dict
                )
                and (type(f_greeting) is str or f_greeting is None and "greeting" not in src_dict)
                and (type(f_org_id) is str or f_org_id is None and "org_id" not in src_dict)
            ):
                model = _new(cls)
                model.to = f_to
                model.from_ = f_from_
                model.agent_key = f_agent_key
                model.agent_version_id = f_agent_version_id
                model.greeting = f_greeting
                model.org_id = f_org_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


MakeCallRequest._fields = (
    _schemas.Field("to", "to", True, _schemas.STRING),
    _schemas.Field("from", "from_", False, _schemas.STRING),
    _schemas.Field("agent_key", "agent_key", False, _schemas.STRING),
    _schemas.Field("agent_version_id", "agent_version_id", False, _schemas.STRING),
    _schemas.Field("greeting", "greeting", False, _schemas.STRING),
    _schemas.Field("org_id", "org_id", False, _schemas.STRING),
)
MakeCallRequest._extra = _schemas.ANYTHING
