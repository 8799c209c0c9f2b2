"""A report as one run shows it: what is protected, what was suppressed, and what fails."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from trunkline.contracts.model import Confidence, Finding, Level, PythonChange, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Ignored", "Protect", "Review", "qualified_name"]


class Protect(StrEnum):
    """What a client wants to keep working; it decides which level of a finding counts."""

    WIRE = "wire"
    PYTHON = "python"
    BOTH = "both"


def qualified_name(finding: Finding) -> str:
    """Return unit and pointer as one string, such as ``components/schemas/Call/properties/id``."""
    return finding.edit.unit + finding.edit.pointer


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that an entry of an ignore file suppresses, and the reason given there."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """A report, and everything else that an output needs.

    Attributes:
        report: the comparison; its findings exclude those that are ignored or known.
        ignored: findings that an ignore file suppresses.
        known: findings that the baseline already contains.
        notes: sentences about the run, such as an entry of the ignore file that matched nothing.
        protect: whether the level of the wire, of the Python client, or the higher one counts.
        show: findings below this level are counted, but not listed.
        fail_on: the lowest level that fails the run; None if no level does.
        fail_on_used: the same for findings with call sites; None if none does.
        confidence: the least confidence of a call site that counts for ``fail_on_used``.
        python_checked: whether the generated clients were compared.
        code_checked: whether a consumer's code was searched for call sites.
    """

    report: Report
    ignored: tuple[Ignored, ...] = ()
    known: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    protect: Protect = Protect.WIRE
    show: Level = Level.INFO
    fail_on: Level | None = Level.BREAKING
    fail_on_used: Level | None = None
    confidence: Confidence = Confidence.CERTAIN
    python_checked: bool = False
    code_checked: bool = False

    def level_of(self, finding: Finding) -> Level:
        """Return how urgent a finding is for what is protected."""
        python = max((change.level for change in finding.python), default=Level.DOC)
        if self.protect is Protect.WIRE:
            return finding.level
        return python if self.protect is Protect.PYTHON else max(finding.level, python)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings to list: by level, then those with call sites first, then by location."""
        listed = (each for each in self.report.findings if self.level_of(each) >= self.show)
        return self._sorted(listed)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that fail the run."""
        return self._sorted(each for each in self.report.findings if self.fails(each))

    @property
    def python_failures(self) -> tuple[PythonChange, ...]:
        """The changes of the Python client that fail the run although no finding explains them."""
        if self.protect is Protect.WIRE or self.fail_on is None:
            return ()
        return tuple(change for change in self.report.python if change.level >= self.fail_on)

    @property
    def failed(self) -> bool:
        """Whether the run fails."""
        return bool(self.failures or self.python_failures)

    @property
    def counts(self) -> dict[Level, int]:
        """The number of findings of each level, including zero, most urgent first."""
        found = Counter(map(self.level_of, self.report.findings))
        return {level: found[level] for level in sorted(Level, reverse=True)}

    def fails(self, finding: Finding) -> bool:
        """Return whether a finding is at or above one of the two limits."""
        level = self.level_of(finding)
        if self.fail_on is not None and level >= self.fail_on:
            return True
        return self.fail_on_used is not None and level >= self.fail_on_used and self._hits(finding)

    def without(
        self, ignored: Iterable[Ignored], known: Iterable[Finding], notes: Iterable[str]
    ) -> Review:
        """Return this review with these findings taken out of the report, and with more notes."""
        ignored, known = tuple(ignored), tuple(known)
        gone = {id(each.finding) for each in ignored} | {id(each) for each in known}
        left = tuple(each for each in self.report.findings if id(each) not in gone)
        return replace(
            self,
            report=replace(self.report, findings=left),
            ignored=self.ignored + ignored,
            known=self.known + known,
            notes=(*self.notes, *notes),
        )

    def _hits(self, finding: Finding) -> bool:
        certain = self.confidence is Confidence.CERTAIN
        return any(not certain or site.confidence is Confidence.CERTAIN for site in finding.used)

    def _sorted(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(sorted(findings, key=self._order))

    def _order(self, finding: Finding) -> tuple[int, bool, str, str, str, str]:
        edit = finding.edit
        return (
            -self.level_of(finding),
            not finding.used,
            edit.unit,
            edit.pointer,
            finding.rule,
            finding.fingerprint,
        )
