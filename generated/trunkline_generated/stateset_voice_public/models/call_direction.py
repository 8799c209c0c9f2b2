# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class CallDirection(OpenEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
