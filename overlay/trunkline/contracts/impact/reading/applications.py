"""Calls in a consumer's code, and what they return."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from trunkline.contracts.impact.inference import known
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.modules import Assigned
from trunkline.contracts.impact.reading import getters
from trunkline.contracts.impact.reading.names import last

if TYPE_CHECKING:
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.arguments import Arguments
    from trunkline.contracts.impact.reading.containers import Containers
    from trunkline.contracts.impact.reading.notes import Notes
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["Applications"]

#: Methods that convert a model to a dict keyed as on the wire.
_TO_WIRE: Final = frozenset({"to_dict", "model_dump", "dict"})


class Applications:
    """Evaluates calls for a `Reader`."""

    def __init__(
        self, reader: Reader, arguments: Arguments, notes: Notes, containers: Containers
    ) -> None:
        self.reader = reader
        self.arguments = arguments
        self.notes = notes
        self.containers = containers
        self.engine = reader.engine
        self.program = reader.program
        self.protocols = reader.protocols

    def call(self, node: ast.Call) -> Type:
        """Return the type of a call's result."""
        special = self._by_name(node)
        if special is not None:
            return special
        callee = self.reader.type_of(node.func)
        values = self._values(node)
        return self.apply(node, callee, values)

    def apply(self, node: ast.Call, callee: Type, values: dict[int, Type]) -> Type:
        """Return the result of calling a type; `values` are the arguments' types by node."""
        options = t.members(callee)
        sure = len({_name(each) for each in options}) == 1 and not _is_chosen(node.func)
        return t.join(self._apply_one(node, each, values, sure=sure) for each in options)

    def _apply_one(
        self, node: ast.Call, callee: Type, values: dict[int, Type], *, sure: bool
    ) -> Type:
        if isinstance(callee, t.Function | t.ClassObject):
            return self._known(node, callee, values, sure=sure)
        name = last(node.func)
        positional = self._positional(node, values)
        if isinstance(node.func, ast.Attribute):
            receiver = self.reader.type_of(node.func.value)
            found = [
                self.containers.method(node, each, name, positional) for each in t.members(receiver)
            ]
            if any(each is not None for each in found):
                return t.join(each for each in found if each is not None)
        if isinstance(callee, t.Instance):
            return self.protocols.call(callee, {})
        return self._foreign(node, callee, name, values)

    def _positional(self, node: ast.Call, values: dict[int, Type]) -> list[Type]:
        return [
            self.protocols.iterate(values[id(arg)])
            if isinstance(arg, ast.Starred)
            else values[id(arg)]
            for arg in node.args
        ]

    def _values(self, node: ast.Call) -> dict[int, Type]:
        name = last(node.func)
        found: dict[int, Type] = {}
        later: list[ast.Lambda | ast.Call] = []
        for each in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(each, ast.Lambda) or getters.is_getter(each):
                later.append(each)
            else:
                found[id(each)] = self.reader.value(each)
        element: Type = t.UNKNOWN
        if later and name in known.ELEMENT_PARAMETER:
            sources = list(found.values())
            if isinstance(node.func, ast.Attribute):
                sources.append(self.reader.type_of(node.func.value))
            element = t.join(self.protocols.iterate(each) for each in sources)
        for each in later:
            found[id(each)] = t.Instance(t.CALLABLE, (self._of_element(each, element, name),))
        return found

    def _of_element(self, node: ast.Lambda | ast.Call, element: Type, caller: str) -> Type:
        """Return what a lambda or a getter returns for an element."""
        if isinstance(node, ast.Call):
            return getters.applied(self.reader, node, None, element)
        index = known.ELEMENT_PARAMETER.get(caller, 0)
        args = [*node.args.posonlyargs, *node.args.args]
        names: dict[str, Type] = {
            arg.arg: element if i == index else t.UNKNOWN for i, arg in enumerate(args)
        }
        return self.reader.within(names, node.body)

    def _known(
        self,
        node: ast.Call,
        callee: t.Function | t.ClassObject,
        values: dict[int, Type],
        *,
        sure: bool,
    ) -> Type:
        passed = self.arguments.passed(node, self.protocols.signature(callee), values)
        self.notes.call(node, callee, passed, sure=sure)
        if isinstance(callee, t.ClassObject) and node.args:
            self.notes.member(callee.symbol, node.args[0])
        name = last(node.func)
        receiver = callee.receiver if isinstance(callee, t.Function) else None
        is_model = isinstance(receiver, t.Instance) and self.program.classes.is_library(
            receiver.symbol
        )
        if is_model and name in _TO_WIRE and isinstance(receiver, t.Instance):
            return t.Wire(receiver.symbol)
        return self.protocols.call(callee, passed.kinds, passed.first)

    def _by_name(self, node: ast.Call) -> Type | None:
        """Evaluate calls recognized by name alone, because their arguments are not plain values."""
        name = last(node.func)
        if name == "cast" and len(node.args) == 2:
            self.reader.value(node.args[1])
            return self.program.annotations.read(node.args[0], self.reader.scope)
        if name in {"getattr", "hasattr"} and len(node.args) >= 2:
            return self._getattr(node)
        if name == "super" and not node.args:
            return self._super()
        if getters.is_getter(node.func) and len(node.args) == 1:
            receiver = self.reader.value(node.args[0])
            return getters.applied(self.reader, node.func, node.args[0], receiver)
        return None

    def _getattr(self, node: ast.Call) -> Type | None:
        wanted = self._constant(node.args[1])
        if wanted is None:
            return None
        receiver = self.reader.type_of(node.args[0])
        self.reader.note_read(receiver, wanted, node.args[1])
        found = [self.program.attribute(each, wanted) for each in t.members(receiver)]
        return t.join([*found, *(self.reader.value(each) for each in node.args[2:])])

    def _constant(self, node: ast.expr) -> str | None:
        """Return a string literal, or the one in a module variable that is assigned once."""
        if isinstance(node, ast.Name) and node.id not in self.reader.env:
            found = self.program.world.name(self.reader.module, node.id)
            if isinstance(found, Assigned) and len(found.values) == 1 and not found.writers:
                node = found.values[0]
        value = node.value if isinstance(node, ast.Constant) else None
        return value if isinstance(value, str) else None

    def _super(self) -> Type:
        owner = self.reader.scope.owner
        bases = self.program.classes.bases(owner) if owner else ()
        return t.join(t.Instance(base.symbol, args) for base, args in bases)

    def _foreign(self, node: ast.Call, callee: Type, name: str, values: dict[int, Type]) -> Type:
        args = self._positional(node, values)
        run = known.runs_function(name)
        if run is not None:
            found = self._run(node, values, *run)
            if found is not None:
                return found
        if name == "run" and args and isinstance(args[0], t.Function):
            return self.protocols.awaited(self._run(node, values, 0, "value") or t.UNKNOWN)
        handler = known.FUNCTIONS.get(name)
        if handler is not None:
            return handler(self.protocols, args)
        if name in {"dict", "SimpleNamespace"} and not args:
            fields = [(k.arg, values[id(k.value)], True) for k in node.keywords if k.arg]
            return t.Record(tuple(fields)) if fields else t.Instance(t.DICT, (t.UNKNOWN,) * 2)
        self.notes.unknown_call(node, callee, values)
        is_passed_on = any(self.engine.is_ours(each) for each in values.values())
        return t.FOREIGN if callee is t.FOREIGN and not is_passed_on else t.UNKNOWN

    def _run(self, node: ast.Call, values: dict[int, Type], index: int, form: str) -> Type | None:
        """Follow a function that is passed to something that calls it with the other arguments."""
        if len(node.args) <= index:
            return None
        target = node.args[index]
        callee = values[id(target)]
        if not any(isinstance(each, t.Function | t.ClassObject) for each in t.members(callee)):
            return None
        inner = ast.Call(target, node.args[index + 1 :], node.keywords)
        ast.copy_location(inner, node)
        if form in {"partial", "list"}:
            # Further arguments are passed later, so a missing one means nothing yet.
            inner.keywords = [*node.keywords]
            inner.args = inner.args if form == "partial" else []
            return self._run_later(inner, callee, values, form)
        result = self.apply(inner, callee, values)
        return (
            t.Instance(t.AWAITABLE, (self.protocols.awaited(result),))
            if form == "future"
            else result
        )

    def _run_later(self, inner: ast.Call, callee: Type, values: dict[int, Type], form: str) -> Type:
        results: list[Type] = []
        for each in t.members(callee):
            if isinstance(each, t.Function | t.ClassObject):
                passed = self.arguments.passed(inner, self.protocols.signature(each), values)
                passed.complete = False
                self.notes.call(inner, each, passed)
                called = self.protocols.call(each, passed.kinds)
                results.append(each if form == "partial" else t.listed(called))
        return t.join(results)


def _name(callee: Type) -> tuple[str, str]:
    """Return the module and name of what is called; equal for a sync and an async method."""
    module, _, name = getattr(callee, "symbol", "").partition("::")
    return module.rpartition(".")[2], name.rpartition(".")[2]


def _is_chosen(func: ast.expr) -> bool:
    """Whether the called function is looked up by a computed key: `ACTIONS[name](...)`."""
    if isinstance(func, ast.Subscript):
        return not isinstance(func.slice, ast.Constant)
    return (
        isinstance(func, ast.Call)
        and last(func.func) == "get"
        and not all(isinstance(each, ast.Constant) for each in func.args[:1])
    )
