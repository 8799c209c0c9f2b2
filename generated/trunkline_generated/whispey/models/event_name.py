# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class EventName(OpenEnum):
    AGENT_STATUS_CHANGED = "agent.status_changed"
    CALL_COMPLETED = "call.completed"
    CALL_FAILED = "call.failed"
    COST_ALERT = "cost.alert"
    PERFORMANCE_ALERT = "performance.alert"
