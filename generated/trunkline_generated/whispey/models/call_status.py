# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class CallStatus(OpenEnum):
    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"
