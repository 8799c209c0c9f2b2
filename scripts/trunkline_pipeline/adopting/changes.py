"""The differences between two documents, in terms of the code that uses them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts import Direction
from trunkline_pipeline.checks.contract.webhooks import event_names

if TYPE_CHECKING:
    from collections.abc import Mapping

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
