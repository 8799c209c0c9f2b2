# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_subscription import EventSubscription
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
class CreateWebhookRequest(_Model):
    """Which fields are required is inferred.

    Attributes:
        url (str): Where the events go; that only http and https are taken is inferred.
        events (list[EventSubscription]): Events to send.
        secret (str | None): Secret of the webhook; its use is not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "url": "url",
        "events": "events",
        "secret": "secret",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "secret",
        }
    )

    url: str = _attrs_field(repr=_mask)
    events: list[EventSubscription]
    secret: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["url"] = self.url
        field_dict["events"] = [item_events.value for item_events in self.events]
        if self.secret is not None:
            field_dict["secret"] = self.secret
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            url=pop("url"),
            events=[
                _EventSubscription.get(item_events) or EventSubscription(item_events) for item_events in pop("events")
            ],
            secret=pop("secret", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_EventSubscription = cast("dict[object, EventSubscription]", EventSubscription._value2member_map_)
