"""Update the pages' tables of methods for changed operations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.changes import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, OperationChange


def follow(root: Path, changes: Changes) -> None:
    """Rewrite the rows of moved operations, and remove those of removed ones."""
    for home in sorted((root / "overlay" / "trunkline").glob("*/__init__.py")):
        page = root / "docs" / f"{home.parent.name}.md"
        own = f"trunkline_generated.{changes.package}" in home.read_text(encoding="utf-8")
        if own and page.is_file():
            text = page.read_text(encoding="utf-8")
            for each in changes.operations:
                text = followed(text, each, changes.old["paths"])
            for old, new in changes.schemas.items():
                text = re.sub(rf"(?m)^(\|.*`){old}(?=`)", rf"\1{new}", text)
            page.write_text(text, encoding="utf-8")


def followed(text: str, change: OperationChange, paths: Mapping[str, Collection[str]]) -> str:
    """Return a page updated for an operation; a row may omit the paths' common prefix."""
    old, new = change.old, change.new
    if old is None or (str(old) == str(new) and not change.fields):
        return text
    row = re.compile(rf"(?m)^(\|.*`){old.method.upper()} (/[^` ]*)(`.*\n)")

    def changed(match: re.Match[str]) -> str:
        meant = (p for p in paths if p.endswith(match[2]) and old.method in paths[p])
        if min(meant, key=len, default="") != old.path:
            return match[0]
        left_out = old.path.removesuffix(match[2])
        if new is None:
            return ""
        called = _renamed(match[1], change)
        return f"{called}{new.method.upper()} {new.path.removeprefix(left_out)}{match[3]}"

    return row.sub(changed, text)


def _renamed(call: str, change: OperationChange) -> str:
    """Return the call of a row with renamed arguments."""
    for each in change.fields:
        if each.kind is Kind.RENAMED:
            call = re.sub(rf"\b{each.argument}=", f"{each.field.python_name}=", call)
    return call
