"""What the bodies of functions do, judged from their statements alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["stores_on_self", "yields"]


def yields(node: ast.AST) -> bool:
    """Whether a function's own body yields, which makes it a generator."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(
            child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
        ) and yields(child):
            return True
    return False


def stores_on_self(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a method stores or fills an attribute of its first parameter."""
    first = (node.args.posonlyargs + node.args.args)[:1]
    return bool(first) and any(_is_stored_on(each, first[0].arg) for each in _targets(node.body))


def _is_stored_on(target: ast.expr, name: str) -> bool:
    if isinstance(target, ast.Tuple | ast.List):
        return any(_is_stored_on(each, name) for each in target.elts)
    if isinstance(target, ast.Subscript):
        return _is_stored_on(target.value, name)
    inner = target.value if isinstance(target, ast.Attribute) else None
    return isinstance(inner, ast.Name) and inner.id == name


def _targets(body: list[ast.stmt]) -> Iterator[ast.expr]:
    """Yield what statements assign to, without looking into their expressions."""
    for node in body:
        if isinstance(node, ast.Assign):
            yield from node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor):
            yield node.target
        elif isinstance(node, ast.With | ast.AsyncWith):
            yield from (item.optional_vars for item in node.items if item.optional_vars)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            # `self.calls.append(call)` fills what it is called on.
            yield from [node.value.func.value] if isinstance(node.value.func, ast.Attribute) else []
        for name in ("body", "orelse", "finalbody"):
            yield from _targets(getattr(node, name, []))
        for inner in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
            yield from _targets(inner.body)
