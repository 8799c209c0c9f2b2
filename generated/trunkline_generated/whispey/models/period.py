# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum


class Period(StrEnum):
    VALUE_0 = "1d"
    VALUE_1 = "7d"
    VALUE_2 = "30d"
    VALUE_3 = "90d"
    VALUE_4 = "1y"
