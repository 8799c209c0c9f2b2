# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class ExportFormat(OpenEnum):
    """Format of the file. `csv` is of the page; JSON is named in other documents, its spelling here is inferred. The
    vendor may add values."""

    CSV = "csv"
    JSON = "json"


ExportFormatValue = Literal[
    "csv",
    "json",
]
