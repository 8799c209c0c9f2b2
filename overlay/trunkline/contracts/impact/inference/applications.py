"""Calls in a consumer's code: what is passed, what comes back, and what is to be noted of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts.impact.inference import known
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.facts.types_codec import encode
from trunkline.contracts.impact.facts.model import Argument
from trunkline.contracts.impact.facts.recorder import name_span, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trunkline.contracts.impact.facts.model import Span
    from trunkline.contracts.impact.inference.calls import Signature
    from trunkline.contracts.impact.inference.expressions import Expressions
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["Applications", "Passed"]

#: Methods by which a model becomes a dict keyed as on the wire.
_TO_WIRE: Final = frozenset({"to_dict", "model_dump", "dict"})
_FROM_WIRE: Final = frozenset({"from_dict", "model_validate", "parse_obj"})
_FILLERS: Final = frozenset({"append", "add", "appendleft", "put", "put_nowait", "insert"})
_EXTENDERS: Final = frozenset({"extend", "update", "extendleft"})


class Passed:
    """The arguments of one call, by parameter name."""

    def __init__(self) -> None:
        self.arguments: dict[str, Argument] = {}
        self.kinds: dict[str, Type] = {}
        self.complete = True
        self.first: Type = t.UNKNOWN


class Applications:
    """Evaluates calls for an `Expressions`."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.engine = expressions.engine
        self.program = expressions.program
        self.protocols = expressions.protocols

    def call(self, node: ast.Call) -> Type:
        """Return the type of a call's result."""
        special = self._by_name(node)
        if special is not None:
            return special
        callee = self.expressions.type_of(node.func)
        values = self._values(node, callee)
        return self.apply(node, callee, values)

    def apply(self, node: ast.Call, callee: Type, values: dict[int, Type]) -> Type:
        """Return the result of calling a type, whose arguments' types are known by node."""
        kinds = [self._apply_one(node, each, values) for each in t.members(callee)]
        return t.join(kinds)

    def _apply_one(self, node: ast.Call, callee: Type, values: dict[int, Type]) -> Type:
        if isinstance(callee, t.Function | t.ClassObject):
            return self._known(node, callee, values)
        name = _last(node.func)
        positional = self._positional(node, values)
        if isinstance(node.func, ast.Attribute):
            receiver = self.expressions.type_of(node.func.value)
            found = [self._method(node, each, name, positional) for each in t.members(receiver)]
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

    def _values(self, node: ast.Call, callee: Type) -> dict[int, Type]:
        name = _last(node.func)
        found: dict[int, Type] = {}
        lambdas: list[ast.Lambda] = []
        for each in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(each, ast.Lambda):
                lambdas.append(each)
            else:
                found[id(each)] = self.expressions.value(each)
        element = t.UNKNOWN
        if lambdas and name in known.LAMBDA_TAKES_ELEMENT:
            sources = list(found.values())
            if isinstance(node.func, ast.Attribute):
                sources.append(self.expressions.type_of(node.func.value))
            element = t.join(self.protocols.iterate(each) for each in sources)
        for each in lambdas:
            args = [*each.args.posonlyargs, *each.args.args]
            names = {arg.arg: element if i == 0 else t.UNKNOWN for i, arg in enumerate(args)}
            inner = self.expressions.within(names, each.body)
            found[id(each)] = t.Instance(t.CALLABLE, (inner,))
        return found

    def _known(
        self, node: ast.Call, callee: t.Function | t.ClassObject, values: dict[int, Type]
    ) -> Type:
        passed = self.passed(node, self.protocols.signature(callee), values)
        self._note(node, callee, passed)
        name = _last(node.func)
        receiver = callee.receiver if isinstance(callee, t.Function) else None
        is_model = isinstance(receiver, t.Instance) and self.program.classes.is_library(
            receiver.symbol
        )
        if is_model and name in _TO_WIRE and isinstance(receiver, t.Instance):
            return t.Wire(receiver.symbol)
        return self.protocols.call(callee, passed.kinds, passed.first)

    def passed(
        self, node: ast.Call, signature: Signature | None, values: dict[int, Type]
    ) -> Passed:
        """Return the arguments of a call by the names of the parameters."""
        result = Passed()
        names = signature.positional if signature else ()
        for index, arg in enumerate(node.args):
            kind = values[id(arg)]
            result.first = kind if result.first is t.UNKNOWN else result.first
            if isinstance(arg, ast.Starred) or index >= len(names):
                result.complete = result.complete and not isinstance(arg, ast.Starred)
                continue
            self._pass(result, names[index], arg, arg, kind)
        for keyword in node.keywords:
            kind = values[id(keyword.value)]
            if keyword.arg is not None:
                self._pass(result, keyword.arg, keyword, keyword.value, kind)
            else:
                self._spread(result, keyword, kind)
        return result

    def _pass(self, result: Passed, name: str, place: ast.AST, value: ast.expr, kind: Type) -> None:
        constant, known_value = self.constant(value)
        where = span(place, self.expressions.module.lines)
        names = self._parameters_in(value)
        result.arguments[name] = Argument(where, known_value, constant, names)
        result.kinds[name] = kind

    def _spread(self, result: Passed, keyword: ast.keyword, kind: Type) -> None:
        where = span(keyword.value, self.expressions.module.lines)
        records = [each for each in t.members(kind) if isinstance(each, t.Record)]
        result.complete = result.complete and bool(records)
        names = self._parameters_in(keyword.value)
        for record in records:
            for name, inner, always in record.fields:
                result.arguments[name] = Argument(where, names=names, sure=always)
                result.kinds[name] = inner

    def constant(self, node: ast.expr) -> tuple[bool, Any]:
        """Return whether a value is a constant or a member of an enum, and which."""
        if isinstance(node, ast.Constant):
            is_shown = not isinstance(node.value, str) or node.value in self.engine.values
            plain = node.value is None or isinstance(node.value, str | int | float)
            # Texts that no enum knows may be anything, a key or a number: they are not kept.
            return plain, node.value if plain and is_shown else None
        if isinstance(node, ast.Attribute):
            inner = node.value if node.attr == "value" else node
            base = inner.value if isinstance(inner, ast.Attribute) else None
            name = inner.attr if isinstance(inner, ast.Attribute) else ""
            if base is not None and isinstance(base, ast.Name | ast.Attribute):
                owner = self._quietly(base)
                if isinstance(owner, t.ClassObject) and self.program.classes.is_enum(owner.symbol):
                    return True, name
        return False, None

    def _quietly(self, node: ast.expr) -> Type:
        recorder, self.expressions.recorder = self.expressions.recorder, None
        try:
            return self.expressions.type_of(node)
        finally:
            self.expressions.recorder = recorder

    def _parameters_in(self, node: ast.expr) -> tuple[str, ...]:
        own = self.expressions.own_names
        if not own or isinstance(node, ast.Constant):
            return ()
        nodes = [node] if isinstance(node, ast.Name) else ast.walk(node)
        names = [each.id for each in nodes if isinstance(each, ast.Name)]
        origins = self.expressions.origins
        found = [o for name in names for o in origins.get(name, (name,) if name in own else ())]
        return tuple(dict.fromkeys(found))

    def note_origin(self, target: ast.expr, value: ast.expr) -> None:
        """Remember from which parameters a local name is computed."""
        if isinstance(target, ast.Name):
            self.expressions.origins[target.id] = self._parameters_in(value)

    def _note(self, node: ast.Call, callee: t.Function | t.ClassObject, passed: Passed) -> None:
        if not self.program.classes.is_library(callee.symbol):
            self._note_flow(callee, passed)
            return
        recorder = self.expressions.recorder
        if recorder is None:
            return
        receiver = callee.receiver if isinstance(callee, t.Function) else None
        symbol = getattr(receiver, "symbol", "")
        recorder.call(callee.symbol, node, passed.arguments, complete=passed.complete)
        if _last(node.func) in _FROM_WIRE and symbol:
            self._note_wire(node, symbol, passed.first)

    def _note_wire(self, node: ast.Call, symbol: str, given: Type) -> None:
        recorder = self.expressions.recorder
        for each in t.members(given):
            if isinstance(each, t.Record) and recorder is not None:
                places = self._key_places(node.args[0])
                arguments = {
                    name: Argument(places.get(name, places[""]), sure=sure)
                    for name, _, sure in each.fields
                }
                recorder.call(symbol, node, arguments, complete=True, wire=True)

    def _key_places(self, node: ast.expr) -> dict[str, Span]:
        lines = self.expressions.module.lines
        keys = node.keys if isinstance(node, ast.Dict) else []
        found = {str(key.value): span(key, lines) for key in keys if isinstance(key, ast.Constant)}
        return {"": span(node, lines), **found}

    def _note_flow(self, callee: t.Function | t.ClassObject, passed: Passed) -> None:
        recorder = self.expressions.recorder
        signature = self.protocols.signature(callee)
        if recorder is None or signature is None:
            return
        symbol = callee.symbol
        if isinstance(callee, t.ClassObject) and signature.scope.function is not None:
            symbol = signature.scope.function.symbol
        for name, kind in passed.kinds.items():
            if signature.annotations.get(name, kind) is None and self.engine.is_ours(kind):
                recorder.flow(symbol, name, encode(kind))

    def note_store(self, target: ast.Attribute, kind: Type) -> None:
        """Note a client that is kept on an object of another library, such as `app.state`."""
        recorder = self.expressions.recorder
        inner = target.value
        self._note_field(target)
        name = inner.attr if isinstance(inner, ast.Attribute) else getattr(inner, "id", "")
        if recorder is None or name in {"self", "cls", ""} or not self.engine.is_ours(kind):
            return
        recorder.flow("@attribute", f"{name}.{target.attr}", encode(kind))

    def _note_field(self, target: ast.Attribute) -> None:
        """Note that a field of a model is set, which passes it like an argument."""
        recorder = self.expressions.recorder
        for each in t.members(self._quietly(target.value)) if recorder else ():
            if isinstance(each, t.Instance) and self.program.classes.is_library(each.symbol):
                place = name_span(target, self.expressions.module.lines)
                call = ast.copy_location(ast.Call(target, [], []), target)
                arguments = {target.attr: Argument(place)}
                if recorder is not None:
                    recorder.call(each.symbol, call, arguments, complete=False, store=True)

    def store_item(self, target: ast.Subscript, kind: Type) -> None:
        """Follow `container[key] = value`."""
        from trunkline.contracts.impact.inference.expressions import dotted

        before = self.expressions.type_of(target.value)
        self.expressions.value(target.slice)
        key = dotted(target.value)
        if key:
            constant = target.slice.value if isinstance(target.slice, ast.Constant) else None
            self._refill(target.value, key, _with_item(before, constant, kind))

    def _refill(self, node: ast.expr, key: str, kind: Type) -> None:
        self.expressions.env[key] = kind
        if isinstance(node, ast.Attribute):
            self.note_store(node, kind)

    def _by_name(self, node: ast.Call) -> Type | None:
        """Calls that are told by the name alone, because their arguments are no values."""
        name = _last(node.func)
        if name == "cast" and len(node.args) == 2:
            self.expressions.value(node.args[1])
            return self.program.annotations.read(node.args[0], self.expressions.scope)
        if name in {"getattr", "hasattr"} and len(node.args) >= 2:
            return self._getattr(node)
        if name == "super" and not node.args:
            return self._super()
        return None

    def _getattr(self, node: ast.Call) -> Type | None:
        wanted = node.args[1]
        if not (isinstance(wanted, ast.Constant) and isinstance(wanted.value, str)):
            return None
        receiver = self.expressions.type_of(node.args[0])
        self.expressions.note_read(receiver, wanted.value, wanted)
        found = [self.program.attribute(each, wanted.value) for each in t.members(receiver)]
        return t.join([*found, *(self.expressions.value(each) for each in node.args[2:])])

    def _super(self) -> Type:
        owner = self.expressions.scope.owner
        bases = self.program.classes.bases(owner) if owner else ()
        return t.join(t.Instance(base.symbol, args) for base, args in bases)

    def _method(
        self, node: ast.Call, receiver: Type, name: str, args: Sequence[Type]
    ) -> Type | None:
        """Return the result of a method of a builtin container, or None if it is no such."""
        if isinstance(receiver, t.Record):
            return self._record_method(node, receiver, name, args)
        if isinstance(receiver, t.Wire):
            key = node.args[0] if node.args else None
            if name in {"get", "pop"} and isinstance(key, ast.Constant):
                return t.join([self.expressions.item(receiver, key.value, key), *args[1:]])
            return receiver if name == "copy" else t.FOREIGN
        if not isinstance(receiver, t.Instance) or not receiver.symbol.startswith("builtins::"):
            return self._model_method(node, receiver, name)
        self._fill(node, receiver, name, args)
        return known.container_method(receiver, name, args, self.protocols)

    def _model_method(self, node: ast.Call, receiver: Type, name: str) -> Type | None:
        """`model.get("key")`, where a model is used like the dict that it was made of."""
        if isinstance(receiver, t.Instance) and name == "get" and node.args:
            key = node.args[0]
            if isinstance(key, ast.Constant) and self.program.classes.is_library(receiver.symbol):
                return self.expressions.item(receiver, key.value, key)
        return None

    def _record_method(
        self, node: ast.Call, receiver: t.Record, name: str, args: Sequence[Type]
    ) -> Type:
        key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if name in {"get", "pop", "setdefault"}:
            return t.join([self.expressions.item(receiver, key, node), *args[1:]])
        if name == "values":
            return t.listed(t.join(kind for _, kind, _ in receiver.fields))
        if name == "items":
            inner = t.join(kind for _, kind, _ in receiver.fields)
            return t.listed(t.Instance(t.TUPLE, (t.FOREIGN, inner)))
        if name == "update":
            self._update(node, receiver, args)
        return receiver if name == "copy" else t.FOREIGN

    def _update(self, node: ast.Call, receiver: t.Record, args: Sequence[Type]) -> None:
        from trunkline.contracts.impact.inference.expressions import dotted

        further = [f for each in args if isinstance(each, t.Record) for f in each.fields]
        further += [(k.arg, t.UNKNOWN, True) for k in node.keywords if k.arg]
        key = dotted(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if key:
            merged = {f[0]: f for f in (*receiver.fields, *further)}
            self.expressions.env[key] = t.Record(tuple(merged.values()))

    def _fill(self, node: ast.Call, receiver: t.Instance, name: str, args: Sequence[Type]) -> None:
        from trunkline.contracts.impact.inference.expressions import dotted

        if not args or not isinstance(node.func, ast.Attribute):
            return
        key = dotted(node.func.value)
        if receiver.symbol == t.LIST and key:
            if name in _FILLERS:
                kind = t.listed(t.join([receiver.args[0], args[-1]]))
            elif name in _EXTENDERS:
                kind = t.listed(t.join([receiver.args[0], self.protocols.iterate(args[0])]))
            else:
                return
            self._refill(node.func.value, key, kind)
        if receiver.symbol == t.DICT and key and name == "setdefault" and len(args) > 1:
            self._refill(node.func.value, key, _with_item(receiver, None, args[1]))

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
        if name == "dict" and not args:
            fields = [(k.arg, values[id(k.value)], True) for k in node.keywords if k.arg]
            return t.Record(tuple(fields)) if fields else t.Instance(t.DICT, (t.UNKNOWN,) * 2)
        self._note_unknown(node, callee, values)
        is_passed_on = any(self.engine.is_ours(each) for each in values.values())
        return t.FOREIGN if callee is t.FOREIGN and not is_passed_on else t.UNKNOWN

    def _run(self, node: ast.Call, values: dict[int, Type], index: int, form: str) -> Type | None:
        """Follow a function that is handed to something that calls it with the rest."""
        if len(node.args) <= index:
            return None
        target = node.args[index]
        callee = values[id(target)]
        if not any(isinstance(each, t.Function | t.ClassObject) for each in t.members(callee)):
            return None
        inner = ast.Call(target, node.args[index + 1 :], node.keywords)
        ast.copy_location(inner, node)
        if form in {"partial", "list"}:
            # Further arguments come later; what is left out now says nothing.
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
                passed = self.passed(inner, self.protocols.signature(each), values)
                passed.complete = False
                self._note(inner, each, passed)
                called = self.protocols.call(each, passed.kinds)
                results.append(each if form == "partial" else t.listed(called))
        return t.join(results)

    def _note_unknown(self, node: ast.Call, callee: Type, values: dict[int, Type]) -> None:
        recorder = self.expressions.recorder
        func = node.func
        if recorder is None or callee is not t.UNKNOWN or not isinstance(func, ast.Attribute):
            return
        resource = _last(func.value)
        if func.attr in self.engine.names and resource:
            passed = self.passed(node, None, values)
            passed.complete = passed.complete and not node.args
            recorder.call(
                f"?.{resource}.{func.attr}", node, passed.arguments, complete=passed.complete
            )

    def as_dict(self, kind: Type, *, attrs: bool = True) -> Type:
        """Return the form that a value has inside the dict form of a model."""
        found: list[Type] = []
        for each in t.members(kind):
            if not isinstance(each, t.Instance):
                found.append(each)
            elif each.symbol.startswith("builtins::"):
                inner = tuple(self.as_dict(arg, attrs=attrs) for arg in each.args)
                found.append(t.Instance(each.symbol, inner))
            elif self.program.classes.is_enum(each.symbol):
                found.append(each)
            elif self.program.classes.is_library(each.symbol):
                found.append(t.Wire(each.symbol, attrs))
            else:
                found.append(t.FOREIGN)
        return t.join(found)


def _with_item(before: Type, key: object, kind: Type) -> Type:
    results: list[Type] = []
    options: Iterable[Type] = t.members(before)
    for each in options:
        if isinstance(each, t.Record) and isinstance(key, str):
            fields = {name: (name, k, sure) for name, k, sure in each.fields}
            results.append(t.Record(tuple({**fields, key: (key, kind, True)}.values())))
        elif isinstance(each, t.Instance) and each.symbol == t.DICT:
            if isinstance(key, str) and each.args == (t.UNKNOWN, t.UNKNOWN):
                results.append(t.Record(((key, kind, True),)))
            else:
                results.append(t.Instance(t.DICT, (each.args[0], t.join([each.args[1], kind]))))
        elif isinstance(each, t.Instance) and each.symbol == t.LIST:
            results.append(t.listed(t.join([each.args[0], kind])))
        else:
            results.append(each)
    return t.join(results)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    return _last(node.func) if isinstance(node, ast.Call) else ""
