"""Markdown for the comment on a pull request: a table of counts, then one section per level."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

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

    from trunkline.contracts.model import Finding, Level
    from trunkline.contracts.reports.review import Review

__all__ = ["render"]

#: GitHub refuses a comment of more than 65,536 characters.
_LONGEST: Final = 60_000
_LISTED: Final = 10
#: Characters that may start markup, including bare links as in ``www.`` and ``:``.
_PUNCTUATION: Final = re.compile(r"([!#$&()*+\-/:<>@\[\\\]^_`{|}~]|\.(?=\S))")
#: GitHub and GitLab look for mentions and issue numbers in the rendered text, which has no
#: backslashes; an invisible character after the sign prevents notifications.
_WORD_JOINER: Final = "\u2060"


def render(review: Review) -> str:
    """Return the report as GitHub-flavoured Markdown, cut where a comment would be refused."""
    head = [f"## Contract drift: {_escaped(title(review))}", "", *_summary(review)]
    text = "\n".join(head)
    findings = review.findings
    level: Level | None = None
    for number, finding in enumerate(findings):
        block = "\n".join(_section(review, finding, level))
        if len(text) + len(block) > _LONGEST:
            left = counted(len(findings) - number, "finding")
            return f"{text}\n\n{left} more: see the full report.\n"
        text += f"\n{block}"
        level = review.level_of(finding)
    return "\n".join([text, *_unexplained(review, _LONGEST - len(text))]) + "\n"


def _summary(review: Review) -> Iterator[str]:
    yield f"{_code(sides(review))}"
    yield ""
    yield f"**{totals(review)}**"
    for note in notes(review):
        yield f"> {_escaped(note)}"


def _unexplained(review: Review, room: int) -> Iterator[str]:
    changes = unexplained(review)
    if changes:
        yield "\n### Python client, beside the findings above\n"
    for number, each in enumerate(changes):
        line = f"- {each.level.label}: {_prose(each.message)}"
        room -= len(line) + 1
        if room < 0:
            yield f"- and {len(changes) - number} more: see the full report."
            return
        yield line


def _section(review: Review, finding: Finding, before: Level | None) -> Iterator[str]:
    level = review.level_of(finding)
    if level != before:
        yield f"\n### {level.label.capitalize()}\n"
    yield f"- {_prose(headline(finding))}"
    yield f"  {_code(finding.rule)} {_code(unit_and_pointer(finding))}"
    for line in _details(review, finding):
        yield f"  - {line}"


def _details(review: Review, finding: Finding) -> Iterator[str]:
    if both := levels(finding):
        yield f"level: {both}"
    if values := change(finding.edit):
        yield f"value: {_code(values)}"
    if location := nearest(finding.edit):
        yield f"at {_code(located(location))}"
    names = ", ".join(_code(name) for name in finding.operation_names[:_LISTED])
    more = len(finding.operation_names) - _LISTED
    hit = reach(finding, code_checked=review.code_checked)
    yield f"{hit}: {names}" + (f" and {more} more" if more > 0 else "") if names else hit
    for python in finding.python[:_LISTED]:
        yield f"Python: {_prose(python.message)}"
    for site in finding.used[:_LISTED]:
        where = _code(used_at(site))
        yield f"used at {where} ({site.confidence}): {_code(site.code)}"
    if len(finding.used) > _LISTED:
        yield f"and {counted(len(finding.used) - _LISTED, 'more call site')}"
    if finding.remedy:
        yield f"remedy: {_prose(finding.remedy)}"
    yield f"id {_code(finding.fingerprint)}"


def _escaped(text: str) -> str:
    """Return text that Markdown shows literally: no markup, link, mention or HTML."""
    marked = _PUNCTUATION.sub(r"\\\1", visible(text))
    return marked.replace("\\@", f"\\@{_WORD_JOINER}").replace("\\#", f"\\#{_WORD_JOINER}")


def _prose(text: str) -> str:
    """Return a sentence in which the text between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _escaped(text)
    return "".join(
        _code(part) if number % 2 and part else _escaped(part) for number, part in enumerate(parts)
    )


def _code(text: str) -> str:
    """Return a code span with a fence longer than any run of backticks inside."""
    shown = visible(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown[:1] in ("`", "") or shown[-1:] == "`" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
