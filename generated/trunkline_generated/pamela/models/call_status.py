# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class CallStatus(OpenEnum):
    """State of a call; `completed`, `failed` and `cancelled` are final. The vendor may add values."""

    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"
    QUEUED = "queued"
    RINGING = "ringing"


CallStatusValue = Literal[
    "cancelled",
    "completed",
    "failed",
    "in_progress",
    "queued",
    "ringing",
]
