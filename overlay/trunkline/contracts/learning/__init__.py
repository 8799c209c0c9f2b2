"""From counts of answers to corrections of a contract.

observations.read    files of counts, HAR files and request journals of the sandbox, added up
findings.findings    what the counts say that the contract does not, by the thresholds in there
splitting.separated  copies of schemas, for operations that alone show something
actions.actions      an Overlay 1.0 action or two for each
lessons.learn        the corrected contract; nothing may deviate from it any more
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
