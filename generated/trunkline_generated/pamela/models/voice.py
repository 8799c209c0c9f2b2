# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum
from typing import Literal


class Voice(StrEnum):
    """Voice of the agent."""

    AUTO = "auto"
    FEMALE = "female"
    MALE = "male"


VoiceValue = Literal[
    "auto",
    "female",
    "male",
]
