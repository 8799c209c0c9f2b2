# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum
from typing import Literal


class CallStatusFilter(StrEnum):
    """State of a call as a filter of the list."""

    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


CallStatusFilterValue = Literal[
    "completed",
    "failed",
    "in_progress",
]
