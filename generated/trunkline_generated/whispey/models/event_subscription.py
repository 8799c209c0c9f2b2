# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum
from typing import Literal


class EventSubscription(StrEnum):
    """Name of a webhook event, as asked for."""

    AGENT_STATUS_CHANGED = "agent.status_changed"
    CALL_COMPLETED = "call.completed"
    CALL_FAILED = "call.failed"
    COST_ALERT = "cost.alert"
    PERFORMANCE_ALERT = "performance.alert"


EventSubscriptionValue = Literal[
    "agent.status_changed",
    "call.completed",
    "call.failed",
    "cost.alert",
    "performance.alert",
]
