"""Finds the types of expressions and notes what they do with the libraries."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, ClassVar

from trunkline.contracts.impact.facts.recorder import name_span
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading import branches
from trunkline.contracts.impact.reading.applications import Applications
from trunkline.contracts.impact.reading.arguments import Arguments
from trunkline.contracts.impact.reading.bindings import Bindings
from trunkline.contracts.impact.reading.containers import Containers
from trunkline.contracts.impact.reading.names import children, dotted, tail
from trunkline.contracts.impact.reading.notes import Notes
from trunkline.contracts.impact.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts.impact.facts.recorder import Recorder
    from trunkline.contracts.impact.inference.annotations import Scope
    from trunkline.contracts.impact.inference.engine import Engine
    from trunkline.contracts.impact.inference.modules import ClassInfo, FunctionInfo
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["Expressions"]


class Expressions(Reader):
    """Evaluates expressions in an environment of local names."""

    def __init__(
        self,
        engine: Engine,
        scope: Scope,
        env: dict[str, Type],
        outer: dict[str, Type],
        recorder: Recorder | None,
    ) -> None:
        super().__init__(engine, scope, env, outer, recorder)
        self.arguments = Arguments(self)
        self.notes = Notes(self, self.arguments)
        self.containers = Containers(self, self.notes)
        self.bindings = Bindings(self, self.containers, self.notes)
        self.applications = Applications(self, self.arguments, self.notes, self.containers)

    def type_of(self, node: ast.expr | None) -> Type:
        """Return the type of an expression."""
        if node is None:
            return t.FOREIGN
        method = self._HANDLERS.get(type(node))
        if method is not None:
            return method(self, node)
        for child in children(node):
            self.value(child)
        return t.FOREIGN

    def value(self, node: ast.expr) -> Type:
        """Return the type of an expression used as a value; note a library function."""
        kind = self.type_of(node)
        if self.recorder is not None and isinstance(node, ast.Name | ast.Attribute):
            for each in t.members(kind):
                if isinstance(each, t.Function) and self.program.classes.is_library(each.symbol):
                    self.recorder.reference(each.symbol, node)
        return kind

    def lookup(self, name: str) -> Type:
        """Return the type of a name."""
        for names in (self.env, self.outer):
            if name in names:
                return names[name]
        found = self.program.world.name(self.module, name)
        if found is not None:
            return self.program.of_definition(found, name)
        if name in self.module.scope:
            return self._namespace(name)
        return t.FOREIGN

    def _namespace(self, name: str) -> Type:
        is_package = self.program.world.files.is_namespace(name)
        return t.Module(f"?{name}") if is_package else t.FOREIGN

    def _constant(self, _: ast.Constant) -> Type:
        return t.FOREIGN

    def _name(self, node: ast.Name) -> Type:
        return self.lookup(node.id)

    def _attribute(self, node: ast.Attribute) -> Type:
        receiver = self.type_of(node.value)
        self.note_read(receiver, node.attr, node)
        key = dotted(node)
        if key and key in self.env:
            return self.env[key]
        kind = t.join(self._member(each, node.attr) for each in t.members(receiver))
        if kind in {t.UNKNOWN, t.FOREIGN} and not isinstance(receiver, t.Instance):
            return self.program.seeds.get(("@attribute", tail(node)), kind)
        return kind

    def _member(self, receiver: Type, name: str) -> Type:
        if name == "__dict__":
            return self.containers.as_dict(receiver)
        if isinstance(receiver, t.Instance) and receiver.symbol.startswith("builtins::"):
            return t.UNKNOWN
        return self.program.attribute(receiver, name)

    def note_read(self, receiver: Type, name: str, node: ast.AST) -> None:
        """Note that an attribute is read, whatever its object is."""
        if self.recorder is None:
            return
        for each in t.members(receiver):
            if isinstance(each, t.Instance) and self.program.classes.is_library(each.symbol):
                self.recorder.read(each.symbol, name, name_span(node, self.module.lines))
            elif isinstance(each, t.ClassObject) and self.program.classes.is_enum(each.symbol):
                self.recorder.reference(f"{each.symbol}.{name}", node)
            elif name in self.engine.names and (each is t.UNKNOWN or isinstance(each, t.Variable)):
                self.recorder.read("", name, name_span(node, self.module.lines))

    def _call(self, node: ast.Call) -> Type:
        return self.applications.call(node)

    def _await(self, node: ast.Await) -> Type:
        return self.protocols.awaited(self.type_of(node.value))

    def _subscript(self, node: ast.Subscript) -> Type:
        receiver = self.type_of(node.value)
        key = self.value(node.slice)
        if isinstance(node.slice, ast.Slice):
            return receiver
        constant = node.slice.value if isinstance(node.slice, ast.Constant) else None
        # The key's position is noted: it may be on another line than the rest.
        kinds = [self.item(each, constant, node.slice) for each in t.members(receiver)]
        branches.note_dispatch(self.arguments, node, receiver, key)
        return t.join(kinds)

    def item(self, receiver: Type, key: object, node: ast.expr) -> Type:
        """Return the type of `receiver[key]` or `receiver.get(key)`."""
        return self.containers.item(receiver, key, node)

    def _lambda(self, node: ast.Lambda) -> Type:
        args = node.args
        inner: dict[str, Type] = {
            a.arg: t.UNKNOWN for a in [*args.posonlyargs, *args.args, *args.kwonlyargs]
        }
        return t.Instance(t.CALLABLE, (self.within(inner, node.body),))

    def within(self, names: dict[str, Type], node: ast.expr) -> Type:
        """Return the type of an expression with further names in scope."""
        before = self.env
        self.env = {**before, **names}
        try:
            return self.type_of(node)
        finally:
            self.env = before

    def _if_expression(self, node: ast.IfExp) -> Type:
        self.value(node.test)
        return t.join([self.value(node.body), self.value(node.orelse)])

    def _bool_operation(self, node: ast.BoolOp) -> Type:
        return t.join([self.value(each) for each in node.values])

    def _named_expression(self, node: ast.NamedExpr) -> Type:
        kind = self.value(node.value)
        self.env[node.target.id] = kind
        return kind

    def _starred(self, node: ast.Starred) -> Type:
        return self.type_of(node.value)

    def _sequence(self, node: ast.List | ast.Set) -> Type:
        kinds = [self._listed(each) for each in node.elts]
        return t.listed(t.join(kinds))

    def _listed(self, node: ast.expr) -> Type:
        kind = self.value(node)
        return self.protocols.iterate(kind) if isinstance(node, ast.Starred) else kind

    def _tuple(self, node: ast.Tuple) -> Type:
        if any(isinstance(each, ast.Starred) for each in node.elts):
            return t.listed(t.join([self._listed(each) for each in node.elts]))
        return t.Instance(t.TUPLE, tuple(self.value(each) for each in node.elts))

    def _dict(self, node: ast.Dict) -> Type:
        return self.containers.made(node)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> Type:
        before = self.env
        self.env = dict(before)
        try:
            for each in node.generators:
                self.bindings.assign(each.target, self.protocols.iterate(self.value(each.iter)))
                for test in each.ifs:
                    self.value(test)
                    self.bindings.narrow(test)
            if isinstance(node, ast.DictComp):
                return t.Instance(t.DICT, (self.value(node.key), self.value(node.value)))
            return t.listed(self.value(node.elt))
        finally:
            self.env = before

    def _yield(self, node: ast.Yield) -> Type:
        self.yielded.append(self.value(node.value) if node.value else t.FOREIGN)
        return t.UNKNOWN

    def _yield_from(self, node: ast.YieldFrom) -> Type:
        self.yielded.append(self.protocols.iterate(self.value(node.value)))
        return t.UNKNOWN

    def _binary(self, node: ast.BinOp) -> Type:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Add) and _is_list(left):
            return t.listed(t.join([self.protocols.iterate(left), self.protocols.iterate(right)]))
        if isinstance(node.op, ast.BitOr) and isinstance(left, t.Record | t.Instance):
            if isinstance(left, t.Record) and isinstance(right, t.Record):
                merged = {f[0]: f for f in (*left.fields, *right.fields)}
                return t.Record(tuple(merged.values()))
            return left
        return t.FOREIGN

    def define(self, info: FunctionInfo | ClassInfo) -> Type:
        """Return the type of a function or class that a statement defines."""
        return self.program.of_definition(info, info.node.name)

    _HANDLERS: ClassVar[dict[type[ast.expr], Callable[[Any, Any], Type]]] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.Attribute: _attribute,
        ast.Call: _call,
        ast.Await: _await,
        ast.Subscript: _subscript,
        ast.Lambda: _lambda,
        ast.IfExp: _if_expression,
        ast.BoolOp: _bool_operation,
        ast.NamedExpr: _named_expression,
        ast.Starred: _starred,
        ast.List: _sequence,
        ast.Set: _sequence,
        ast.Tuple: _tuple,
        ast.Dict: _dict,
        ast.ListComp: _comprehension,
        ast.SetComp: _comprehension,
        ast.GeneratorExp: _comprehension,
        ast.DictComp: _comprehension,
        ast.Yield: _yield,
        ast.YieldFrom: _yield_from,
        ast.BinOp: _binary,
    }


def _is_list(kind: Type) -> bool:
    return any(isinstance(each, t.Instance) and each.symbol == t.LIST for each in t.members(kind))
