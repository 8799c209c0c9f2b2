"""Helpers that may return None for an argument that has become required."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.changes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline_pipeline.adopting.changes import OperationChange
    from trunkline_pipeline.checks.source.methods import Method
    from trunkline_pipeline.checks.source.modules import Sources


def may_be_none(sources: Sources, method: Method, change: OperationChange) -> Iterator[str]:
    """Yield remarks about functions that may return None for a required argument."""
    needed = {f.argument: f.field for f in change.fields if f.kind is Kind.REQUIRED}
    for call in ast.walk(method.node) if needed else ():
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        taken = [e.id for e in call.args if isinstance(e, ast.Name) and e.id in needed]
        found = sources.lookup(method.module, call.func.id) if taken else None
        # For overloads, this is the first one, which does not accept None.
        node = found[1] if found else None
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            returned = ast.unparse(node.returns)
            if "None" in returned:
                yield f"{needed[taken[0]]} is required, and {node.name} returns {returned}"
