"""What differs between two documents, in the terms of the code that stands on them.

The semantic diff pairs operations and schemas; a field is paired by its place and its name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts import diff, load
from trunkline_pipeline.checks.contract.naming import class_name, identifier
from trunkline_pipeline.checks.contract.operations import contract_operations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts import Report
    from trunkline_pipeline.checks.contract.operations import Field, Operation

    Document = Mapping[str, Any]


class Kind(StrEnum):
    """What became of a field of a request."""

    ADDED = "added"
    REMOVED = "removed"
    REQUIRED = "required"
    OPTIONAL = "optional"
    OTHER = "of another type"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a request; of the old operation where it was removed, else of the new one.

    ``old`` is what the field was, where its type is another one now.
    """

    kind: Kind
    field: Field
    old: Field | None = None

    @property
    def needed(self) -> bool:
        """Whether requests that were valid lack the field now."""
        return self.kind is Kind.REQUIRED or (self.kind is Kind.ADDED and self.field.required)


@dataclass(frozen=True, slots=True)
class OperationChange:
    """An operation; None on one side where it was added or removed."""

    old: Operation | None
    new: Operation | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def renamed(self) -> bool:
        """Whether its generated module has another name."""
        return self.old is not None and self.new is not None and self.old.key != self.new.key


@dataclass(frozen=True, slots=True)
class Changes:
    """What an adoption has to follow.

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
    def operation_ids(self) -> dict[str, str]:
        """The new operationId by the old one, where it is another one."""
        pairs = ((each.old, each.new) for each in self.operations)
        ids = ((old.operation_id, new.operation_id) for old, new in pairs if old and new)
        return {old: new for old, new in ids if old != new}


def compared(package: str, old: Document, new: Document) -> Changes:
    """Compare two patched documents."""
    report = diff(load(dict(old), name="the old document"), load(dict(new), name="the new one"))
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
    for key, found in before.items():
        if key not in after:
            yield FieldChange(Kind.REMOVED, found)
            continue
        now = after[key]
        if found.required != now.required:
            yield FieldChange(Kind.REQUIRED if now.required else Kind.OPTIONAL, now)
        if _shape(found) != _shape(now):
            yield FieldChange(Kind.OTHER, now, found)
    for key, found in after.items():
        if key not in before:
            yield FieldChange(Kind.ADDED, found)


#: What decides how a value is given and checked.
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
