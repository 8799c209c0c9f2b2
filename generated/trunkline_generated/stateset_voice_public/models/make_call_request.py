# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            to=pop("to"),
            from_=pop("from", None),
            agent_key=pop("agent_key", None),
            agent_version_id=pop("agent_version_id", None),
            greeting=pop("greeting", None),
            org_id=pop("org_id", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
