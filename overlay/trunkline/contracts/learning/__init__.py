"""Derive corrections of a contract from counts of responses.

observations.read    counts files, HAR files and request journals of the sandbox, added up
findings.findings    what the counts show that the contract lacks, by the thresholds there
splitting.separated  copies of schemas, for the only operations that show a finding
actions.actions      an Overlay 1.0 action or two for each
lessons.learn        the corrected contract; no response may deviate from it any more
"""

from __future__ import annotations

from .actions import sentence
from .finding import Evidence, Finding, Kind
from .lessons import Lesson, learn
from .observations import Observations, Observed, contracts_in, read

__all__ = [
    "Evidence",
    "Finding",
    "Kind",
    "Lesson",
    "Observations",
    "Observed",
    "contracts_in",
    "learn",
    "read",
    "sentence",
]
