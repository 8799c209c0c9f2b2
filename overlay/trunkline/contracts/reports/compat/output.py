"""Write every place at which the other tool would report an edit, in its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline._json import is_array, is_object
from trunkline.contracts.model import Direction, Level
from trunkline.contracts.reports.compat.places import Place, operations, places
from trunkline.contracts.reports.compat.table import by_kind
from trunkline.contracts.reports.visible import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trunkline.contracts import Document
    from trunkline.contracts.model import Edit, Finding, Location, Report
    from trunkline.contracts.reports.compat.references import Position

__all__ = ["render"]

_LEVELS: Final = {
    Level.BREAKING: "error",
    Level.WARNING: "warning",
    Level.INFO: "info",
    Level.DOC: "info",
}
#: Edits whose position is that of their container, and the part that they are all the same.
_PARTS: Final = {
    "parameter-added": "parameter",
    "parameter-removed": "parameter",
    "header-added": "header",
    "header-removed": "header",
}
_OPERATION: Final = ("request-body-", "response-")
_ANNOTATIONS: Final = frozenset(
    {"title", "description", "example", "examples", "deprecated", "externalDocs", "default"}
)


class _Row(NamedTuple):
    path: str
    operation: str
    id: str
    level: str


def render(report: Report, old: Document, new: Document) -> str:
    """Return a JSON array with ``id``, ``level``, ``operation`` and ``path`` of each report.

    Args:
        report: the comparison of both documents.
        old: the old document, along whose references removed values are found.
        new: the new document, for everything else.
    """
    context = _Context(report.findings, old, new)
    rows = sorted(row for finding in report.findings for row in context.rows(finding))
    items = [
        {"id": row.id, "level": row.level, "operation": row.operation, "path": row.path}
        for row in rows
    ]
    return json.dumps(jsonable(items), ensure_ascii=False, indent=2) + "\n"


class _Context:
    """Both documents, searched once for the positions of all findings."""

    def __init__(self, findings: Iterable[Finding], old: Document, new: Document) -> None:
        self._names = [{file.name: n for n, file in enumerate(d.files)} for d in (old, new)]
        edits = [finding.edit for finding in findings]
        wanted = [{each for edit in edits for each in self._owners(edit, side)} for side in (0, 1)]
        self._found = places(old, wanted[0]), places(new, wanted[1])
        kept = [{(each.method, each.path) for each in operations(d)} for d in (old, new)]
        self._both = kept[0] & kept[1]
        self._paths = {path for _, path in kept[1]}

    def rows(self, finding: Finding) -> Iterator[_Row]:
        """Yield what the other tool would report for one finding."""
        selectors = by_kind().get(finding.rule, ())
        for place, part in self._places(finding) if selectors else ():
            facts = self._facts(finding, place, part)
            for selector in selectors:
                if selector.fits(part, facts):
                    operation = place.operation if place else None
                    method, path = (operation.method, operation.path) if operation else ("", "")
                    level = _level(finding, _direction(place, part))
                    yield _Row(path, method, selector.id, _LEVELS[level])

    def _places(self, finding: Finding) -> Iterator[tuple[Place | None, str]]:
        unit, kind = finding.edit.unit, finding.rule
        if unit in {"security", "servers", "info", "tags"}:
            yield None, "global"
        elif unit.startswith("components/securitySchemes") or kind.startswith("component-"):
            yield None, unit.split("/")[1]
        elif kind in {"operation-added", "operation-removed", "webhook-added", "webhook-removed"}:
            yield from ((place, "operation") for place in self._hits(finding.edit))
        else:
            for place in self._hits(finding.edit):
                if (place.operation.method, place.operation.path) in self._both:
                    yield place, _part(kind, place.part)

    def _hits(self, edit: Edit) -> list[Place]:
        """Return the places of the nearest schema or operation around an edit."""
        order = (0, 1) if edit.kind.endswith("-added") else (1, 0)
        for side in (1 - order[0],) if edit.unit.startswith("webhooks/") else order:
            for position in self._owners(edit, side):
                if position in self._found[side]:
                    return self._found[side][position]
        return []

    def _owners(self, edit: Edit, side: int) -> Iterator[Position]:
        """Yield the positions around an edit in one document, the nearest first."""
        location = (edit.old, edit.new)[side]
        if location is None:
            return
        file = self._names[side].get(location.document, 0)
        pointer = _cut(edit.kind, location)
        yield file, pointer
        while pointer:
            pointer = pointer.rpartition("/")[0]
            yield file, pointer

    def _facts(self, finding: Finding, place: Place | None, part: str) -> frozenset[str]:
        direction = _direction(place, part)
        facts = {
            guard
            for verdict in finding.verdicts
            if direction is None or verdict.direction is direction
            for guard in verdict.key.split(".")[2:]
        }
        facts.update(_of_values(finding.edit))
        if place is not None:
            facts.add("required-member" if place.required else "optional-member")
            facts.update(_flags(finding.edit, place.node))
            if place.operation.path not in self._paths:
                facts.add("whole-path")
        return frozenset(facts)


def _cut(kind: str, location: Location) -> str:
    if kind.startswith("property-"):
        for mark in ("/properties/", "/required"):
            head, found, tail = location.pointer.rpartition(mark)
            if found and tail.count("/") == 0:
                return head
    return location.pointer


def _part(kind: str, part: str) -> str:
    if kind in _PARTS:
        return _PARTS[kind]
    whole = kind.startswith(_OPERATION) and not kind.startswith("response-header")
    return "operation" if whole else part


def _direction(place: Place | None, part: str) -> Direction | None:
    """Return the direction of a part, None where the part has none."""
    if place is None or part == "operation":
        return None
    sent = part.startswith(("request", "parameter", "header-parameter"))
    return Direction.SENT if sent is not place.operation.webhook else Direction.RECEIVED


def _level(finding: Finding, direction: Direction | None) -> Level:
    if direction is None:
        return finding.level
    levels = [each.level for each in finding.verdicts if each.direction is direction]
    return max(levels, default=Level.INFO)


def _flags(edit: Edit, node: dict[str, Any]) -> Iterator[str]:
    """Yield whether the property concerned is only read or only written."""
    value: Any = node
    if edit.kind in {"property-added", "property-removed"}:
        value = edit.after if edit.before is None else edit.before
    elif edit.kind.startswith("property-"):
        members: Any = node.get("properties")
        value = members.get(edit.subject) if is_object(members) else None
    if is_object(value):
        yield from (
            flag
            for key, flag in (("readOnly", "read-only"), ("writeOnly", "write-only"))
            if value.get(key) is True
        )


def _of_values(edit: Edit) -> Iterator[str]:
    """Yield what the old and the new value alone say."""
    before, after = edit.before, edit.after
    if is_array(before) or is_array(after):
        yield "list"
    if edit.kind == "all-of-changed" and is_array(before) and is_array(after):
        yield from _members(before, after)
    if edit.subject == "tokenUrl":
        yield "token-url"
    if edit.kind == "parameter-added" and edit.new and _beside_methods(edit.new.pointer):
        yield "shared"


def _members(before: list[Any], after: list[Any]) -> Iterator[str]:
    come = [each for each in after if each not in before]
    gone = [each for each in before if each not in after]
    if come:
        yield "grew"
    if gone:
        yield "shrank"
    if all(is_object(each) and each.keys() <= _ANNOTATIONS for each in (*come, *gone)):
        yield "annotation-only"


def _beside_methods(pointer: str) -> bool:
    """Return whether a parameter is declared for all methods of its path."""
    return pointer.split("/")[3:4] == ["parameters"]
