# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum
from typing import Literal


class Period(StrEnum):
    """One day, seven, thirty or ninety days, or one year."""

    VALUE_0 = "1d"
    VALUE_1 = "7d"
    VALUE_2 = "30d"
    VALUE_3 = "90d"
    VALUE_4 = "1y"


PeriodValue = Literal[
    "1d",
    "7d",
    "30d",
    "90d",
    "1y",
]
