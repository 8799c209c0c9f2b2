# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.subscription_status import SubscriptionStatus
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class SubscriptionResponse(_Model):
    """The subscription; that the two fields are in this answer is inferred.

    Attributes:
        subscription_status (SubscriptionStatus | None): State of the subscription, spelled as at Stripe (one l in
            `canceled`). The vendor may add values.
        grace_period_ends_at (datetime.datetime | None): End of the grace period, one week after the failed payment.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "subscription_status": "subscription_status",
        "grace_period_ends_at": "grace_period_ends_at",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "subscription_status",
            "grace_period_ends_at",
        }
    )

    subscription_status: SubscriptionStatus | None = None
    grace_period_ends_at: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.subscription_status is not None:
            field_dict["subscription_status"] = self.subscription_status.value
        if self.grace_period_ends_at is not None:
            field_dict["grace_period_ends_at"] = to_json(self.grace_period_ends_at)
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_subscription_status,
                    f_grace_period_ends_at,
                ) = values
            else:
                get = src_dict.get
                f_subscription_status = get("subscription_status")
                f_grace_period_ends_at = get("grace_period_ends_at")
            if type(src_dict) is dict and (
                type(f_subscription_status) is str
                or f_subscription_status is None
                and "subscription_status" not in src_dict
            ):
                model = _new(cls)
                model.subscription_status = (
                    None
                    if f_subscription_status is None
                    else (_SubscriptionStatus.get(f_subscription_status) or SubscriptionStatus(f_subscription_status))
                )
                model.grace_period_ends_at = (
                    None if f_grace_period_ends_at is None else _parse_datetime(f_grace_period_ends_at)
                )
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_SubscriptionStatus = cast("dict[object, SubscriptionStatus]", SubscriptionStatus._value2member_map_)


SubscriptionResponse._fields = (
    _schemas.Field("subscription_status", "subscription_status", False, _schemas.Member(SubscriptionStatus)),
    _schemas.Field(
        "grace_period_ends_at", "grace_period_ends_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)
    ),
)
SubscriptionResponse._extra = _schemas.ANYTHING
