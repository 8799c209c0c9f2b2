# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class VoiceWebhookDeliveryFailedData(_Model):
    """Identifiers of the event; other fields are not documented.

    Attributes:
        event_id (None | str | None): Id of the event that was not delivered.
        endpoint_id (None | str | None): Id of the endpoint.
        attempt_count (int | None): Number of attempts.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "event_id": "event_id",
        "endpoint_id": "endpoint_id",
        "attempt_count": "attempt_count",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "event_id",
            "endpoint_id",
            "attempt_count",
        }
    )

    event_id: None | str = None
    endpoint_id: None | str = None
    attempt_count: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.event_id is not None:
            field_dict["event_id"] = self.event_id
        if self.endpoint_id is not None:
            field_dict["endpoint_id"] = self.endpoint_id
        if self.attempt_count is not None:
            field_dict["attempt_count"] = self.attempt_count
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            event_id=pop("event_id", None),
            endpoint_id=pop("endpoint_id", None),
            attempt_count=pop("attempt_count", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
