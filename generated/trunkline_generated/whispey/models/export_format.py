# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class ExportFormat(OpenEnum):
    CSV = "csv"
    JSON = "json"
