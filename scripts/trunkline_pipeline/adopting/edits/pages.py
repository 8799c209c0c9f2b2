"""Follow a contract in the documentation, the changelog, and the lists that tests keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.changes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

    from .added import Written


def follow(root: Path, changes: Changes, written: list[Written]) -> None:
    """Name models and operations on the pages as they are called now."""
    for path in sorted((root / "overlay" / "trunkline").glob("*/__init__.py")):
        if f"trunkline_generated.{changes.package}.models" in path.read_text(encoding="utf-8"):
            home = f"trunkline.{path.parent.name}"
            _blocks(root / "docs" / "models.md", home, changes, written)
    _changelog(root / "CHANGELOG.md", changes, written)


def _blocks(page: Path, home: str, changes: Changes, written: Iterable[Written]) -> None:
    if not page.is_file():
        return
    text = page.read_text(encoding="utf-8")
    for old, new in changes.schemas.items():
        text = re.sub(rf"(?m)^::: {re.escape(home)}\.{old}$", f"::: {home}.{new}", text)
    for name in sorted({name for each in written for name in each.models}):
        if f"::: {home}.{name}\n" not in text:
            blocks = list(re.finditer(rf"(?m)^::: {re.escape(home)}\.\w+\n(?:    .*\n)*", text))
            if blocks:
                end = blocks[-1].end()
                text = f"{text[:end]}\n::: {home}.{name}\n{text[end:]}"
    page.write_text(text, encoding="utf-8")


def _changelog(page: Path, changes: Changes, written: Iterable[Written]) -> None:
    """Say under the unreleased head what callers notice."""
    lines = [f"- {each}\n" for each in _noticed(changes, written)]
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    head = re.search(r"(?m)^## .*\n\n", text)
    if head is None or not lines:
        return
    end = text.find("\n## ", head.end())
    changed = text.find("### Changed\n\n", head.end(), end if end >= 0 else len(text))
    if changed >= 0:
        place = changed + len("### Changed\n\n")
        made = "".join(lines)
    else:
        place, made = head.end(), "### Changed\n\n" + "".join(lines) + "\n"
    page.write_text(text[:place] + made + text[place:], encoding="utf-8")


def _noticed(changes: Changes, written: Iterable[Written]) -> Iterator[str]:
    for each in changes.operations:
        name = (each.new or each.old or each).operation_id  # type: ignore[union-attr]  # one is there
        for change in each.fields:
            field = f"`{change.field.python_name}`"
            match change.kind:
                case Kind.REMOVED:
                    yield f"`{name}` does not send {field} any more; giving it warns."
                case Kind.ADDED if not change.field.required:
                    yield f"`{name}` takes {field}."
                case Kind.OTHER:
                    yield f"`{name}` takes {field} as another type."
                case Kind.OPTIONAL:
                    yield f"`{name}` does not need {field} any more."
                case _:
                    yield f"`{name}` needs {field}."
    for method in written:
        yield f"`{method.operation}` is a new operation: `{method.place}`."
    for old, new in changes.schemas.items():
        yield f"`{old}` is now called `{new}`; the old name warns."
