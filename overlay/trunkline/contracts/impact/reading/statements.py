"""Reads the statements of a module, class or function in the order in which they run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.annotations import Scope, substitute
from trunkline.contracts.impact.inference.modules import (
    ClassInfo,
    FunctionInfo,
    Import,
    ModuleInfo,
)
from trunkline.contracts.impact.inference.program import Outcome
from trunkline.contracts.impact.reading import branches
from trunkline.contracts.impact.reading.expressions import Expressions
from trunkline.contracts.impact.reading.parameters import parameters
from trunkline.contracts.impact.reading.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts.impact.facts.recorder import Recorder
    from trunkline.contracts.impact.inference.engine import Engine
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["Body"]

_Loop: TypeAlias = ast.For | ast.AsyncFor
_FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Body:
    """One body of code and what its names stand for, statement by statement."""

    def __init__(
        self,
        engine: Engine,
        module: ModuleInfo,
        *,
        function: FunctionInfo | None = None,
        owner: ClassInfo | None = None,
        outer: dict[str, Type] | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.engine = engine
        self.module = module
        self.function = function
        self.recorder = recorder
        owner = function.owner if function else owner
        closure = engine.closures.get(function.symbol, {}) if function else {}
        scope = Scope(module, owner, function)
        self.expressions = Expressions(engine, scope, {}, outer or closure, recorder)
        self.patterns = Patterns(self.expressions)
        self.outcome = Outcome()
        self._later: list[FunctionInfo] = []
        self._globals: set[str] = set()

    @property
    def env(self) -> dict[str, Type]:
        """What each local name stands for."""
        return self.expressions.env

    def run_module(self) -> None:
        """Read a whole module: its own statements, then every function in it."""
        self._run(self.module.tree.body)
        self._finish()

    def run_function(self) -> Outcome:
        """Read a function and return what it does."""
        info = self.function
        if info is None:
            return self.outcome
        if self.recorder is not None:
            self.recorder.function = info.name
        self.env.update(parameters(self.expressions, info))
        for default in [*info.node.args.defaults, *info.node.args.kw_defaults]:
            if default is not None:
                self.expressions.value(default)
        self._run(info.node.body)
        self._close(info)
        self._finish()
        return self.outcome

    def _close(self, info: FunctionInfo) -> None:
        self.outcome.yielded = self.expressions.yielded
        first = (info.node.args.posonlyargs + info.node.args.args)[:1]
        name = f"{first[0].arg}." if first and info.owner else "."
        for key, kind in self.env.items():
            if key.startswith(name) and key.count(".") == 1 and name != ".":
                self.outcome.attributes[key[len(name) :]] = kind
        self.outcome.globals = {n: self.env[n] for n in self._globals if n in self.env}

    def _finish(self) -> None:
        """Read the functions defined here, now that everything around them is known."""
        around = {**self.expressions.outer, **self.env}
        for info in self._later:
            if info.parent is not None:
                self.engine.closures[info.symbol] = around
            if self.recorder is not None:
                # What stands behind a class in its module is read after the methods.
                outer = self.recorder.function
                body = Body(self.engine, self.module, function=info, recorder=self.recorder)
                body.run_function()
                self.recorder.function = outer
        self._later = []

    def _run(self, body: list[ast.stmt]) -> bool:
        """Read statements; return whether what follows them is reached."""
        for statement in body:
            method = self._STATEMENTS.get(type(statement))
            if method is None:
                self._other(statement)
            elif method(self, statement) is False:
                return False
        return True

    def _other(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.expressions.value(child)

    def _function(self, node: _FunctionNode) -> None:
        for decorator in node.decorator_list:
            self.expressions.value(decorator)
        info = self._info(node)
        self._later.append(info)
        if info.owner is None:
            self.env[node.name] = t.Function(info.symbol)

    def _info(self, node: _FunctionNode) -> FunctionInfo:
        owner = self.expressions.scope.owner if self.function is None else None
        scope = owner.scope if owner else self.module.scope
        found = scope.get(node.name)
        if self.function is None and isinstance(found, FunctionInfo) and found.node is node:
            return found
        prefix = self.function.symbol if self.function else f"{self.module.key}::"
        if owner:
            prefix = owner.symbol
        separator = "" if prefix.endswith("::") else "."
        symbol = f"{prefix}{separator}{node.name}"
        info = FunctionInfo(symbol, node, self.module, owner, self.function)
        if self.function is not None:
            self.engine.world.register(info)
            self.engine.closures[symbol] = {**self.expressions.outer, **self.env}
        return info

    def _class(self, node: ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self.expressions.value(decorator)
        found = self.module.scope.get(node.name)
        if isinstance(found, ClassInfo) and found.node is node:
            inner = Body(self.engine, self.module, owner=found, recorder=self.recorder)
            inner._run(node.body)
            inner._finish()
            self.env[node.name] = t.ClassObject(found.symbol)

    def _return(self, node: ast.Return) -> bool:
        if node.value is not None:
            self.outcome.returned.append(self.expressions.value(node.value))
        return False

    def _stop(self, node: ast.stmt) -> bool:
        self._other(node)
        return False

    def _assign(self, node: ast.Assign) -> None:
        kind = self.expressions.value(node.value)
        for target in node.targets:
            self.expressions.arguments.note_origin(target, node.value)
            self.expressions.bindings.assign(target, kind)

    def _annotated(self, node: ast.AnnAssign) -> None:
        declared = self.expressions.program.annotations.read(
            node.annotation, self.expressions.scope
        )
        kind = declared if self.module.library else substitute(declared, {})
        if node.value is not None:
            given = self.expressions.value(node.value)
            if kind in {t.UNKNOWN, t.FOREIGN}:
                kind = t.join([kind, given])
            elif isinstance(given, t.Record) and _is_dict(kind):
                kind = given  # its keys say more than `dict[str, object]`
            self.expressions.arguments.note_origin(node.target, node.value)
        self.expressions.bindings.assign(node.target, kind)

    def _augmented(self, node: ast.AugAssign) -> None:
        self.expressions.value(node.value)
        if isinstance(node.target, ast.Attribute | ast.Subscript):
            # `x.total += 1` reads the attribute as well.
            reading = ast.copy_location(_loading(node.target), node.target)
            self.expressions.value(reading)

    def _global(self, node: ast.Global) -> None:
        self._globals.update(node.names)

    def _if(self, node: ast.If, *, is_link: bool = False) -> bool:
        self.expressions.value(node.test)
        if not is_link:
            branches.note_chain(self.expressions.arguments, node)
        before = dict(self.env)
        self.expressions.bindings.narrow(node.test)
        reached = self._run(node.body)
        after = dict(self.env)
        self._restore(before)
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            otherwise = self._if(node.orelse[0], is_link=True)
        else:
            otherwise = self._run(node.orelse)
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
                node.target, self.engine.protocols.iterate(source)
            ),
        )

    def _while(self, node: ast.While) -> None:
        self._loop(node, lambda: self.expressions.value(node.test))

    def _loop(self, node: _Loop | ast.While, begin: object) -> None:
        for _ in range(2):
            before = dict(self.env)
            begin()  # type: ignore[operator]  # a function without arguments
            self._run(node.body)
            self._merge(before, taken=True, other=True)
            if self.env == before:
                break
        self._run(node.orelse)

    def _with(self, node: ast.With | ast.AsyncWith) -> bool:
        for item in node.items:
            kind = self.engine.protocols.entered(self.expressions.value(item.context_expr))
            if item.optional_vars is not None:
                self.expressions.bindings.assign(item.optional_vars, kind)
        return self._run(node.body)

    def _try(self, node: ast.Try) -> bool:
        before = dict(self.env)
        reached = self._run(node.body) and self._run(node.orelse)
        after = dict(self.env)
        for handler in node.handlers:
            # An error may come at any statement: both what was before and what is after may hold.
            self._restore(before)
            self._merge(after, taken=True, other=True)
            if handler.type is not None:
                self.expressions.value(handler.type)
            if handler.name:
                self.env[handler.name] = t.FOREIGN
            if self._run(handler.body):
                self._merge(after, taken=reached, other=True)
                after, reached = dict(self.env), True
        self._restore(after)
        return self._run(node.finalbody) and reached

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
            if self._run(case.body):
                self._merge(after or {}, taken=after is not None, other=True)
                after = dict(self.env)
        self._restore(before)
        self._merge(after or {}, taken=after is not None, other=True)
        return True

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        names = [a.asname or a.name.partition(".")[0] for a in node.names]
        level = getattr(node, "level", 0)
        for alias, name in zip(node.names, names, strict=True):
            if isinstance(node, ast.ImportFrom):
                found = Import(node.module or "", level, alias.name, alias)
            else:
                whole = alias.name if alias.asname else name
                found = Import(whole, 0, None, alias)
                self._note_import(Import(alias.name, 0, None, alias), alias)
            resolved = self.engine.world.resolve(found, self.module)
            if self.function is not None and resolved is not None:
                self.env[name] = self.engine.program.of_definition(resolved, alias.name)
            if isinstance(node, ast.ImportFrom):
                self._note_import(found, alias)

    def _note_import(self, found: Import, node: ast.alias) -> None:
        if self.recorder is None:
            return
        resolved = self.engine.world.resolve(found, self.module)
        if isinstance(resolved, ModuleInfo):
            if resolved.library:
                self.recorder.reference(resolved.key, node, imported=True)
        elif resolved is not None:
            symbol = getattr(resolved, "symbol", None) or f"{resolved.module.key}::{node.name}"  # type: ignore[union-attr]  # an Assigned has a module
            if self.engine.program.classes.is_library(symbol):
                self.recorder.reference(symbol, node, imported=True)

    _STATEMENTS: ClassVar[dict[type[ast.stmt], Callable[[Any, Any], bool | None]]] = {
        ast.FunctionDef: _function,
        ast.AsyncFunctionDef: _function,
        ast.ClassDef: _class,
        ast.Return: _return,
        ast.Raise: _stop,
        ast.Continue: _stop,
        ast.Break: _stop,
        ast.Assign: _assign,
        ast.AnnAssign: _annotated,
        ast.AugAssign: _augmented,
        ast.Global: _global,
        ast.If: _if,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.While: _while,
        ast.With: _with,
        ast.AsyncWith: _with,
        ast.Try: _try,
        ast.Match: _match,
        ast.Import: _import,
        ast.ImportFrom: _import,
    }


def _is_dict(kind: Type) -> bool:
    return isinstance(kind, t.Instance) and kind.symbol == t.DICT


def _loading(node: ast.Attribute | ast.Subscript) -> ast.expr:
    if isinstance(node, ast.Attribute):
        return ast.Attribute(node.value, node.attr, ast.Load())
    return ast.Subscript(node.value, node.slice, ast.Load())
