# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.subscription_status import SubscriptionStatus
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import to_json


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.subscription_status is not None:
            field_dict["subscription_status"] = self.subscription_status.value
        if self.grace_period_ends_at is not None:
            field_dict["grace_period_ends_at"] = to_json(self.grace_period_ends_at)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            subscription_status=None
            if (value := pop("subscription_status", None)) is None
            else _SubscriptionStatus.get(value) or SubscriptionStatus(value),
            grace_period_ends_at=None
            if (value := pop("grace_period_ends_at", None)) is None
            else _decode_grace_period_ends_at(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_SubscriptionStatus = cast("dict[object, SubscriptionStatus]", SubscriptionStatus._value2member_map_)


def _decode_grace_period_ends_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)
