"""JSON for programs; ``report.schema.json`` beside this module describes it."""

from __future__ import annotations

import json
from dataclasses import fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from trunkline._json import is_array
from trunkline.contracts import compat_ids
from trunkline.contracts.model import Level, Location
from trunkline.contracts.reports.visible import jsonable

if TYPE_CHECKING:
    from trunkline.contracts.model import Finding, OperationRef
    from trunkline.contracts.reports.review import Review

__all__ = ["SCHEMA_VERSION", "as_object", "render", "render_compat_ids", "schema"]

#: Incremented when a member is renamed, removed or changes its meaning, but not for a new member.
SCHEMA_VERSION: Final = 1


def render(review: Review) -> str:
    """Return the report as JSON in UTF-8 characters, each finding on its own line."""
    members = (f"{_dumped(key)}: {_member_text(item)}" for key, item in as_object(review).items())
    return "{\n  " + ",\n  ".join(members) + "\n}\n"


def _member_text(value: Any) -> str:
    if not is_array(value) or not value:
        return _dumped(value)
    return "[\n    " + ",\n    ".join(map(_dumped, value)) + "\n  ]"


def _dumped(value: Any) -> str:
    # Without indentation, which the encoder written in C does not support.
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


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
    writer = _Writer(review)
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
        "findings": [],
        "ignored": [],
        "known": [],
        "python": [_members(change) for change in review.report.python],
        "skipped": [_members(each) for each in review.report.skipped],
        "notes": review.notes,
    }
    found = {
        "findings": [writer.finding(finding) for finding in review.findings],
        "ignored": [
            {"reason": jsonable(each.reason), "finding": writer.finding(each.finding)}
            for each in review.ignored
        ],
        "known": [writer.finding(finding) for finding in review.known],
    }
    return cast("dict[str, Any]", jsonable(whole)) | found | {"reached": writer.reached()}


class _Writer:
    """Writes findings; equal lists of operations, which may be long, are written once."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._numbers: dict[tuple[OperationRef, ...], int] = {}
        #: The same by identity: hashing a list of thousands takes long.
        self._known: dict[int, int] = {}

    def finding(self, finding: Finding) -> dict[str, Any]:
        """Return a finding as an object."""
        levels = [change.level for change in finding.python]
        found = {
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "level": self._review.level_of(finding).label,
            "wire_level": finding.level.label,
            "python_level": _label(max(levels, default=None)),
            "message": finding.message,
            "remedy": finding.remedy,
            "edit": _members(finding.edit),
            "verdicts": [_members(verdict) for verdict in finding.verdicts],
            "operation_count": len(finding.operation_names),
            "reached": self._number(finding.operations),
            "python": [_members(change) for change in finding.python],
            "overlay": finding.overlay,
            "used": [_members(site) for site in finding.used],
        }
        return cast("dict[str, Any]", jsonable(found))

    def _number(self, operations: tuple[OperationRef, ...]) -> int:
        if id(operations) not in self._known:
            number = self._numbers.setdefault(operations, len(self._numbers))
            self._known[id(operations)] = number
        return self._known[id(operations)]

    def reached(self) -> list[Any]:
        """Return the lists of operations to which findings refer by number."""
        return [[jsonable(_members(each)) for each in operations] for operations in self._numbers]


def _members(value: Any) -> dict[str, Any]:
    # dataclasses.asdict copies the old and the new value deeply, and recurses without a limit.
    return {field.name: _member(getattr(value, field.name)) for field in fields(value)}


def _member(value: Any) -> Any:
    if isinstance(value, Level):
        return value.label
    return _members(value) if isinstance(value, Location) else value


def _label(level: Level | None) -> str | None:
    return None if level is None else level.label
