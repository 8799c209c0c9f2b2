"""Imports in callers of names that the packages no longer have."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.adopting.tree import CODE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path


def listed(root: Path, package: str, lost: Mapping[str, Collection[str]]) -> Iterator[Todo]:
    """Yield the unresolved imports of tests, examples and scripts.

    Args:
        root: the repository, with the regenerated package.
        package: the generated package.
        lost: the names that packages no longer export, by package: ``trunkline.acme``.
    """
    home = f"trunkline_generated.{package}"
    words = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in (home, *lost)))
    for path in (p for folder in CODE for p in sorted((root / folder).rglob("*.py"))):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if words.search(text) else ():
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for each in node.names:
                    is_gone = each.name in lost.get(node.module, ())
                    if is_gone or _leads_nowhere(root, home, node.module, each.name):
                        file = path.relative_to(root).as_posix()
                        said = f"imports what is gone: {node.module}.{each.name}"
                        yield Todo(file, each.lineno, said)


def _leads_nowhere(root: Path, home: str, module: str, name: str) -> bool:
    """Return whether a name is not in its module of a generated package."""
    if not f"{module}.".startswith(f"{home}."):
        return False
    path = root.joinpath("generated", *module.split("."))
    if (path / f"{name}.py").is_file() or (path / name).is_dir():
        return False
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return not file.is_file() or not re.search(rf"\b{name}\b", file.read_text(encoding="utf-8"))
