"""Compare two documents in one call."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ._loading import positions
from ._loading.json_reader import DEEP
from ._loading.pause import collector_paused
from .errors import ContractError
from .model import Edit, Finding, Level, Location, Report

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from ._loading.document import Document


def diff(
    old: Document,
    new: Document,
    *,
    rules: Mapping[str, Level | str] | None = None,
    today: date | None = None,
) -> Report:
    """Compare two documents and judge every edit from the point of view of a client.

    Args:
        old: the contract that a client was written for.
        new: the contract as it is now.
        rules: levels for rows of the table, by key (`property-removed.received.required`), by the
            part before a dot (`property-removed`), or by glob (`security-*`); the last match
            wins.
        today: the day against which sunsets are judged; by default the current day in UTC.

    Raises:
        ContractError: a reference has no target, or a schema cannot be compared.
        InvalidArgumentError: an override names an unknown rule or level.
    """
    from ._rules.table import checked_overrides, table

    overrides = checked_overrides(rules or {})
    with _refused_if_deep(new), collector_paused():
        if old.files[0].data == new.files[0].data and old.tree == new.tree and len(old.files) == 1:
            return Report(old.info, new.info)
        from ._comparing.engine import run
        from ._rules.judge import Judge

        day = today or datetime.now(UTC).date()
        comparison = run(old, new)
        findings = Judge(comparison, table(), overrides, day).findings()
    return Report(old.info, new.info, findings, comparison=comparison)


def locate(report: Report, old: Document, new: Document) -> Report:
    """Return the report with line and column of every edit in both documents.

    A value that is missing in one document is located at its nearest existing container.

    Raises:
        ContractError: a document is nested too deeply.
    """
    edits = [finding.edit for finding in report.findings]
    with collector_paused():
        first = _positions(old, (edit.old for edit in edits))
        second = _positions(new, (edit.new for edit in edits))
    return replace(
        report,
        findings=tuple(_located(finding, first, second) for finding in report.findings),
    )


def compat_ids(report: Report) -> list[dict[str, str]]:
    """Return the findings as ids of the most complete existing tool, one per location.

    Each item has `id`, `level` (`error`, `warning` or `info`), `operation` (method) and `path`.
    """
    from ._rules.compat import compat_ids as found

    return found(report)


def _positions(
    document: Document, locations: Iterable[Location | None]
) -> dict[tuple[str, str], tuple[int, int]]:
    wanted: dict[str, list[str]] = {}
    for location in locations:
        if location is not None:
            wanted.setdefault(location.document, []).append(location.pointer)
    with _refused_if_deep(document):
        return {
            (file.name, pointer): position
            for file in document.files
            for pointer, position in positions.find(file, wanted.get(file.name, ())).items()
        }


@contextmanager
def _refused_if_deep(document: Document) -> Generator[None, None, None]:
    """Turn the interpreter's limit on nested calls into an error that names the document."""
    try:
        yield
    except RecursionError as error:
        raise ContractError(DEEP, document=document.info.source) from error


def _located(
    finding: Finding,
    first: Mapping[tuple[str, str], tuple[int, int]],
    second: Mapping[tuple[str, str], tuple[int, int]],
) -> Finding:
    edit: Edit = finding.edit
    return replace(
        finding, edit=replace(edit, old=_with(edit.old, first), new=_with(edit.new, second))
    )


def _with(
    location: Location | None, found: Mapping[tuple[str, str], tuple[int, int]]
) -> Location | None:
    if location is None:
        return None
    position = found.get((location.document, location.pointer))
    return replace(location, line=position[0], column=position[1]) if position else location
