"""Update the callers in the repository: tests, examples, scripts, and code on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.changes import Kind
from trunkline_pipeline.adopting.edits import names
from trunkline_pipeline.adopting.tree import CODE, NO_CALLERS

from . import calls, rows
from .examples import example_of
from .finding import FENCE, SCRATCH, pages_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, FieldChange
    from trunkline_pipeline.toolchain import Ruff

    from .calls import Position
    from .finding import Usage


def follow(root: Path, changes: Changes, usage: Usage, renames: names.Renames, ruff: Ruff) -> None:
    """Edit the callers; uncertain cases are left to a person."""
    every = {**renames, **_public(root, changes)}
    edited: list[str] = []
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            relative = path.relative_to(root).as_posix()
            if relative.startswith(NO_CALLERS):
                continue
            text = path.read_text(encoding="utf-8")
            by_position = usage.calls.get(relative)
            # Positions refer to the unchanged text, so these edits come first.
            made = _called(text, by_position, changes) if by_position else text
            made = names.renamed(made, every)
            if made != text:
                path.write_text(made, encoding="utf-8")
                edited.append(relative)
    ruff.tidy(root, edited)
    _follow_pages(root, changes, usage, every, ruff)
    rows.follow(root, changes)


def _public(root: Path, changes: Changes) -> names.Renames:
    """Return the renames of names that the providers' packages export."""
    found: names.Renames = {}
    for path in (root / "overlay" / "trunkline").glob("*/__init__.py"):
        if f"trunkline_generated.{changes.package}" in path.read_text(encoding="utf-8"):
            package = f"trunkline.{path.parent.name}"
            found |= {
                f"{package}.{old}": f"{package}.{new}" for old, new in changes.schemas.items()
            }
    return found


def _follow_pages(
    root: Path, changes: Changes, usage: Usage, renames: names.Renames, ruff: Ruff
) -> None:
    for page in pages_of(root):
        text = page.read_text(encoding="utf-8")
        flat = page.relative_to(root).as_posix().replace("/", "~")
        made, last = "", 0
        for number, match in enumerate(FENCE.finditer(text)):
            file = f"{SCRATCH}/{flat.removesuffix('.md')}.{number}.py"
            code = match[2]
            try:
                if by_position := usage.calls.get(file):
                    code = _called(code, by_position, changes)
                code = code if match[1] else names.renamed(code, renames)
            except (SyntaxError, names.Unreadable):
                code = match[2]  # an excerpt
            code = code if code == match[2] else ruff.formatted(code)
            made += text[last : match.start(2)] + code
            last = match.end(2)
        if (made := made + text[last:]) != text:
            page.write_text(made, encoding="utf-8")


def _called(text: str, by_position: Mapping[Position, list[FieldChange]], changes: Changes) -> str:
    wanted = {
        position: [_change(each, changes) for each in found]
        for position, found in by_position.items()
    }
    return calls.edited(text, wanted)


def _change(change: FieldChange, changes: Changes) -> tuple[str, str | None]:
    if change.kind in {Kind.RENAMED, Kind.KEPT}:
        return change.argument, calls.NewName(change.field.python_name)
    removed = change.kind is Kind.REMOVED
    value = None if removed else example_of(change.field, changes.new)
    return change.field.python_name, value
