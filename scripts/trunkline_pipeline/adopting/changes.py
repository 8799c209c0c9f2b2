"""The differences between two documents, in terms of the code that uses them.

The semantic diff pairs operations and schemas; a field is paired by its location and name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts import ContractError, Direction, diff, load
from trunkline_pipeline.checks.contract.naming import class_name, identifier
from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.checks.contract.webhooks import event_names
from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts import Report
    from trunkline_pipeline.checks.contract.operations import Field, Operation

    Document = Mapping[str, Any]
    #: The location and the name of a field.
    Key = tuple[str, str]

#: From this likeness on, a field is treated as renamed without a question.
ALIKE: Final = 0.9


class Kind(StrEnum):
    """The kind of change of a request field."""

    ADDED = "added"
    REMOVED = "removed"
    REQUIRED = "required"
    OPTIONAL = "optional"
    OTHER = "of another type"
    RENAMED = "renamed"
    #: Renamed and required: the argument keeps its name.
    KEPT = "called otherwise"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a request: of the old operation if it was removed, else of the new one.

    ``old`` is the former field, if its type or name has changed.
    """

    kind: Kind
    field: Field
    old: Field | None = None

    @property
    def needed(self) -> bool:
        """Whether requests that were valid now lack the field."""
        return self.kind is Kind.REQUIRED or (self.kind is Kind.ADDED and self.field.required)

    @property
    def lost(self) -> str:
        """The name on the wire that is no longer accepted, empty if there is none."""
        if self.kind is Kind.RENAMED and self.old is not None:
            return self.old.name
        return self.field.name if self.kind is Kind.REMOVED else ""

    @property
    def became(self) -> str:
        """What became of it: the new name if it was renamed, else the kind of change."""
        is_renamed = self.kind in {Kind.RENAMED, Kind.KEPT}
        return f"now {self.field.name}" if is_renamed else str(self.kind)

    @property
    def said(self) -> str:
        """What it was, and what became of it: ``query start_date is now startDate``."""
        return f"{self.old or self.field} is {self.became}"

    @property
    def former(self) -> str:
        """The name on the wire that requests still use, empty if the API still accepts it."""
        return self.old.name if self.kind is Kind.KEPT and self.old else self.lost

    @property
    def argument(self) -> str:
        """The argument that callers still pass."""
        return (self.old or self.field).python_name

    @property
    def likeness(self) -> float:
        """The similarity of a renamed field's names, 1 if only punctuation and case differ."""
        names = [re.sub("[^a-z0-9]", "", e.name.lower()) for e in (self.field, self.old) if e]
        return SequenceMatcher(None, names[0], names[-1]).ratio()


@dataclass(frozen=True, slots=True)
class OperationChange:
    """A changed operation; ``old`` is None if it was added, ``new`` if it was removed."""

    old: Operation | None
    new: Operation | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def renamed(self) -> bool:
        """Whether its generated module has another name."""
        return self.old is not None and self.new is not None and self.old.key != self.new.key

    @property
    def moved(self) -> bool:
        """Whether the method or the path changed; names of path parameters do not count."""
        ends = [re.sub(r"{.*?}", "{}", str(e)) for e in (self.old, self.new) if e is not None]
        return len(ends) > 1 and ends[0] != ends[1]


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that an adoption applies.

    Attributes:
        package: the generated package.
        old: the old document, patched.
        new: the new one.
        report: the semantic diff.
        operations: those that were added, removed, renamed, moved, or take other fields.
        schemas: the new class by the old one, where a schema was renamed.
    """

    package: str
    old: Document
    new: Document
    report: Report
    operations: tuple[OperationChange, ...] = ()
    schemas: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def lost_fields(self) -> dict[str, str]:
        """The remark about each response field that was removed or changed its type, by name."""
        return {
            finding.edit.pointer.rpartition("/")[2]: finding.message
            for finding in self.report.findings
            if finding.rule in {"property-removed", "type-changed"}
            and Direction.RECEIVED in finding.directions
            and "/properties/" in finding.edit.pointer
        }

    @property
    def removed_events(self) -> list[str]:
        """The names of the events of removed webhooks."""
        old, new = (
            [name for pair in each.get("webhooks", {}).items() for name in event_names(*pair)]
            for each in (self.old, self.new)
        )
        return [name for name in old if name not in new]

    @property
    def removed_ids(self) -> list[str]:
        """The operationIds of the removed operations."""
        return [each.old.operation_id for each in self.operations if each.old and not each.new]

    @property
    def operation_ids(self) -> dict[str, str]:
        """The new operationId by the old one, if it has changed."""
        pairs = ((each.old, each.new) for each in self.operations)
        ids = ((old.operation_id, new.operation_id) for old, new in pairs if old and new)
        return {old: new for old, new in ids if old != new}


def compared(package: str, old: Document, new: Document) -> Changes:
    """Compare two patched documents.

    Raises:
        PipelineError: one of them cannot be compared, such as with an unresolved reference.
    """
    try:
        report = diff(load(dict(old), name="the old document"), load(dict(new), name="the new one"))
    except ContractError as error:
        raise PipelineError(str(error)) from error
    pairs = () if report.comparison is None else report.comparison.pairs.operations
    known = [_by_route(package, document) for document in (old, new)]
    operations: list[OperationChange] = []
    for first, second in pairs:
        before, after = _route(first, known[0]), _route(second, known[1])
        if before is None and after is None:
            continue  # a webhook
        change = OperationChange(before, after, tuple(_fields(before, after)))
        if change.fields or change.renamed or str(before) != str(after):
            operations.append(change)
    return Changes(package, old, new, report, tuple(operations), dict(_schemas(report)))


def _by_route(package: str, document: Document) -> dict[tuple[str, str], Operation]:
    """Return each operation with the first variant of its body."""
    found: dict[tuple[str, str], Operation] = {}
    for each in contract_operations(package, document):
        found.setdefault((each.method, each.path), each)
    return found


def _route(unit: Any, known: dict[tuple[str, str], Operation]) -> Operation | None:
    if unit is None or unit.kind != "path":
        return None
    return known.get((unit.method.lower(), unit.path))


def _fields(old: Operation | None, new: Operation | None) -> Iterator[FieldChange]:
    if old is None or new is None:
        return
    before, after = ({(f.location, f.name): f for f in each.fields} for each in (old, new))
    renamed, kept = dict(_renamed(before, after)), dict(_kept(old, new, before, after))
    for key, found in before.items():
        if key in kept:
            yield FieldChange(Kind.KEPT, after[kept[key]], found)
            continue
        if key in renamed:
            yield FieldChange(Kind.RENAMED, after[renamed[key]], found)
            continue
        if key not in after:
            yield FieldChange(Kind.REMOVED, found)
            continue
        now = after[key]
        if found.required != now.required:
            yield FieldChange(Kind.REQUIRED if now.required else Kind.OPTIONAL, now)
        if _shape(found) != _shape(now):
            yield FieldChange(Kind.OTHER, now, found)
    for key, found in after.items():
        if key not in {*before, *renamed.values(), *kept.values()}:
            yield FieldChange(Kind.ADDED, found)


def _renamed(before: Mapping[Key, Field], after: Mapping[Key, Field]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of a removed optional field and the one that replaces it.

    Their names or descriptions are alike, or they are of the same type and in the same position.
    """
    gone, come = [k for k in before if k not in after], [k for k in after if k not in before]
    for old in list(gone):
        alike = (k for k in come if _fits(old, k, before, after) and _alike(before[old], after[k]))
        if new := next(alike, None):
            yield old, new
            gone.remove(old)
            come.remove(new)
    if len(gone) == len(come) == 1:
        (old,), (new,) = gone, come
        same = _position(old, before) == _position(new, after)
        if same and _fits(old, new, before, after):
            yield old, new


def _kept(
    old: Operation, new: Operation, before: Mapping[Key, Field], after: Mapping[Key, Field]
) -> Iterator[tuple[Key, Key]]:
    """Yield renamed required fields: by position in the path, or if it is the only one."""
    parameters = [re.findall(r"\{(.+?)\}", each.path) for each in (old, new)]
    pairs = [(("path", one), ("path", other)) for one, other in zip(*parameters, strict=False)]
    gone = [k for k, f in before.items() if k not in after and f.required and k[0] != "path"]
    come = [k for k, f in after.items() if k not in before and f.required and k[0] != "path"]
    pairs += zip(gone, come, strict=True) if len(gone) == len(come) == 1 else []
    for one, other in pairs:
        known = one in before and other in after and one not in after
        if known and one[0] == other[0] and _shape(before[one]) == _shape(after[other]):
            yield one, other


def _fits(old: Key, new: Key, before: Mapping[Key, Field], after: Mapping[Key, Field]) -> bool:
    one, other = before[old], after[new]
    return old[0] == new[0] and _shape(one) == _shape(other) and not one.required | other.required


def _alike(one: Field, other: Field) -> bool:
    said = one.schema.get("description")
    same = said is not None and said == other.schema.get("description")
    return same or FieldChange(Kind.RENAMED, other, one).likeness >= ALIKE


def _position(key: Key, fields: Mapping[Key, Field]) -> int:
    return [each for each in fields if each[0] == key[0]].index(key)


#: The keywords that determine how a value is passed and checked.
_DECISIVE: Final = ("type", "format", "enum", "pattern", "minimum", "maximum", "const", "items")


def _shape(field: Field) -> object:
    return {key: field.schema[key] for key in _DECISIVE if key in field.schema}


def _schemas(report: Report) -> Iterator[tuple[str, str]]:
    if report.comparison is None:
        return
    for old, new in report.comparison.pairs.components:
        if old is not None and new is not None and old.section == "schemas":
            names = _class_of(old), _class_of(new)
            if names[0] != names[1]:
                yield names


def _class_of(component: Any) -> str:
    return class_name(component.key.rpartition("/")[2])


def module_of(class_: str) -> str:
    """Return the generated module of a model's class."""
    return identifier(class_)
