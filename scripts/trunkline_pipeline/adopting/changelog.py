"""Describe the changes of a contract in the changelog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.changes import Kind

from .edits import exports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, OperationChange

    from .edits.added import Written


def follow(root: Path, changes: Changes, written: Iterable[Written]) -> None:
    """Add what callers notice below the unreleased heading of the changelog."""
    page = root / "CHANGELOG.md"
    exported = set[str]().union(*exports.names(root).values())
    lines = [f"- {each}\n" for each in _noticed(changes, written, exported)]
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    head = re.search(r"(?m)^## .*\n\n", text)
    if head is None or not lines:
        return
    end = text.find("\n## ", head.end())
    changed = text.find("### Changed\n\n", head.end(), end if end >= 0 else len(text))
    if changed >= 0:
        offset = changed + len("### Changed\n\n")
        made = "".join(lines)
    else:
        offset, made = head.end(), "### Changed\n\n" + "".join(lines) + "\n"
    page.write_text(text[:offset] + made + text[offset:], encoding="utf-8")


def _noticed(
    changes: Changes, written: Iterable[Written], exported: Collection[str]
) -> Iterator[str]:
    for each in changes.operations:
        yield from _fields(each)
        yield from _moved(each)
    for name in changes.removed_events:
        yield f"The webhook `{name}` was removed; registering a handler for it warns."
    for method in written:
        yield f"`{method.operation}` is a new operation: `{method.attribute_path}`."
    for finding in changes.report.findings:
        if finding.message in changes.lost_fields.values():
            yield f"Responses: {finding.message}."
    for old, new in changes.schemas.items():
        if old in exported:
            yield f"`{old}` is now called `{new}`; the old name warns."


def _moved(each: OperationChange) -> Iterator[str]:
    if each.old is not None and each.new is None:
        yield f"`{each.old.operation_id}` is gone; its method raises `RemovedOperationError`."
    elif each.old is not None and each.moved:
        yield f"`{each.old.operation_id}` is now sent as `{each.new}`."


def _fields(each: OperationChange) -> Iterator[str]:
    name = (each.new or each.old or each).operation_id  # type: ignore[union-attr]  # one is there
    for change in each.fields:
        field = f"`{change.field.python_name}`"
        match change.kind:
            case Kind.REMOVED:
                yield f"`{name}` does not send {field} any more; giving it warns."
            case Kind.RENAMED if change.field.python_name != change.argument:
                yield f"`{name}` takes {field} for `{change.argument}`, which warns."
            case Kind.KEPT if change.field.location == "path":
                pass
            case Kind.KEPT | Kind.RENAMED:
                yield f"`{name}` sends {field} as the API calls it now; the argument stays."
            case Kind.ADDED if not change.field.required:
                yield f"`{name}` takes {field}."
            case Kind.OTHER:
                yield f"`{name}` takes {field} as another type."
            case Kind.OPTIONAL:
                yield f"`{name}` does not need {field} any more."
            case _:
                yield f"`{name}` needs {field}."
