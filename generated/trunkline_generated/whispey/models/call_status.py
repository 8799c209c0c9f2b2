# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class CallStatus(OpenEnum):
    """State of a call. The vendor may add values."""

    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


CallStatusValue = Literal[
    "completed",
    "failed",
    "in_progress",
]
