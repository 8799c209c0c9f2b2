"""Packages that a provider may not use at run time: import layers cannot express that."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERLAY = Path(__file__).parents[1] / "overlay" / "trunkline"


def test_providers_have_no_http_in_them() -> None:
    """A provider leaves httpx and sockets to the engine; httpx occurs only as a type."""
    for provider in ("pamela", "whispey", "stateset_voice", "phone_ai"):
        for path in (OVERLAY / provider).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imports = {name.split(".")[0] for name in runtime_imports(tree)}
            assert not imports & {"httpx", "httpcore", "socket", "ssl", "urllib", "anyio"}, path


def runtime_imports(tree: ast.Module) -> Iterator[str]:
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
