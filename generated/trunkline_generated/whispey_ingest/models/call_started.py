# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_id,
                    f_agent_id,
                    f_wcall_event,
                    f_customer_number,
                    f_call_started_at,
                    f_duration_seconds,
                    f_environment,
                ) = values
            else:
                get = src_dict.get
                f_call_id = src_dict["call_id"]
                f_agent_id = src_dict["agent_id"]
                f_wcall_event = src_dict["wcall_event"]
                f_customer_number = get("customer_number")
                f_call_started_at = get("call_started_at")
                f_duration_seconds = get("duration_seconds")
                f_environment = get("environment")
            if (
                type(src_dict) is dict
                and type(f_call_id) is str
                and type(f_agent_id) is str
                and type(f_wcall_event) is str
                and f_wcall_event == "call_started"
                and (type(f_customer_number) is str or f_customer_number is None and "customer_number" not in src_dict)
                and (type(f_call_started_at) is str or f_call_started_at is None and "call_started_at" not in src_dict)
                and (
                    (type(f_duration_seconds) is float or type(f_duration_seconds) is int)
                    or f_duration_seconds is None
                    and "duration_seconds" not in src_dict
                )
                and (type(f_environment) is str or f_environment is None and "environment" not in src_dict)
            ):
                model = _new(cls)
                model.call_id = f_call_id
                model.agent_id = f_agent_id
                model.wcall_event = "call_started"
                model.customer_number = f_customer_number
                model.call_started_at = f_call_started_at
                model.duration_seconds = f_duration_seconds
                model.environment = f_environment
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


CallStarted._fields = (
    _schemas.Field("call_id", "call_id", True, _schemas.STRING),
    _schemas.Field("agent_id", "agent_id", True, _schemas.STRING),
    _schemas.Field("wcall_event", "wcall_event", True, _schemas.Constant("call_started")),
    _schemas.Field("customer_number", "customer_number", False, _schemas.STRING),
    _schemas.Field("call_started_at", "call_started_at", False, _schemas.STRING),
    _schemas.Field("duration_seconds", "duration_seconds", False, _schemas.NUMBER),
    _schemas.Field("environment", "environment", False, _schemas.STRING),
)
CallStarted._extra = _schemas.ANYTHING
