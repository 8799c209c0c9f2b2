"""The result types of calling, awaiting, iterating, entering and indexing a value."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.annotations import Scope, substitute
from trunkline.contracts.impact.inference.modules import Assigned, ClassInfo, FunctionInfo
from trunkline.contracts.impact.inference.program import Program, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts.impact.inference.types import Type

__all__ = ["Protocols", "Signature"]


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a function, method or constructor, without `self`."""

    positional: tuple[str, ...]
    annotations: Mapping[str, ast.expr | None]
    scope: Scope
    takes_keywords: bool = False


class Protocols:
    """Applies Python's protocols to types."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.classes = program.classes

    def signature(self, kind: Type) -> Signature | None:
        """Return the parameters of what is called, or None if they are not known."""
        if isinstance(kind, t.Function):
            info = self.program.world.symbol(kind.symbol)
            if isinstance(info, FunctionInfo):
                is_bound = kind.receiver is not None
                return _signature(info, is_bound)
        if isinstance(kind, t.ClassObject):
            return self._constructor(kind.symbol)
        return None

    def _constructor(self, symbol: str) -> Signature | None:
        info = self.classes.info(symbol)
        if info is None:
            return None
        found = self.classes.find(info, "__init__")
        if found is not None and isinstance(found[0], FunctionInfo):
            return _signature(found[0], is_bound=True)
        lineage = [each for each, _ in self.classes.lineage(info)]
        fields = {name: node for each in reversed(lineage) for name, node in _fields(each)}
        return Signature(tuple(fields), fields, Scope(info.module, info))

    def call(self, kind: Type, arguments: Mapping[str, Type], first: Type = t.UNKNOWN) -> Type:
        """Return the type of a call's result.

        Args:
            kind: what is called; not a union.
            arguments: types by parameter name.
            first: type of the first argument that is known; a wrapper may return this function
                with another result type.
        """
        if isinstance(kind, t.Function):
            return self._call_function(kind, arguments, first)
        if isinstance(kind, t.ClassObject):
            return self._construct(kind, arguments)
        if isinstance(kind, t.Instance):
            if kind.symbol == t.CALLABLE:
                return kind.args[0]
            method = self.program.attribute(kind, "__call__")
            return self.call(method, arguments) if isinstance(method, t.Function) else t.UNKNOWN
        return t.UNKNOWN

    def _call_function(self, kind: t.Function, arguments: Mapping[str, Type], first: Type) -> Type:
        if kind.returns is not None:
            return kind.returns
        info = self.program.world.symbol(kind.symbol)
        if not isinstance(info, FunctionInfo):
            return t.UNKNOWN
        values = self._values(info, kind.receiver, arguments)
        result = self.program.result(info, values)
        if not isinstance(first, t.Function) or not isinstance(result, t.Instance):
            return result
        if result.symbol == t.CALLABLE:
            return t.Function(first.symbol, first.receiver, result.args[0])
        return result

    def _values(
        self, info: FunctionInfo, receiver: Type | None, arguments: Mapping[str, Type]
    ) -> dict[str, Type]:
        values: dict[str, Type] = {}
        signature = _signature(info, receiver is not None)
        if isinstance(receiver, t.Instance | t.ClassObject):
            values = self._bound(info, receiver)
        for name, kind in arguments.items():
            node = signature.annotations.get(name)
            if node is not None:
                self._unify(self.program.annotations.read(node, signature.scope), kind, values)
        return values

    def _bound(self, info: FunctionInfo, receiver: t.Instance | t.ClassObject) -> dict[str, Type]:
        owner = self.classes.info(receiver.symbol)
        values: dict[str, Type] = {}
        for each, bindings in self.classes.lineage(owner, receiver.args) if owner else ():
            if each is info.owner:
                values = dict(bindings)
        values["Self"] = t.Instance(receiver.symbol, receiver.args)
        own = info.node.args.posonlyargs + info.node.args.args
        if own and own[0].annotation is not None:
            pattern = self.program.annotations.read(
                own[0].annotation, Scope(info.module, info.owner, info)
            )
            self._unify(pattern, receiver, values)
        return values

    def _construct(self, kind: t.ClassObject, arguments: Mapping[str, Type]) -> Type:
        info = self.classes.info(kind.symbol)
        names = self.program.annotations.type_parameters(info) if info else ()
        if not names or any(arg is not t.UNKNOWN for arg in kind.args):
            return t.Instance(kind.symbol, kind.args)
        values: dict[str, Type] = {}
        signature = self._constructor(kind.symbol)
        for name, given in arguments.items():
            node = signature.annotations.get(name) if signature else None
            if node is not None and signature is not None:
                self._unify(self.program.annotations.read(node, signature.scope), given, values)
        return t.Instance(kind.symbol, tuple(values.get(name, t.UNKNOWN) for name in names))

    def _unify(self, pattern: Type, kind: Type, values: dict[str, Type]) -> None:
        """Find what the variables of a parameter's type stand for, given an argument's type."""
        for each in t.members(pattern):
            if isinstance(each, t.Variable):
                values[each.name] = t.join([values.get(each.name, t.UNKNOWN), kind])
            elif isinstance(each, t.Instance | t.ClassObject) and each.args:
                for option in t.members(kind):
                    self._unify_generic(each, option, values)

    def _unify_generic(
        self, pattern: t.Instance | t.ClassObject, kind: Type, values: dict[str, Type]
    ) -> None:
        if pattern.symbol == "builtins::type":
            if isinstance(kind, t.ClassObject):
                self._unify(pattern.args[0], t.Instance(kind.symbol, kind.args), values)
        elif pattern.symbol == t.CALLABLE:
            self._unify(pattern.args[0], self.call(kind, {}), values)
        elif pattern.symbol == t.LIST:
            self._unify(pattern.args[0], self.iterate(kind), values)
        elif pattern.symbol == t.AWAITABLE:
            self._unify(pattern.args[0], self.awaited(kind), values)
        elif isinstance(kind, t.Instance) and kind.symbol == pattern.symbol:
            for inner, given in zip(pattern.args, kind.args, strict=False):
                self._unify(inner, given, values)

    def iterate(self, kind: Type) -> Type:
        """Return the type of the elements in a `for` or `async for` loop."""
        return t.join(self._iterated(each) for each in t.members(kind))

    def _iterated(self, kind: Type) -> Type:
        if not isinstance(kind, t.Instance) or kind.symbol.startswith("builtins::"):
            return element(kind)
        for name in ("__iter__", "__aiter__"):
            found = self._method_result(kind, name)
            if found is not None:
                return element(found)
        base = self.container(kind)
        if base is not kind:
            return element(base)
        return self._method_result(kind, "__getitem__") or t.UNKNOWN

    def container(self, kind: Type) -> Type:
        """Return the builtin container type of a class's objects, else the type itself."""
        if not isinstance(kind, t.Instance):
            return kind
        info = self.classes.info(kind.symbol)
        return (self.classes.container(info, kind.args) if info else None) or kind

    def indexed(self, kind: t.Instance) -> Type:
        """Return the type of `x[key]` for an object of a class."""
        base = self.container(kind)
        if base is not kind and isinstance(base, t.Instance):
            return element(base) if base.symbol == t.TUPLE else base.args[-1]
        return self._method_result(kind, "__getitem__") or t.UNKNOWN

    def awaited(self, kind: Type) -> Type:
        """Return the type of `await x`."""
        return t.join(self._awaited(each) for each in t.members(kind))

    def _awaited(self, kind: Type) -> Type:
        if not isinstance(kind, t.Instance):
            return kind if kind is t.FOREIGN else t.UNKNOWN
        if kind.symbol == t.AWAITABLE:
            return kind.args[0]
        info = self.classes.info(kind.symbol)
        found = self.classes.find(info, "__await__", kind.args) if info else None
        if found is None or not isinstance(found[0], FunctionInfo):
            return kind
        node = found[0].node.returns
        inner = node.slice if isinstance(node, ast.Subscript) else None
        if isinstance(inner, ast.Tuple) and len(inner.elts) == 3:
            scope = Scope(found[0].module, found[1], found[0])
            result = self.program.annotations.read(inner.elts[2], scope)
            return substitute(result, {**found[2], "Self": kind})
        return t.UNKNOWN

    def entered(self, kind: Type) -> Type:
        """Return the type of what `with x as name` binds."""
        return t.join(self._entered(each) for each in t.members(kind))

    def _entered(self, kind: Type) -> Type:
        if isinstance(kind, t.Instance):
            if kind.symbol == t.CONTEXT:
                return kind.args[0]
            for name in ("__enter__", "__aenter__"):
                found = self._method_result(kind, name)
                if found is not None:
                    # Without a more specific annotation, a client returns itself.
                    known = self.awaited(found)
                    return kind if known is t.UNKNOWN else known
        return kind

    def _method_result(self, kind: t.Instance, name: str) -> Type | None:
        info = self.classes.info(kind.symbol)
        if info is None or self.classes.find(info, name) is None:
            return None
        return self.call(self.program.attribute(kind, name), {})


def _signature(info: FunctionInfo, is_bound: bool) -> Signature:  # noqa: FBT001 - private
    args = info.node.args
    positional = [*args.posonlyargs, *args.args]
    is_method = info.owner is not None and "staticmethod" not in info.decorators
    shown = (
        positional[1:] if is_method and (is_bound or info.name.endswith("__init__")) else positional
    )
    nodes = {each.arg: each.annotation for each in [*shown, *args.kwonlyargs]}
    return Signature(
        tuple(each.arg for each in shown),
        nodes,
        Scope(info.module, info.owner, info),
        takes_keywords=args.kwarg is not None,
    )


def _fields(info: ClassInfo) -> Iterator[tuple[str, ast.expr | None]]:
    for name, found in info.scope.items():
        if not isinstance(found, Assigned) or found.annotation is None:
            continue
        value = found.values[-1] if found.values else None
        if not _is_class_variable(found.annotation) and not _is_left_out(value):
            yield name, found.annotation


def _is_class_variable(node: ast.expr) -> bool:
    base = node.value if isinstance(node, ast.Subscript) else node
    return (base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")) == "ClassVar"


def _is_left_out(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and any(
        each.arg == "init" and isinstance(each.value, ast.Constant) and each.value.value is False
        for each in value.keywords
    )
