"""Calls that a test expects to fail and that lose an argument, possibly the reason to fail."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.todo import Todo

from .calls import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import FieldChange

    from .calls import Position


def listed(root: Path, usage: Mapping[str, Mapping[Position, list[FieldChange]]]) -> Iterator[Todo]:
    """Yield the calls inside ``with raises(...)`` whose arguments are removed or renamed."""
    for file, by_position in usage.items():
        if any(each.lost for found in by_position.values() for each in found):
            text = (root / file).read_text(encoding="utf-8")
            for position in _expected(text):
                for each in by_position.get(position, ()):
                    if each.lost:
                        reason = each.said
                        yield Todo(file, position[0], f"this call is expected to fail: {reason}")


def _expected(text: str) -> Iterator[Position]:
    """Yield the positions of the calls in blocks that are expected to fail."""
    rows = text.splitlines(keepends=True)
    for block in ast.walk(ast.parse(text)):
        if isinstance(block, ast.With | ast.AsyncWith) and any(map(_raises, block.items)):
            for node in (n for each in block.body for n in ast.walk(each)):
                if isinstance(node, ast.Call):
                    yield called(node, rows)[1]


def _raises(item: ast.withitem) -> bool:
    made = item.context_expr
    return isinstance(made, ast.Call) and ast.unparse(made.func).split(".")[-1] == "raises"
