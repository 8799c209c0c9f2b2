# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class ExportStatus(OpenEnum):
    """State of an export; a value for failure must exist, but its name is not documented. The vendor may add values."""

    COMPLETED = "completed"
    PROCESSING = "processing"


ExportStatusValue = Literal[
    "completed",
    "processing",
]
