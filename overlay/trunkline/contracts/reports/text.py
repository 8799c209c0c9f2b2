"""Text for a terminal, grouped by cause: each edit once, with everything it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from trunkline.contracts.reports.phrases import (
    change,
    counted,
    headline,
    levels,
    located,
    nearest,
    notes,
    reach,
    sides,
    title,
    totals,
    unexplained,
    unit_and_pointer,
    used_at,
)
from trunkline.contracts.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import Finding
    from trunkline.contracts.reports.review import Review

__all__ = ["Span", "render", "render_oneline", "spans"]

#: Names of one kind beyond this number are counted instead of listed.
_LISTED: Final = 6


class Span(NamedTuple):
    """A piece of a line and its role, which decides its colour on a terminal."""

    text: str
    role: str = ""


def render(review: Review) -> str:
    """Return the report as text without colours."""
    return "".join(f"{''.join(span.text for span in line)}\n" for line in spans(review))


def render_oneline(review: Review) -> str:
    """Return one line for each finding: location, level, rule, message, reach, fingerprint."""
    return "".join(f"{visible(_single(review, finding))}\n" for finding in review.findings)


def spans(review: Review) -> Iterator[list[Span]]:
    """Yield the report line by line, in pieces that a terminal may colour."""
    yield [Span(visible(title(review)), "title"), Span(visible(f"  {sides(review)}"))]
    for unit, findings in _by_unit(review):
        yield []
        yield [Span(visible(unit), "unit")]
        for finding in findings:
            yield from _finding(review, finding)
    yield from _unexplained(review)
    yield []
    yield [Span(totals(review), "totals")]
    yield from _footer(review)


def _by_unit(review: Review) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the findings of each unit; the unit with the most urgent finding comes first."""
    groups: dict[str, list[Finding]] = {}
    for finding in review.findings:
        groups.setdefault(finding.edit.unit, []).append(finding)
    yield from groups.items()


def _finding(review: Review, finding: Finding) -> Iterator[list[Span]]:
    label = review.level_of(finding).label
    yield [
        Span("  "),
        Span(f"{label:<8}", label),
        Span(f"  {visible(headline(finding))}  "),
        Span(visible(f"[{finding.rule}]"), "rule"),
    ]
    for name, text in _details(review, finding):
        yield [Span(f"            {name:<8}", "name"), Span(visible(text))]


def _details(review: Review, finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.edit.pointer:
        yield "in", finding.edit.pointer
    if both := levels(finding):
        yield "level", both
    if values := change(finding.edit):
        yield "value", values
    if location := nearest(finding.edit):
        yield "at", located(location)
    yield "", reach(finding, code_checked=review.code_checked)
    if finding.operation_names != (finding.edit.unit,):
        yield from _listed("", finding.operation_names)
    yield from _listed("python", [change.message for change in finding.python])
    yield from _listed("overlay", finding.overlay)
    for site in finding.used:
        yield "used", f"{used_at(site)} ({site.confidence}) {site.code}"
    if finding.remedy:
        yield "remedy", finding.remedy
    yield "id", finding.fingerprint


def _listed(name: str, texts: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    for text in texts[:_LISTED]:
        yield name, text if name else f"  {text}"
    if len(texts) > _LISTED:
        yield name, f"  and {len(texts) - _LISTED} more"


def _unexplained(review: Review) -> Iterator[list[Span]]:
    changes = unexplained(review)
    if changes:
        yield []
        yield [Span("Python client, beside the findings above", "unit")]
    for each in changes:
        label = each.level.label
        text = f"  {visible(each.message)}  "
        kind = Span(visible(f"[{each.kind}]"), "rule")
        yield [Span("  "), Span(f"{label:<8}", label), Span(text), kind]


def _footer(review: Review) -> Iterator[list[Span]]:
    hidden = len(review.report.findings) - len(review.findings)
    if hidden:
        yield [Span(f"{counted(hidden, 'finding')} below {review.show.label} not listed", "name")]
    for note in notes(review):
        yield [Span("note: ", "warning"), Span(visible(note))]


def _single(review: Review, finding: Finding) -> str:
    location = nearest(finding.edit)
    where = located(location) if location else unit_and_pointer(finding)
    level = review.level_of(finding).label
    hit = reach(finding, code_checked=review.code_checked)
    return (
        f"{where}: {level}: {headline(finding)} [{finding.rule}] {unit_and_pointer(finding)}; "
        f"{hit}; {finding.fingerprint}"
    )
