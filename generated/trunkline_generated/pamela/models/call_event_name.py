# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class CallEventName(OpenEnum):
    """Name of a call event. The vendor may add values."""

    CALL_COMPLETED = "call.completed"
    CALL_FAILED = "call.failed"
    CALL_QUEUED = "call.queued"
    CALL_STARTED = "call.started"
    CALL_TRANSCRIPT_UPDATE = "call.transcript_update"


CallEventNameValue = Literal[
    "call.completed",
    "call.failed",
    "call.queued",
    "call.started",
    "call.transcript_update",
]
