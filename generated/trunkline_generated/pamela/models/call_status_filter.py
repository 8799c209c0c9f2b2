# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum
from typing import Literal


class CallStatusFilter(StrEnum):
    """State of a call as a filter of the list."""

    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"
    QUEUED = "queued"
    RINGING = "ringing"


CallStatusFilterValue = Literal[
    "cancelled",
    "completed",
    "failed",
    "in_progress",
    "queued",
    "ringing",
]
