# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import require_const


@_attrs_define(repr=False)
class CallStarted(_Model):
    """A call began; sent by the vendor's packages 4.2 and later.

    Attributes:
        call_id (str): Id of the session.
        agent_id (str): Id of the agent.
        wcall_event (Literal['call_started']):
        customer_number (str | None): Phone number of the caller; empty when it is not known.
        call_started_at (str | None): ISO 8601; the vendor's package gives local time without a zone.
        duration_seconds (float | None): Zero.
        environment (str | None): Free name of the environment; the server takes `dev` when it is absent.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_id": "call_id",
        "agent_id": "agent_id",
        "wcall_event": "wcall_event",
        "customer_number": "customer_number",
        "call_started_at": "call_started_at",
        "duration_seconds": "duration_seconds",
        "environment": "environment",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "customer_number",
            "call_started_at",
            "duration_seconds",
            "environment",
        }
    )

    call_id: str
    agent_id: str
    wcall_event: Literal["call_started"]
    customer_number: str | None = _attrs_field(default=None, repr=_mask)
    call_started_at: str | None = _attrs_field(default=None, repr=_mask)
    duration_seconds: float | None = None
    environment: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["call_id"] = self.call_id
        field_dict["agent_id"] = self.agent_id
        field_dict["wcall_event"] = self.wcall_event
        if self.customer_number is not None:
            field_dict["customer_number"] = self.customer_number
        if self.call_started_at is not None:
            field_dict["call_started_at"] = self.call_started_at
        if self.duration_seconds is not None:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.environment is not None:
            field_dict["environment"] = self.environment
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_id=pop("call_id"),
            agent_id=pop("agent_id"),
            wcall_event=require_const(pop("wcall_event"), "call_started", "wcall_event"),
            customer_number=pop("customer_number", None),
            call_started_at=pop("call_started_at", None),
            duration_seconds=pop("duration_seconds", None),
            environment=pop("environment", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
