"""Outputs for two code hosts: annotations for GitHub, code quality for GitLab."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline.contracts.model import Level
from trunkline.contracts.reports.phrases import headline, notes, reach, totals, unit_and_pointer
from trunkline.contracts.reports.visible import jsonable, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import CallSite, Finding
    from trunkline.contracts.reports.review import Review

__all__ = ["Target", "render_github", "render_gitlab", "targets"]

_GITHUB: Final = {Level.BREAKING: "error", Level.WARNING: "warning"}
_GITLAB: Final = {
    Level.BREAKING: "critical",
    Level.WARNING: "major",
    Level.INFO: "minor",
    Level.DOC: "info",
}


class Target(NamedTuple):
    """A location of a finding, with an id that is unique per location."""

    file: str
    line: int
    column: int
    end_line: int | None
    end_column: int | None
    site: CallSite | None
    identity: str


def targets(finding: Finding) -> Iterator[Target]:
    """Yield the call sites that an edit hits, or its location in the document if there are none.

    The identity does not include the line, so code that moves within its file keeps it.
    """
    seen: dict[str, int] = {}
    for site in finding.used:
        key = f"{finding.fingerprint}\0{site.file}\0{site.symbol}\0{site.code}"
        seen[key] = seen.get(key, 0) + 1
        identity = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "replace")).hexdigest()
        yield Target(
            site.file, site.line, site.column, site.end_line, site.end_column, site, identity[:32]
        )
    location = finding.edit.new or finding.edit.old
    if location and not finding.used:
        line, column = location.line or 1, location.column or 1
        yield Target(location.document, line, column, None, None, None, finding.fingerprint)


def render_github(review: Review) -> str:
    """Return workflow commands that GitHub Actions shows as annotations of files."""
    lines = [_annotation(review, f, target) for f in review.findings for target in targets(f)]
    lines += [f"::warning::{_data(visible(note))}" for note in notes(review)]
    lines.append(f"::notice title=Contract drift::{_data(totals(review))}")
    return "\n".join(lines) + "\n"


def _annotation(review: Review, finding: Finding, target: Target) -> str:
    properties: dict[str, str | int | None] = {
        "file": visible(target.file),
        "line": target.line,
        "endLine": target.end_line,
        "col": target.column,
        "endColumn": target.end_column,
        "title": visible(f"{finding.rule} {unit_and_pointer(finding)}"),
    }
    given = ",".join(f"{key}={_property(v)}" for key, v in properties.items() if v is not None)
    command = _GITHUB.get(review.level_of(finding), "notice")
    return f"::{command} {given}::{_data(visible(_sentence(review, finding, target.site)))}"


def _sentence(review: Review, finding: Finding, site: CallSite | None) -> str:
    parts = [f"{headline(finding)}.", site.reason if site else "", finding.remedy]
    said = " ".join(part for part in parts if part)
    return f"{said} ({reach(finding, code_checked=review.code_checked)})"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str | int) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")


def render_gitlab(review: Review) -> str:
    """Return the report as GitLab's code quality artifact, a subset of Code Climate's format."""
    issues = [_issue(review, f, target) for f in review.findings for target in targets(f)]
    return json.dumps(jsonable(issues), ensure_ascii=False, indent=2) + "\n"


def _issue(review: Review, finding: Finding, target: Target) -> dict[str, Any]:
    return {
        "description": visible(_sentence(review, finding, target.site)),
        "check_name": finding.rule,
        "fingerprint": target.identity,
        "severity": _GITLAB[review.level_of(finding)],
        "location": {
            "path": target.file.removeprefix("./"),
            "lines": {"begin": target.line, "end": target.end_line or target.line},
        },
    }
