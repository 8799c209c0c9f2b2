"""Arguments that a call passes by position, as methods of another client may take them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .calls import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import FieldChange

    from .calls import Position


def left_out(
    root: Path, providers: list[str], usage: Mapping[str, Mapping[Position, list[FieldChange]]]
) -> None:
    """Remove arguments passed by position from the changes of these calls."""
    known = dict(_positions(root, providers))
    functions = {function for function, _ in known}
    for file, by_position in usage.items():
        text = (root / file).read_text(encoding="utf-8")
        if not any(f"{each}(" in text for each in functions):
            continue
        rows = text.splitlines(keepends=True)
        for call in (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)):
            name, position = called(call, rows)
            for each in [e for e in by_position.get(position, ()) if e.needed]:
                if known.get((name, each.field.python_name), len(call.args) + 1) <= len(call.args):
                    by_position[position].remove(each)


def _positions(root: Path, providers: list[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the positions of arguments in the methods of other clients."""
    for each in providers:
        for path in sorted((root / "overlay" / "trunkline" / each).glob("[!_]*/*.py")):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    taken = [*node.args.posonlyargs, *node.args.args]
                    names = [one.arg for one in taken if one.arg != "self"]
                    yield from (((node.name, name), n) for n, name in enumerate(names, 1))
