# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class Speaker(OpenEnum):
    """Who said a turn. The vendor may add values."""

    AGENT = "agent"
    USER = "user"


SpeakerValue = Literal[
    "agent",
    "user",
]
