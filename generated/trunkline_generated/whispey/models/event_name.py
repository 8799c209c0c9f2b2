# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class EventName(OpenEnum):
    """Name of a webhook event. The vendor may add values."""

    AGENT_STATUS_CHANGED = "agent.status_changed"
    CALL_COMPLETED = "call.completed"
    CALL_FAILED = "call.failed"
    COST_ALERT = "cost.alert"
    PERFORMANCE_ALERT = "performance.alert"


EventNameValue = Literal[
    "agent.status_changed",
    "call.completed",
    "call.failed",
    "cost.alert",
    "performance.alert",
]
