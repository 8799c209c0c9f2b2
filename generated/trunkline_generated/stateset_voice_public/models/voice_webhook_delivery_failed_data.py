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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_event_id,
                    f_endpoint_id,
                    f_attempt_count,
                ) = values
            else:
                get = src_dict.get
                f_event_id = get("event_id")
                f_endpoint_id = get("endpoint_id")
                f_attempt_count = get("attempt_count")
            if (
                type(src_dict) is dict
                and (f_event_id is None or type(f_event_id) is str)
                and (f_endpoint_id is None or type(f_endpoint_id) is str)
                and (f_attempt_count is None or type(f_attempt_count) is int)
            ):
                model = _new(cls)
                model.event_id = f_event_id
                model.endpoint_id = f_endpoint_id
                model.attempt_count = f_attempt_count
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


VoiceWebhookDeliveryFailedData._fields = (
    _schemas.Field("event_id", "event_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("endpoint_id", "endpoint_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("attempt_count", "attempt_count", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
)
VoiceWebhookDeliveryFailedData._extra = _schemas.ANYTHING
