"""Compare two OpenAPI documents from the point of view of a client.

`load` reads a document, `diff` compares two, `locate` adds lines and columns to the findings,
and `rules` is the table by which edits are judged. Importing this package reads no files and does
not use the network.
"""

from __future__ import annotations

from ._loading.document import Document, load
from ._loading.repeated import RepeatedKey, repeated_keys
from ._rules.table import Rule, rules
from .api import compat_ids, diff, locate
from .errors import ContractError
from .model import (
    CallSite,
    Confidence,
    Direction,
    DocumentInfo,
    Edit,
    Finding,
    Level,
    Location,
    OperationKind,
    OperationRef,
    PythonChange,
    Report,
    Skipped,
    Verdict,
)

__all__ = [
    "CallSite",
    "Confidence",
    "ContractError",
    "Direction",
    "Document",
    "DocumentInfo",
    "Edit",
    "Finding",
    "Level",
    "Location",
    "OperationKind",
    "OperationRef",
    "PythonChange",
    "RepeatedKey",
    "Report",
    "Rule",
    "Skipped",
    "Verdict",
    "compat_ids",
    "diff",
    "load",
    "locate",
    "repeated_keys",
    "rules",
]
