# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from enum import StrEnum


class Voice(StrEnum):
    AUTO = "auto"
    FEMALE = "female"
    MALE = "male"
