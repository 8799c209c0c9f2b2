"""JSON for programs; ``report.schema.json`` beside this module describes it."""

from __future__ import annotations

import json
from dataclasses import fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from trunkline.contracts import compat_ids
from trunkline.contracts.model import Level, Location
from trunkline.contracts.reports.visible import jsonable

if TYPE_CHECKING:
    from trunkline.contracts.model import Finding
    from trunkline.contracts.reports.review import Review

__all__ = ["SCHEMA_VERSION", "as_object", "render", "render_compat_ids", "schema"]

#: Rises when a member is renamed, removed or given another meaning; a new member does not raise it.
SCHEMA_VERSION: Final = 1


def render(review: Review) -> str:
    """Return the report as indented JSON in UTF-8 characters."""
    return json.dumps(as_object(review), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def render_compat_ids(review: Review) -> str:
    """Return what :func:`trunkline.contracts.compat_ids` lists, without suppressed findings."""
    rows = compat_ids(review.report)
    return json.dumps(jsonable(rows), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of :func:`render`'s output."""
    text = (
        files("trunkline.contracts.reports")
        .joinpath("report.schema.json")
        .read_text(encoding="utf-8")
    )
    return cast("dict[str, Any]", json.loads(text))


def as_object(review: Review) -> dict[str, Any]:
    """Return the report as the object that :func:`render` writes."""
    whole = {
        "schema_version": SCHEMA_VERSION,
        "old": _members(review.report.old),
        "new": _members(review.report.new),
        "protect": review.protect.value,
        "show": review.show.label,
        "fail_on": _label(review.fail_on),
        "fail_on_used": _label(review.fail_on_used),
        "confidence": review.confidence.value,
        "python_checked": review.python_checked,
        "code_checked": review.code_checked,
        "counts": {level.label: number for level, number in review.counts.items()},
        "failures": [finding.fingerprint for finding in review.failures],
        "findings": [_finding(review, finding) for finding in review.findings],
        "ignored": [
            {"reason": each.reason, "finding": _finding(review, each.finding)}
            for each in review.ignored
        ],
        "known": [_finding(review, finding) for finding in review.known],
        "python": [_members(change) for change in review.report.python],
        "skipped": [_members(each) for each in review.report.skipped],
        "notes": review.notes,
    }
    return cast("dict[str, Any]", jsonable(whole))


def _finding(review: Review, finding: Finding) -> dict[str, Any]:
    levels = [change.level for change in finding.python]
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "level": review.level_of(finding).label,
        "wire_level": finding.level.label,
        "python_level": _label(max(levels, default=None)),
        "message": finding.message,
        "remedy": finding.remedy,
        "edit": _members(finding.edit),
        "verdicts": [_members(verdict) for verdict in finding.verdicts],
        "operations": [_members(operation) for operation in finding.operations],
        "python": [_members(change) for change in finding.python],
        "overlay": finding.overlay,
        "used": [_members(site) for site in finding.used],
    }


def _members(value: Any) -> dict[str, Any]:
    # dataclasses.asdict copies the old and the new value deeply, and recurses without a limit.
    return {field.name: _member(getattr(value, field.name)) for field in fields(value)}


def _member(value: Any) -> Any:
    if isinstance(value, Level):
        return value.label
    return _members(value) if isinstance(value, Location) else value


def _label(level: Level | None) -> str | None:
    return None if level is None else level.label
