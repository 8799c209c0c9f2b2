"""Sentences and short texts that several outputs share; plain text, with nothing escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.contracts.reports.visible import excerpt

if TYPE_CHECKING:
    from trunkline.contracts.model import (
        CallSite,
        DocumentInfo,
        Edit,
        Finding,
        Location,
        PythonChange,
    )
    from trunkline.contracts.reports.review import Review

__all__ = [
    "change",
    "counted",
    "headline",
    "located",
    "notes",
    "position",
    "reach",
    "sides",
    "title",
    "totals",
    "unexplained",
    "used_at",
]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 operation``, ``3 operations``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def headline(finding: Finding) -> str:
    """Return what changed as a sentence, without the location at the start of the message."""
    text = finding.message.removeprefix(f"{unit_and_pointer(finding)}: ")
    return text[:1].upper() + text[1:]


def levels(finding: Finding) -> str:
    """Return the levels of the wire and of the Python client; empty without the latter."""
    if not finding.python:
        return ""
    python = max(change.level for change in finding.python)
    return f"wire {finding.level.label}, Python {python.label}"


def unit_and_pointer(finding: Finding) -> str:
    """Return unit and pointer for a person: ``GET /calls /parameters/query:since``."""
    edit = finding.edit
    return f"{edit.unit} {edit.pointer}" if edit.pointer else edit.unit


def title(review: Review) -> str:
    """Return the name of the API that was compared."""
    new, old = review.report.new, review.report.old
    return new.title or old.title or new.source


def sides(review: Review) -> str:
    """Return both documents with their stated versions."""
    return f"{_side(review.report.old)} -> {_side(review.report.new)}"


def _side(info: DocumentInfo) -> str:
    return f"{info.source} ({info.version})" if info.version else info.source


def totals(review: Review) -> str:
    """Return how many findings of each level there are, and how many were suppressed."""
    parts = [f"{number} {level.label}" for level, number in review.counts.items() if number]
    parts += [f"{len(review.ignored)} ignored"] if review.ignored else []
    parts += [f"{len(review.known)} known"] if review.known else []
    return ", ".join(parts) or "no differences"


def notes(review: Review) -> list[str]:
    """Return the sentences about the run, including those about files that were not searched."""
    unread = (f"{each.file} was not searched: {each.reason}" for each in review.report.skipped)
    return [*review.notes, *unread]


def unexplained(review: Review) -> list[PythonChange]:
    """Return the changes of the Python client to list that no finding explains."""
    return [change for change in review.report.python if change.level >= review.show]


def reach(finding: Finding, *, code_checked: bool) -> str:
    """Return what an edit reaches: operations, overlay methods and call sites."""
    operations = len(finding.operation_names)
    parts = [counted(operations, "operation") if operations else "no operation"]
    if code_checked:
        parts += [counted(len(finding.overlay), "overlay method")] if finding.overlay else []
        parts.append(counted(len(finding.used), "call site"))
    ways = " and ".join(dict.fromkeys(way.value for way in finding.directions))
    return f"reaches {', '.join(parts)}" + (f" ({ways})" if operations and ways else "")


def change(edit: Edit) -> str:
    """Return the old and the new value on one line; empty if the edit has neither."""
    if edit.before is None and edit.after is None:
        return ""
    if edit.after is None:
        return f"was {excerpt(edit.before)}"
    if edit.before is None:
        return f"now {excerpt(edit.after)}"
    return f"{excerpt(edit.before)} -> {excerpt(edit.after)}"


def nearest(edit: Edit) -> Location | None:
    """Return the best location to inspect an edit: in the old document for a removed value."""
    gone = edit.after is None and edit.before is not None
    return (edit.old or edit.new) if gone else (edit.new or edit.old)


def located(location: Location) -> str:
    """Return a location as ``file:line:column``, or ``file#pointer`` without a line."""
    if location.line is None:
        return f"{location.document}#{location.pointer}"
    return position(location.document, location.line, location.column)


def used_at(site: CallSite) -> str:
    """Return where a call site is: ``file:line:column``, and the function around it."""
    where = position(site.file, site.line, site.column)
    return f"{where} in {site.function}" if site.function else where


def position(file: str, line: int | None, column: int | None) -> str:
    """Return ``file:line:column`` as far as it is known."""
    return ":".join(str(part) for part in (file, line, column) if part is not None)
