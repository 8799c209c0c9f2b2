"""The result of comparing two API contracts: edits, their levels, and the operations they reach.

Values only: nothing here reads a file, and every class is frozen, so a report can be shared
between threads, pickled, and compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .enums import Confidence, Direction, Level, OperationKind

__all__ = [
    "CallSite",
    "Confidence",
    "Direction",
    "DocumentInfo",
    "Edit",
    "Finding",
    "Level",
    "Location",
    "OperationKind",
    "OperationRef",
    "PythonChange",
    "Report",
    "Skipped",
    "Verdict",
]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One side of a comparison: where it came from and what it says about itself."""

    source: str
    title: str = ""
    version: str = ""
    openapi: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A value inside a document: RFC 6901 pointer; line and column count from 1, if known.

    `trunkline.contracts.locate` fills line and column for the pointers of a report.
    """

    document: str
    pointer: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change between two documents, named by the unit that owns it.

    Attributes:
        unit: an operation (`GET /calls`), a component (`components/schemas/Call`), a webhook
            operation (`webhooks/call.ended POST`), or `info`, `servers`, `security`, `tags`.
        pointer: RFC 6901 pointer inside the unit; empty for the unit itself.
        kind: what happened, such as `property-removed`; every kind is listed by `rules()`.
        before: the old value, None where there was none.
        after: the new value, None where there is none.
        old: the location in the old document; there may be nothing at it if the value was added.
        new: the location in the new document; there may be nothing at it if the value was removed.
        subject: the name of the property, parameter, status or media type concerned; may be empty.
    """

    unit: str
    pointer: str
    kind: str
    before: Any = None
    after: Any = None
    old: Location | None = None
    new: Location | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OperationRef:
    """An operation that an edit reaches, and the direction.

    Attributes:
        method: upper-case HTTP method.
        path: the path template, the name of the webhook, or the callback's runtime expression.
        operation_id: of the new document, or of the old one if the operation was removed.
        direction: an operation reached in both directions is listed twice.
        kind: path, webhook or callback.
    """

    method: str
    path: str
    operation_id: str | None
    direction: Direction
    kind: OperationKind = OperationKind.PATH

    @property
    def name(self) -> str:
        """Method and path as one string, such as `GET /calls`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row of the level table, as it applies to an edit.

    Attributes:
        key: `kind.direction` or `kind.direction.guard`, which overrides name.
        direction: the direction in which the edit was judged.
        level: how urgent it is in this direction, after overrides.
        sentence: the reason, from the table.
    """

    key: str
    direction: Direction
    level: Level
    sentence: str


@dataclass(frozen=True, slots=True)
class PythonChange:
    """A change in the public surface of the generated client that an edit causes.

    Attributes:
        kind: one of griffe's kinds of breakage, such as `parameter-removed`.
        path: dotted name of the module, class, function, parameter or attribute.
        before: the old signature, annotation or value as source text; None if there was none.
        after: the new one; None if there is none.
        message: one sentence.
        level: how urgent the change is for code that uses the name.
    """

    kind: str
    path: str
    before: str | None
    after: str | None
    message: str
    level: Level = Level.BREAKING


@dataclass(frozen=True, slots=True)
class CallSite:
    """A line of a consumer's code, or of the overlay, that an edit hits.

    Lines and columns count from 1; `end_column` is the first column after the expression.

    Attributes:
        file: path of the source file, with forward slashes.
        code: the source line, stripped.
        symbol: the method, function, class or attribute used there.
        confidence: certain, or possible.
        reason: why the edit hits this line, one sentence.
        via: overlay methods or generated functions between the line and the operation.
        function: qualified name of the function around the line, such as `Service.remind`;
            empty outside functions.
    """

    file: str
    line: int
    column: int
    code: str
    symbol: str
    confidence: Confidence
    reason: str = ""
    end_line: int | None = None
    end_column: int | None = None
    via: tuple[str, ...] = ()
    function: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a consumer's code that could not be searched, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One edit with its level, the operations it reaches, and what to do about it.

    Attributes:
        rule: the edit's kind; the rows that judged it are in `verdicts`.
        level: the highest level among the verdicts.
        verdicts: one per direction in which the edit reaches an operation.
        operations: sorted; empty for a component that no operation uses.
        message: one sentence that names the value.
        remedy: what a client should do about it; empty if nothing.
        fingerprint: 16 hexadecimal digits of kind, unit and pointer; wording does not change it.
        python: changes of the generated client, filled by the impact analysis.
        overlay: overlay methods of this package that reach the edit, also filled by it.
        used: call sites in a consumer's code, also filled by it.
    """

    rule: str
    level: Level
    verdicts: tuple[Verdict, ...]
    edit: Edit
    operations: tuple[OperationRef, ...]
    message: str
    remedy: str
    fingerprint: str
    python: tuple[PythonChange, ...] = ()
    overlay: tuple[str, ...] = ()
    used: tuple[CallSite, ...] = ()

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions in which the edit was judged."""
        return tuple(verdict.direction for verdict in self.verdicts)

    @property
    def operation_names(self) -> tuple[str, ...]:
        """The distinct operations reached, as `GET /calls`, in the order of `operations`."""
        return tuple(dict.fromkeys(operation.name for operation in self.operations))


@dataclass(frozen=True, slots=True)
class Report:
    """All differences between two documents, most urgent first.

    Attributes:
        findings: sorted by level, unit, pointer and kind; the order is the same in every run.
        skipped: files that the impact analysis could not search, sorted by path.
        python: changes of the generated client that no finding explains, also filled by it.
        comparison: what other parts of this package need beyond the findings.
    """

    old: DocumentInfo
    new: DocumentInfo
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    python: tuple[PythonChange, ...] = ()
    comparison: Any = field(default=None, repr=False, compare=False)

    @property
    def counts(self) -> dict[Level, int]:
        """The number of findings of each level, including zero, most urgent first."""
        found = Counter(finding.level for finding in self.findings)
        return {level: found[level] for level in sorted(Level, reverse=True)}

    @property
    def worst(self) -> Level | None:
        """The highest level found; None if nothing differs."""
        return max((finding.level for finding in self.findings), default=None)

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """Return the findings at or above a level."""
        return tuple(finding for finding in self.findings if finding.level >= level)
