# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class CallDirection(OpenEnum):
    """Direction of a call; that there are no others is inferred. The vendor may add values."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


CallDirectionValue = Literal[
    "inbound",
    "outbound",
]
