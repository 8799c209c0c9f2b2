# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class CallStatus(OpenEnum):
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"
    QUEUED = "queued"
    RINGING = "ringing"
