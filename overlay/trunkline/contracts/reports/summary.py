"""Summarize the differences between two documents in one sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from trunkline.contracts.model import Level
from trunkline.contracts.reports.phrases import counted, headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trunkline.contracts.model import Finding, Report

__all__ = ["summary"]

#: At most this many edits of one kind are named; the others are counted.
_NAMED: Final = 3
#: Edits for which the number is enough, unless they are breaking.
_COUNTED: Final = ("operation", "webhook", "component")


def summary(report: Report) -> str:
    """Return text such as ``5 operations added, `limit` removed from GET /calls, breaking: …``."""
    parts = [*_totals(report.findings), *_members(report.findings)]
    if broken := report.at_least(Level.BREAKING):
        parts.append(f"breaking: {_listed([_with_unit(finding) for finding in broken])}")
    wording = sum(finding.level is Level.DOC for finding in report.findings)
    others = len(report.findings) - wording
    if not parts and others:
        parts.append(counted(others, "further edit"))
    return ", ".join(parts) or f"{counted(wording, 'edit')} of wording alone"


def _totals(findings: Sequence[Finding]) -> Iterator[str]:
    found = Counter(finding.rule for finding in findings)
    for noun in _COUNTED:
        for what in ("added", "removed"):
            if number := found[f"{noun}-{what}"]:
                yield f"{counted(number, noun)} {what}"


def _members(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield parameters, properties and the like that were added or removed."""
    for what, preposition in (("added", "to"), ("removed", "from")):
        named = [
            f"`{finding.edit.subject}` {what} {preposition} {finding.edit.unit}"
            for finding in findings
            if finding.edit.subject
            and finding.rule.endswith(f"-{what}")
            and finding.rule.split("-")[0] in {"parameter", "property", "enum"}
        ]
        yield from named[:_NAMED]
        if len(named) > _NAMED:
            yield f"{len(named) - _NAMED} more {what}"


def _with_unit(finding: Finding) -> str:
    return f"{finding.edit.unit}: {headline(finding)}"


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _NAMED
    return "; ".join([*texts[:_NAMED], *([f"and {more} more"] if more > 0 else [])])
