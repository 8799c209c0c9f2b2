"""Names in expressions."""

from __future__ import annotations

import ast

__all__ = ["dotted", "last", "tail"]


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names, or an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""


def last(node: ast.expr) -> str:
    """Return the last name of a chain, also behind a call, or an empty text."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    return last(node.func) if isinstance(node, ast.Call) else ""


def tail(node: ast.Attribute) -> str:
    """Return the last two names of a chain."""
    return f"{last(node.value)}.{node.attr}"
