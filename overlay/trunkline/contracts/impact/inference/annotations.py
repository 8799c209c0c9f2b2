"""The types that annotations name."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference import typing_names as names
from trunkline.contracts.impact.inference.modules import (
    Assigned,
    ClassInfo,
    Definition,
    FunctionInfo,
    ModuleInfo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.inference.world import World

__all__ = ["Annotations", "Scope", "substitute"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name is looked up: in the enclosing type parameters, then the module."""

    module: ModuleInfo
    owner: ClassInfo | None = None
    function: FunctionInfo | None = None
    alias: Assigned | None = None


def substitute(kind: Type, values: Mapping[str, Type]) -> Type:
    """Return a type with its variables replaced; those without a value become unknown."""
    if isinstance(kind, t.Variable):
        return values.get(kind.name, t.UNKNOWN)
    if isinstance(kind, t.Instance | t.ClassObject) and kind.args:
        return type(kind)(kind.symbol, tuple(substitute(each, values) for each in kind.args))
    if isinstance(kind, t.Union):
        return t.join(substitute(each, values) for each in kind.options)
    return kind


class Annotations:
    """Reads annotations, aliases and type parameters."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._parameters: dict[str, tuple[str, ...]] = {}
        self._parsed: dict[ast.Constant, ast.expr | None] = {}
        # The same annotation is read for each call of its function.
        self._known: dict[tuple[ast.expr, ClassInfo | None], Type] = {}

    def read(self, node: ast.expr | None, scope: Scope) -> Type:
        """Return the type that an annotation names."""
        if node is None:
            return t.UNKNOWN
        key = (node, scope.owner)
        known = self._known.get(key)
        if known is None:
            self._known[key] = t.UNKNOWN  # an alias may name itself
            known = self._known[key] = self._read(node, scope)
        return known

    def _read(self, node: ast.expr, scope: Scope) -> Type:
        if isinstance(node, ast.Constant):
            return self._constant(node, scope)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return t.join([self.read(node.left, scope), self.read(node.right, scope)])
        if isinstance(node, ast.Subscript):
            return self._subscript(node, scope)
        if isinstance(node, ast.Name | ast.Attribute):
            return self._named(node, scope)
        return t.UNKNOWN

    def parsed(self, node: ast.Constant) -> ast.expr | None:
        """Return the expression in a quoted annotation."""
        if node not in self._parsed:
            try:
                self._parsed[node] = ast.parse(str(node.value).strip(), mode="eval").body
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self._parsed[node] = None
        return self._parsed[node]

    def definition(self, node: ast.expr, scope: Scope) -> Definition | None:
        """Return what a dotted name stands for."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            inner = self.parsed(node)
            return None if inner is None else self.definition(inner, scope)
        if isinstance(node, ast.Name):
            return self._own(node.id, scope) or self.world.name(scope.module, node.id)
        if isinstance(node, ast.Attribute):
            return self._member(node, scope)
        return self.definition(node.value, scope) if isinstance(node, ast.Subscript) else None

    def _member(self, node: ast.Attribute, scope: Scope) -> Definition | None:
        base = self.definition(node.value, scope)
        if isinstance(base, ModuleInfo):
            return self.world.name(base, node.attr)
        if isinstance(base, ClassInfo):
            return base.scope.get(node.attr)
        dotted = _dotted(node)
        return self.world.module(dotted, scope.module) if dotted and base is None else None

    def type_parameters(self, info: ClassInfo) -> tuple[str, ...]:
        """Return the names of a class's type variables, in order."""
        if info.symbol not in self._parameters:
            self._parameters[info.symbol] = ()  # a class may name itself in its bases
            modern = [each.name for each in getattr(info.node, "type_params", [])]
            scope = Scope(info.module)
            bases = [base for base in info.node.bases if isinstance(base, ast.Subscript)]
            found = modern or [v for base in bases for v in self._variables(base.slice, scope)]
            self._parameters[info.symbol] = tuple(dict.fromkeys(found))
        return self._parameters[info.symbol]

    def _variables(self, node: ast.expr, scope: Scope) -> Iterator[str]:
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and self._is_variable(
                self.world.name(scope.module, each.id)
            ):
                yield each.id

    def _own(self, name: str, scope: Scope) -> Definition | None:
        found = scope.owner.scope.get(name) if scope.owner else None
        # In a class body, an annotation `list` means the builtin even if a method has that name;
        # a nested class is found.
        return found if isinstance(found, ClassInfo) else None

    def _constant(self, node: ast.Constant, scope: Scope) -> Type:
        if isinstance(node.value, str):
            inner = self.parsed(node)
            return t.UNKNOWN if inner is None else self.read(inner, scope)
        return t.FOREIGN

    def _named(self, node: ast.Name | ast.Attribute, scope: Scope) -> Type:
        name = node.id if isinstance(node, ast.Name) else node.attr
        if isinstance(node, ast.Name) and self._is_parameter(name, scope):
            return t.Variable(name)
        found = self.definition(node, scope)
        if isinstance(found, ClassInfo):
            return t.Instance(found.symbol, tuple(t.UNKNOWN for _ in self.type_parameters(found)))
        if isinstance(found, Assigned):
            return self._alias(found, name)
        return self._special(name, [])

    def _is_parameter(self, name: str, scope: Scope) -> bool:
        if scope.alias is not None and name in scope.alias.parameters:
            return True
        owners = (scope.owner, scope.function)
        nodes = [each.node for each in owners if each is not None]
        return any(name == each.name for node in nodes for each in getattr(node, "type_params", []))

    def _alias(self, found: Assigned, name: str) -> Type:
        if self._is_variable(found):
            return t.Variable(name)
        value = found.values[0] if found.values else None
        if isinstance(value, ast.Subscript) and _last(value.value) == "Literal":
            # A `Literal` that has a name is compared like an enum.
            return t.Instance(f"{found.module.key}::{name}")
        is_type = isinstance(value, ast.Subscript | ast.BinOp | ast.Name | ast.Attribute)
        if is_type or (isinstance(value, ast.Constant) and isinstance(value.value, str)):
            return self.read(value, Scope(found.module, alias=found))
        return t.FOREIGN

    def _open(self, found: Assigned) -> tuple[str, ...]:
        """Return the type variables of an alias, in order."""
        nodes = found.values if not found.parameters else []
        free = [name for node in nodes for name in self._variables(node, Scope(found.module))]
        return found.parameters or tuple(dict.fromkeys(free))

    def _is_variable(self, found: Definition | None) -> bool:
        if not isinstance(found, Assigned) or not found.values:
            return False
        value = found.values[0]
        return isinstance(value, ast.Call) and _last(value.func) in names.VARIABLES

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Type:
        elements = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        found = self.definition(node.value, scope)
        if isinstance(found, ClassInfo):
            return t.Instance(found.symbol, tuple(self.read(each, scope) for each in elements))
        name = _last(node.value)
        if isinstance(found, Assigned):
            given = (self.read(each, scope) for each in elements)
            values = dict(zip(self._open(found), given, strict=False))
            return substitute(self._alias(found, name), values)
        if name == "Literal":
            return t.FOREIGN
        if name == "Callable":
            return t.Instance(t.CALLABLE, (self.read(elements[-1], scope),))
        if name == "Annotated":
            return self.read(elements[0], scope)
        return self._special(name, [self.read(each, scope) for each in elements])

    def _special(self, name: str, args: list[Type]) -> Type:  # noqa: PLR0911 - a table of names
        first = args[0] if args else t.UNKNOWN
        if name in names.LISTS:
            return t.listed(first)
        if name in names.DICTS:
            return t.Instance(t.DICT, (first, args[-1] if args else t.UNKNOWN))
        if name in {"tuple", "Tuple"}:
            is_open = len(args) != 2 or args[1] is not t.FOREIGN
            return t.Instance(t.TUPLE, tuple(args)) if is_open else t.listed(first)
        if name in names.AWAITABLES:
            return t.Instance(t.AWAITABLE, (args[-1] if args else t.UNKNOWN,))
        if name in names.CONTEXTS:
            return t.Instance(t.CONTEXT, (first,))
        if name in names.WRAPPERS:
            return first
        if name == "Union":
            return t.join(args)
        if name == "Self":
            return t.Variable("Self")
        if name in {"type", "Type"}:
            return t.join(_class_of(each) for each in t.members(first))
        return t.UNKNOWN if name in names.ANYTHING else t.FOREIGN


def _class_of(kind: Type) -> Type:
    if isinstance(kind, t.Instance):
        return t.ClassObject(kind.symbol, kind.args)
    # `type[T]` for a variable is resolved when the variable is bound to a class.
    return t.ClassObject("builtins::type", (kind,)) if isinstance(kind, t.Variable) else t.UNKNOWN


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""
