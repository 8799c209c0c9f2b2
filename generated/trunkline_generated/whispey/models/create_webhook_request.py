# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.event_subscription import EventSubscription
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["url"] = self.url
        field_dict["events"] = [item_events.value for item_events in self.events]
        if self.secret is not None:
            field_dict["secret"] = self.secret
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_url,
                    f_events,
                    f_secret,
                ) = values
            else:
                get = src_dict.get
                f_url = src_dict["url"]
                f_events = src_dict["events"]
                f_secret = get("secret")
            if (
                type(src_dict) is dict
                and type(f_url) is str
                and (type(f_secret) is str or f_secret is None and "secret" not in src_dict)
            ):
                model = _new(cls)
                model.url = f_url
                model.events = cls._fields[1].schema.read(f_events, reading)
                model.secret = f_secret
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


CreateWebhookRequest._fields = (
    _schemas.Field("url", "url", True, _schemas.STRING),
    _schemas.Field("events", "events", True, _schemas.Array(_schemas.Member(EventSubscription))),
    _schemas.Field("secret", "secret", False, _schemas.STRING),
)
CreateWebhookRequest._extra = _schemas.ANYTHING
