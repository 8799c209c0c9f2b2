# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class CallEventName(OpenEnum):
    CALL_COMPLETED = "call.completed"
    CALL_FAILED = "call.failed"
    CALL_QUEUED = "call.queued"
    CALL_STARTED = "call.started"
    CALL_TRANSCRIPT_UPDATE = "call.transcript_update"
