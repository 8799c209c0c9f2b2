# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class SubscriptionStatus(OpenEnum):
    ACTIVE = "active"
    CANCELED = "canceled"
    PAST_DUE = "past_due"
