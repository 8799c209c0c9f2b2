"""SARIF 2.1.0: a result for each call site, with the vendor's document as related location."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from trunkline._version import __version__
from trunkline.contracts.model import Level
from trunkline.contracts.reports.ci import targets
from trunkline.contracts.reports.phrases import notes, reach
from trunkline.contracts.reports.review import qualified_name
from trunkline.contracts.reports.visible import jsonable, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import Finding, Location
    from trunkline.contracts.reports.ci import Target
    from trunkline.contracts.reports.review import Ignored, Review

__all__ = ["render"]

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {
    Level.BREAKING: "error",
    Level.WARNING: "warning",
    Level.INFO: "note",
    Level.DOC: "none",
}
#: Further operations are only counted: each result would repeat them.
_LISTED: Final = 20
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_URL: Final = re.compile(r"https?://", re.IGNORECASE)


def render(review: Review) -> str:
    """Return the report as a SARIF log with one run; ignored findings are suppressed results."""
    rules = sorted({f.rule for f in (*review.findings, *_ignored(review), *review.known)})
    driver = {
        "name": "trunkline",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(review, rule) for rule in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(review, rules)),
        "invocations": [{"executionSuccessful": True, **_notifications(review)}],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(jsonable(log), ensure_ascii=False, indent=2) + "\n"


def _ignored(review: Review) -> list[Finding]:
    return [each.finding for each in review.ignored]


def _notifications(review: Review) -> dict[str, Any]:
    texts = map(visible, notes(review))
    shown = [{"level": "warning", "message": {"text": text}} for text in texts]
    return {"toolExecutionNotifications": shown} if shown else {}


def _rule(review: Review, rule: str) -> dict[str, Any]:
    of_rule = [
        finding
        for finding in (*review.findings, *_ignored(review), *review.known)
        if finding.rule == rule
    ]
    worst = max(of_rule, key=lambda finding: finding.level)
    sentences = dict.fromkeys(verdict.sentence for each in of_rule for verdict in each.verdicts)
    return {
        "id": rule,
        "shortDescription": {"text": rule.replace("-", " ").replace(".", " ")},
        "fullDescription": {"text": " ".join(sorted(sentences)) or rule},
        "defaultConfiguration": {"level": _LEVELS[worst.level]},
    }


def _results(review: Review, rules: list[str]) -> Iterator[dict[str, Any]]:
    for finding in review.findings:
        yield from _of(review, finding, rules, {"baselineState": "new"} if review.known else {})
    for finding in review.known:
        yield from _of(review, finding, rules, {"baselineState": "unchanged"})
    for each in review.ignored:
        yield from _of(review, each.finding, rules, {"suppressions": [_suppression(each)]})


def _suppression(ignored: Ignored) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": visible(ignored.reason)}


def _of(
    review: Review, finding: Finding, rules: list[str], extra: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    for target in targets(finding):
        yield _result(review, finding, target) | extra | {"ruleIndex": rules.index(finding.rule)}


def _result(review: Review, finding: Finding, target: Target) -> dict[str, Any]:
    level = review.level_of(finding)
    related = [_related(each, name) for each, name in _documents(finding, target)]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "kind": "informational" if level is Level.DOC else "fail",
        "level": _LEVELS[level],
        "message": {"text": _message(review, finding, target)},
        "locations": [_location(finding, target)],
        "partialFingerprints": {
            "trunklineFinding/v1": finding.fingerprint,
            "trunklineLocation/v1": target.identity,
        },
        "properties": {
            "operations": list(finding.operation_names[:_LISTED]),
            "operationCount": len(finding.operation_names),
            "wireLevel": finding.level.label,
        },
    }
    return result | ({"relatedLocations": related} if related else {})


def _message(review: Review, finding: Finding, target: Target) -> str:
    hit = reach(finding, code_checked=review.code_checked)
    reason = target.site.reason if target.site else ""
    parts = (f"{finding.message}.", reason, finding.remedy, f"It {hit}.")
    return visible(" ".join(part for part in parts if part))


def _location(finding: Finding, target: Target) -> dict[str, Any]:
    ends = {"endLine": target.end_line, "endColumn": target.end_column}
    region: dict[str, Any] = {"startLine": target.line, "startColumn": target.column}
    region |= {name: number for name, number in ends.items() if number is not None}
    if target.site:
        region["snippet"] = {"text": target.site.code}
    name = {"fullyQualifiedName": qualified_name(finding), "kind": "member"}
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(target.file)}, "region": region},
        "logicalLocations": [name],
    }


def _documents(finding: Finding, target: Target) -> Iterator[tuple[Location, str]]:
    """Yield the locations in both documents, except the one that is the result's own location."""
    if finding.edit.new and target.site:
        yield finding.edit.new, "in the new document"
    if finding.edit.old and (target.site or finding.edit.new):
        yield finding.edit.old, "in the old document"


def _related(location: Location, name: str) -> dict[str, Any]:
    region = {"startLine": location.line or 1, "startColumn": location.column or 1}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(location.document)},
            "region": region,
        },
        "logicalLocations": [{"fullyQualifiedName": location.pointer}],
        "message": {"text": f"{visible(location.pointer or '/')} {name}"},
    }


def _uri(document: str) -> str:
    """Return a path, URL or ``revision:path`` as a URI reference; a path stays relative."""
    if _URL.match(document):
        return quote(document, safe="/:?#[]@!$&'()*+,;=%~", errors="replace")
    path = document.replace("\\", "/") if _DRIVE.match(document) else document
    if path.startswith("/") or _DRIVE.match(path):
        return "file://" + quote(
            path if path.startswith("/") else f"/{path}", safe="/:~", errors="replace"
        )
    return quote(path.removeprefix("./"), safe="/~", errors="replace")
