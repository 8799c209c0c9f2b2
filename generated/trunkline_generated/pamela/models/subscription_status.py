# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class SubscriptionStatus(OpenEnum):
    """State of the subscription, spelled as at Stripe (one l in `canceled`). The vendor may add values."""

    ACTIVE = "active"
    CANCELED = "canceled"
    PAST_DUE = "past_due"


SubscriptionStatusValue = Literal[
    "active",
    "canceled",
    "past_due",
]
