"""JUnit XML: one suite for a comparison, one test case for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from trunkline.contracts.reports.phrases import (
    change,
    located,
    nearest,
    position,
    reach,
    title,
    unit_and_pointer,
)
from trunkline.contracts.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import Finding
    from trunkline.contracts.reports.review import Review

__all__ = ["render"]


def render(review: Review) -> str:
    """Return the report as JUnit XML: findings that fail the run fail, ignored ones are skipped."""
    cases = [*_cases(review)] or ['    <testcase classname="contract" name="no differences"/>']
    numbers = (
        f'tests="{len(cases)}" failures="{_failed(review)}" errors="0" '
        f'skipped="{len(review.ignored)}"'
    )
    name = _attribute(f"contract drift: {title(review)}")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {numbers}>",
        f"  <testsuite name={name} {numbers}>",
        *cases,
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _failed(review: Review) -> int:
    findings = sum(review.fails(finding) for finding in _listed(review))
    return findings + len(review.python_failures)


def _listed(review: Review) -> list[Finding]:
    """Return the listed findings, and those below the listed level that fail the run."""
    listed = {id(finding): finding for finding in (*review.findings, *review.failures)}
    return list(listed.values())


def _cases(review: Review) -> Iterator[str]:
    for finding in _listed(review):
        yield _case(finding, _outcome(review, finding))
    for python in review.python_failures:
        message = _attribute(python.message)
        outcome = f'<failure type="{python.level.label}" message={message}/>'
        name = _attribute(f"{python.kind} {python.path}")
        yield f'    <testcase classname="python" name={name}>{outcome}</testcase>'
    for ignored in review.ignored:
        yield _case(ignored.finding, f"<skipped message={_attribute(ignored.reason)}/>")


def _case(finding: Finding, outcome: str) -> str:
    name = _attribute(f"{finding.rule} {unit_and_pointer(finding)} ({finding.fingerprint})")
    unit = _attribute(finding.edit.unit)
    return f"    <testcase classname={unit} name={name}>{outcome}</testcase>"


def _outcome(review: Review, finding: Finding) -> str:
    text = escape("\n".join(visible(line) for line in _body(review, finding)))
    if not review.fails(finding):
        return f"<system-out>{text}</system-out>"
    label = review.level_of(finding).label
    return f'<failure type="{label}" message={_attribute(finding.message)}>{text}</failure>'


def _body(review: Review, finding: Finding) -> Iterator[str]:
    yield f"{review.level_of(finding).label}: {finding.message}"
    if values := change(finding.edit):
        yield values
    if location := nearest(finding.edit):
        yield f"at {located(location)}"
    yield reach(finding, code_checked=review.code_checked)
    for site in finding.used:
        yield f"used at {position(site.file, site.line, site.column)}: {site.code}"
    if finding.remedy:
        yield finding.remedy


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
