"""Branches, loops, `try` and `match`: what names stand for where control flow merges."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading import branches
from trunkline.contracts.impact.reading.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.expressions import Expressions

__all__ = ["Flow"]

_Loop: TypeAlias = ast.For | ast.AsyncFor


class Flow(ABC):
    """Reads the statements that decide which others run.

    Args:
        expressions: reads the expressions in the statements.
    """

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.patterns = Patterns(expressions)

    @property
    def env(self) -> dict[str, Type]:
        """What each local name stands for."""
        return self.expressions.env

    @abstractmethod
    def run(self, body: list[ast.stmt]) -> bool:
        """Read statements; return whether what follows them is reached."""

    def _if(self, node: ast.If, *, is_link: bool = False) -> bool:
        self.expressions.value(node.test)
        if not is_link:
            branches.note_chain(self.expressions.arguments, node)
        before = dict(self.env)
        self.expressions.bindings.narrow(node.test)
        reached = self.run(node.body)
        after = dict(self.env)
        self._restore(before)
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            otherwise = self._if(node.orelse[0], is_link=True)
        else:
            otherwise = self.run(node.orelse)
        self._merge(after, taken=reached, other=otherwise)
        return reached or otherwise

    def _restore(self, env: dict[str, Type]) -> None:
        self.env.clear()
        self.env.update(env)

    def _merge(self, env: dict[str, Type], *, taken: bool, other: bool) -> None:
        """Join the names after one branch with those after the other (now in `self.env`)."""
        if not taken:
            return
        if not other:
            self._restore(env)
            return
        for name, kind in env.items():
            mine = self.env.get(name)
            self.env[name] = kind if mine is None or mine == kind else t.join([mine, kind])

    def _for(self, node: _Loop) -> None:
        source = self.expressions.value(node.iter)
        self._loop(
            node,
            lambda: self.expressions.bindings.assign(
                node.target, self.expressions.protocols.iterate(source)
            ),
        )

    def _while(self, node: ast.While) -> None:
        self._loop(node, lambda: self.expressions.value(node.test))

    def _loop(self, node: _Loop | ast.While, begin: object) -> None:
        for _ in range(2):
            before = dict(self.env)
            begin()  # type: ignore[operator]  # a function without arguments
            self.run(node.body)
            self._merge(before, taken=True, other=True)
            if self.env == before:
                break
        self.run(node.orelse)

    def _try(self, node: ast.Try) -> bool:
        before = dict(self.env)
        reached = self.run(node.body) and self.run(node.orelse)
        after = dict(self.env)
        for handler in node.handlers:
            # An error may occur at any statement: names may have their types from before or after.
            self._restore(before)
            self._merge(after, taken=True, other=True)
            if handler.type is not None:
                self.expressions.value(handler.type)
            if handler.name:
                self.env[handler.name] = t.FOREIGN
            if self.run(handler.body):
                self._merge(after, taken=reached, other=True)
                after, reached = dict(self.env), True
        self._restore(after)
        return self.run(node.finalbody) and reached

    def _match(self, node: ast.Match) -> bool:
        kind = self.expressions.value(node.subject)
        branches.note_match(self.expressions.arguments, node, kind)
        before = dict(self.env)
        after: dict[str, Type] | None = None
        for case in node.cases:
            self._restore(before)
            self.patterns.bind(case.pattern, kind)
            if case.guard is not None:
                self.expressions.value(case.guard)
            if self.run(case.body):
                self._merge(after or {}, taken=after is not None, other=True)
                after = dict(self.env)
        self._restore(before)
        self._merge(after or {}, taken=after is not None, other=True)
        return True

    STATEMENTS: ClassVar[dict[type[ast.stmt], Callable[[Any, Any], bool | None]]] = {
        ast.If: _if,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.While: _while,
        ast.Try: _try,
        ast.Match: _match,
    }
