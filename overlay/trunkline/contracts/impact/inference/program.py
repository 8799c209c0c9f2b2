"""What functions return and what attributes hold, across all files."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.annotations import Annotations, Scope, substitute
from trunkline.contracts.impact.inference.bodies import stores_on_self, yields
from trunkline.contracts.impact.inference.classes import PROPERTIES, Classes
from trunkline.contracts.impact.inference.modules import (
    Assigned,
    ClassInfo,
    Definition,
    FunctionInfo,
    ModuleInfo,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.inference.world import World

__all__ = ["Outcome", "Program"]

#: Decorators that make a generator function a context manager.
_CONTEXTS: Final = frozenset({"contextmanager", "asynccontextmanager"})


class Outcome:
    """The types found by reading a function's body."""

    def __init__(self) -> None:
        self.returned: list[Type] = []
        self.yielded: list[Type] = []
        #: Attributes stored on `self`, and names stored with `global`.
        self.attributes: dict[str, Type] = {}
        self.globals: dict[str, Type] = {}


class Program:
    """Types of everything that has a name; bodies are read where annotations are missing.

    Args:
        world: the modules.
        run: reads a function's body and returns what it does.
        value: returns the type of an expression at a module's top level.
        seeds: types of parameters that were observed where functions are called.
    """

    def __init__(
        self,
        world: World,
        run: Callable[[FunctionInfo], Outcome],
        value: Callable[[ast.expr, ModuleInfo], Type],
        seeds: Mapping[tuple[str, str], Type] | None = None,
    ) -> None:
        self.world = world
        self.annotations = Annotations(world)
        self.classes = Classes(world, self.annotations)
        self.seeds = dict(seeds or {})
        self._run = run
        self._value = value
        self._outcomes: dict[str, Outcome | None] = {}
        self._attributes: dict[str, dict[str, Type]] = {}
        self._variables: dict[int, Type] = {}

    def of_definition(self, found: Definition | None, name: str) -> Type:
        """Return the type of what a name stands for."""
        if isinstance(found, ModuleInfo):
            return t.Module(found.key)
        if isinstance(found, ClassInfo):
            return t.ClassObject(found.symbol)
        if isinstance(found, FunctionInfo):
            return t.Function(found.symbol)
        if isinstance(found, Assigned):
            return self.of_variable(found, name)
        return t.FOREIGN

    def of_variable(self, found: Assigned, name: str) -> Type:
        """Return the type of a variable at the top level of a module, or of a class attribute."""
        if id(found) not in self._variables:
            self._variables[id(found)] = t.UNKNOWN  # two variables may depend on each other
            self._variables[id(found)] = self._read_variable(found, name)
        return self._variables[id(found)]

    def _read_variable(self, found: Assigned, name: str) -> Type:
        kinds: list[Type] = []
        if found.annotation is not None:
            kinds = [self.annotations.read(found.annotation, Scope(found.module))]
        if not kinds or kinds == [t.UNKNOWN]:
            kinds += [self._value(each, found.module) for each in found.values]
            for writer in found.writers:
                outcome = self.outcome(writer)
                kinds += [outcome.globals[name]] if outcome and name in outcome.globals else []
        return t.join(kinds)

    def outcome(self, info: FunctionInfo) -> Outcome | None:
        """Return what a function does, or None while it is being read, as when it calls itself."""
        if info.symbol not in self._outcomes:
            self._outcomes[info.symbol] = None
            self._outcomes[info.symbol] = self._run(info)
        return self._outcomes[info.symbol]

    def result(self, info: FunctionInfo, values: Mapping[str, Type]) -> Type:
        """Return the type of a call's result, with type variables replaced."""
        names = info.decorators
        generator = None
        if info.node.returns is not None:
            scope = Scope(info.module, info.owner, info)
            kind = substitute(self.annotations.read(info.node.returns, scope), values)
        else:
            outcome = self.outcome(info)
            if outcome is None:
                return t.UNKNOWN
            generator = bool(outcome.yielded)
            kind = t.join(outcome.yielded) if generator else t.join(outcome.returned)
            kind = t.listed(kind) if generator else kind
        if names & _CONTEXTS:
            return t.Instance(t.CONTEXT, (element(kind),))
        if not isinstance(info.node, ast.AsyncFunctionDef) or names & PROPERTIES:
            return kind
        is_generator = yields(info.node) if generator is None else generator
        return kind if is_generator else t.Instance(t.AWAITABLE, (kind,))

    def attribute(self, receiver: Type, name: str) -> Type:
        """Return the type of an attribute of one type (not a union)."""
        if isinstance(receiver, t.Instance):
            return self._of_instance(receiver, name)
        if isinstance(receiver, t.ClassObject):
            return self._of_class(receiver, name)
        if isinstance(receiver, t.Module):
            return self._of_module(receiver, name)
        if isinstance(receiver, t.Record):
            return t.join(kind for field, kind, _ in receiver.fields if field == name)
        return t.FOREIGN if receiver is t.FOREIGN else t.UNKNOWN

    def _of_module(self, receiver: t.Module, name: str) -> Type:
        if receiver.key.startswith("?"):
            dotted = f"{receiver.key[1:]}.{name}"
            found = self.world.module(dotted)
            if found is None and self.world.files.is_namespace(dotted):
                return t.Module(f"?{dotted}")
            return self.of_definition(found, name)
        module = self.world.by_key(receiver.key)
        return (
            t.FOREIGN if module is None else self.of_definition(self.world.name(module, name), name)
        )

    def _of_instance(self, receiver: t.Instance, name: str) -> Type:
        info = self.classes.info(receiver.symbol)
        if self.classes.is_enum(receiver.symbol):
            return receiver if name in {"value", "name"} else t.FOREIGN
        if info is None:
            return t.UNKNOWN
        found = self.classes.find(info, name, receiver.args)
        if found is None:
            return self._stored(info, receiver, name)
        return self._found(info, receiver, name, found)

    def _found(
        self,
        info: ClassInfo,
        receiver: t.Instance,
        name: str,
        found: tuple[Definition, ClassInfo, dict[str, Type]],
    ) -> Type:
        definition, owner, values = found
        values = {**values, "Self": receiver}
        if isinstance(definition, FunctionInfo):
            return self._method(definition, receiver, values)
        if isinstance(definition, ClassInfo):
            return t.ClassObject(definition.symbol)
        if isinstance(definition, Assigned):
            stored = t.UNKNOWN if definition.annotation else self._stored(info, receiver, name)
            declared = self._declared(definition, owner, name)
            return t.join([substitute(declared, values), stored])
        return t.UNKNOWN

    def _declared(self, definition: Assigned, owner: ClassInfo, name: str) -> Type:
        if definition.annotation is not None:
            return self.annotations.read(definition.annotation, Scope(owner.module, owner))
        return self.of_variable(definition, name)

    def _method(self, found: FunctionInfo, receiver: Type, values: Mapping[str, Type]) -> Type:
        names = found.decorators
        if names & PROPERTIES:
            return self.result(found, values)
        if "staticmethod" in names:
            return t.Function(found.symbol)
        if "classmethod" in names and isinstance(receiver, t.Instance):
            return t.Function(found.symbol, t.ClassObject(receiver.symbol, receiver.args))
        return t.Function(found.symbol, receiver)

    def _stored(self, info: ClassInfo, receiver: t.Instance, name: str) -> Type:
        for each, values in self.classes.lineage(info, receiver.args):
            kinds = self.stores(each)
            if name in kinds:
                return substitute(kinds[name], {**values, "Self": receiver})
        return t.UNKNOWN

    def stores(self, info: ClassInfo) -> dict[str, Type]:
        """Return the attributes that a class's methods store on `self`."""
        if info.symbol in self._attributes:
            return self._attributes[info.symbol]
        found = self._attributes[info.symbol] = {}
        storing = [each for each in info.methods if stores_on_self(each.node)]
        self._store(storing, found)
        if len(storing) > 1 and any(t.is_open(kind) for kind in found.values()):
            # What a method stores may come from what another one has stored.
            for method in storing:
                self._outcomes.pop(method.symbol, None)
            self._store(storing, found)
        return found

    def _store(self, methods: list[FunctionInfo], found: dict[str, Type]) -> None:
        for outcome in map(self.outcome, methods):
            for name, kind in outcome.attributes.items() if outcome else ():
                found[name] = t.join([found.get(name, t.UNKNOWN), kind])

    def _of_class(self, receiver: t.ClassObject, name: str) -> Type:
        info = self.classes.info(receiver.symbol)
        if info is None:
            return t.UNKNOWN
        found = self.classes.find(info, name, receiver.args)
        if found is None:
            return t.UNKNOWN
        definition, owner, values = found
        if isinstance(definition, FunctionInfo):
            is_class_method = "classmethod" in definition.decorators
            return t.Function(definition.symbol, receiver if is_class_method else None)
        if self.classes.is_enum(receiver.symbol):
            return t.Instance(receiver.symbol)
        if isinstance(definition, Assigned):
            return substitute(self._declared(definition, owner, name), values)
        return self.of_definition(definition, name)


def element(kind: Type) -> Type:
    """Return the type of a builtin iterable's elements; no method is looked up."""
    found: list[Type] = []
    for each in t.members(kind):
        if isinstance(each, t.Instance) and each.symbol in {t.LIST, t.CONTEXT}:
            found.append(each.args[0])
        elif isinstance(each, t.Instance) and each.symbol == t.TUPLE:
            found.append(t.join(each.args))
        elif isinstance(each, t.Instance) and each.symbol == t.DICT:
            found.append(each.args[0])
        elif isinstance(each, t.Record | t.Wire) or each is t.FOREIGN:
            found.append(t.FOREIGN)
    return t.join(found)
