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
from trunkline.contracts.impact.reading.expressions import Expressions
from trunkline.contracts.impact.reading.flow import Flow
from trunkline.contracts.impact.reading.names import children
from trunkline.contracts.impact.reading.parameters import parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts.impact.facts.recorder import Recorder
    from trunkline.contracts.impact.inference.engine import Engine
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["Body"]

_FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Body(Flow):
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
        super().__init__(Expressions(engine, scope, {}, outer or closure, recorder))
        self.outcome = Outcome()
        self._later: list[FunctionInfo] = []
        self._globals: set[str] = set()

    def run_module(self) -> None:
        """Read a whole module: its own statements, then every function in it."""
        self.run(self.module.tree.body)
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
        self.run(info.node.body)
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
                # Code that follows a class is read after its methods: restore its function.
                outer = self.recorder.function
                body = Body(self.engine, self.module, function=info, recorder=self.recorder)
                body.run_function()
                self.recorder.function = outer
        self._later = []

    def run(self, body: list[ast.stmt]) -> bool:
        """Read statements; return whether what follows them is reached."""
        for statement in body:
            method = self._STATEMENTS.get(type(statement))
            if method is None:
                self._other(statement)
            elif method(self, statement) is False:
                return False
        return True

    def _other(self, node: ast.AST) -> None:
        for child in children(node):
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
            inner.run(node.body)
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
        # The type variables of an attribute are resolved where its object is known.
        is_kept = self.module.library or isinstance(node.target, ast.Attribute)
        kind = declared if is_kept else substitute(declared, {})
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

    def _with(self, node: ast.With | ast.AsyncWith) -> bool:
        for item in node.items:
            kind = self.engine.protocols.entered(self.expressions.value(item.context_expr))
            if item.optional_vars is not None:
                self.expressions.bindings.assign(item.optional_vars, kind)
        return self.run(node.body)

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
        **Flow.STATEMENTS,
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
        ast.With: _with,
        ast.AsyncWith: _with,
        ast.Import: _import,
        ast.ImportFrom: _import,
    }


def _is_dict(kind: Type) -> bool:
    return isinstance(kind, t.Instance) and kind.symbol == t.DICT


def _loading(node: ast.Attribute | ast.Subscript) -> ast.expr:
    if isinstance(node, ast.Attribute):
        return ast.Attribute(node.value, node.attr, ast.Load())
    return ast.Subscript(node.value, node.slice, ast.Load())
