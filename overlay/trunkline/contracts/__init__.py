"""Compare two OpenAPI documents from the point of view of a client."""

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
    Verdict,
)

__all__ = [
    "CallSite",
    "Confidence",
    "ContractError",
    "Direction",
    "DocumentInfo",
    "Edit",
    "Finding",
    "Level",
    "Location",
    "OperationKind",
    "OperationRef",
    "PythonChange",
    "Report",
    "Verdict",
]
