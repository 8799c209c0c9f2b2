# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum


class CallStatusFilter(StrEnum):
    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"
