# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum


class EventSubscription(StrEnum):
    AGENT_STATUS_CHANGED = "agent.status_changed"
    CALL_COMPLETED = "call.completed"
    CALL_FAILED = "call.failed"
    COST_ALERT = "cost.alert"
    PERFORMANCE_ALERT = "performance.alert"
