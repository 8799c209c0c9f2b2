"""Collects facts, with their positions, while code is read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from trunkline.contracts.impact.facts.model import (
    Branch,
    Call,
    Facts,
    Flow,
    Read,
    Reference,
    Span,
)

if TYPE_CHECKING:
    from trunkline.contracts.impact.facts.model import Argument
    from trunkline.contracts.impact.inference.modules import ModuleInfo

__all__ = ["Recorder", "name_span", "span"]


class Recorder:
    """The facts of one module; a fact seen twice, as in a loop, is kept once."""

    def __init__(self, module: ModuleInfo) -> None:
        self.module = module
        self._calls: dict[tuple[str, Span, bool], Call] = {}
        self._others: dict[Any, None] = {}
        self.function = ""

    @property
    def facts(self) -> Facts:
        """Everything recorded so far."""
        found = Facts(calls=list(self._calls.values()))
        for each in self._others:
            if isinstance(each, Read):
                found.reads.append(each)
            elif isinstance(each, Reference):
                found.references.append(each)
            elif isinstance(each, Branch):
                found.branches.append(each)
            else:
                found.flows.append(each)
        return found

    def call(  # noqa: D102 - see Call
        self,
        target: str,
        node: ast.Call,
        arguments: dict[str, Argument],
        *,
        complete: bool,
        wire: bool = False,
        store: bool = False,
        sure: bool = True,
    ) -> None:
        position = name_span(node.func, self.module.lines)
        found = Call(target, position, self.function, arguments, complete, wire, store, sure)
        self._calls[target, position, wire] = found

    def read(  # noqa: D102
        self, owner: str, name: str, position: Span, *, wire: bool = False
    ) -> None:
        self._others[Read(owner, name, position, self.function, wire)] = None

    def reference(self, target: str, node: ast.AST, *, imported: bool = False) -> None:  # noqa: D102
        position = name_span(node, self.module.lines)
        self._others[Reference(target, position, self.function, imported)] = None

    def branch(  # noqa: D102
        self,
        enum: str,
        attribute: tuple[str, str],
        values: tuple[Any, ...],
        default: str,
        how: str,
        node: ast.AST,
    ) -> None:
        position = span(node, self.module.lines)
        found = Branch(enum, *attribute, values, default, how, position, self.function)
        self._others[found] = None

    def flow(self, function: str, parameter: str, kind: Any) -> None:  # noqa: D102
        self._others[Flow(function, parameter, kind)] = None


def span(node: ast.AST, lines: list[str]) -> Span:
    """Return the position of a node in characters; the parser counts bytes."""
    line = getattr(node, "lineno", 1)
    end = getattr(node, "end_lineno", None) or line
    first = getattr(node, "col_offset", 0)
    last = getattr(node, "end_col_offset", None) or first
    return Span(line, _characters(lines, line, first) + 1, end, _characters(lines, end, last) + 1)


def name_span(node: ast.AST, lines: list[str]) -> Span:
    """Return the position of the last name of a dotted expression."""
    found = span(node, lines)
    if isinstance(node, ast.Attribute):
        start = found.end_column - len(node.attr)
        return Span(found.end_line, start, found.end_line, found.end_column)
    return found


def _characters(lines: list[str], line: int, count: int) -> int:
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return count if text.isascii() else len(text.encode()[:count].decode(errors="ignore"))
