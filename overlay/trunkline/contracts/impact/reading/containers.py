"""Dicts, lists, and the dict forms of models."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from trunkline.contracts.impact.facts.recorder import span
from trunkline.contracts.impact.inference import known
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading.names import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.notes import Notes
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["Containers"]

_FILLERS: Final = frozenset({"append", "add", "appendleft", "put", "put_nowait", "insert"})
_EXTENDERS: Final = frozenset({"extend", "update", "extendleft"})


class Containers:
    """Follows values into containers and out of them, for a `Reader`."""

    def __init__(self, reader: Reader, notes: Notes) -> None:
        self.reader = reader
        self.notes = notes
        self.engine = reader.engine
        self.program = reader.program
        self.protocols = reader.protocols

    def item(self, receiver: Type, key: object, node: ast.expr) -> Type:
        """Return the type of `receiver[key]` or `receiver.get(key)`."""
        if isinstance(receiver, t.Wire):
            return self._wire_item(receiver, key, node)
        if isinstance(receiver, t.Record):
            return t.join(kind for name, kind, _ in receiver.fields if key in {None, name})
        if isinstance(receiver, t.ClassObject):
            self.notes.member(receiver.symbol, node, by_name=True)
            is_enum = self.program.classes.is_enum(receiver.symbol)
            return t.Instance(receiver.symbol) if is_enum else receiver
        if not isinstance(receiver, t.Instance):
            return receiver if receiver is t.FOREIGN else t.UNKNOWN
        if isinstance(key, str) and self.program.classes.is_library(receiver.symbol):
            return self._wire_item(t.Wire(receiver.symbol), key, node)
        return self._element(receiver, key)

    def _element(self, receiver: t.Instance, key: object) -> Type:
        items = self.protocols.container(receiver)
        if isinstance(items, t.Instance) and items.symbol == t.TUPLE and isinstance(key, int):
            inside = -len(items.args) <= key < len(items.args)
            return items.args[key] if inside else t.UNKNOWN
        if receiver.symbol == t.DICT:
            return receiver.args[1]
        if receiver.symbol in {t.LIST, t.TUPLE}:
            return self.protocols.iterate(receiver)
        return self.protocols.indexed(receiver)

    def _wire_item(self, receiver: t.Wire, key: object, node: ast.expr) -> Type:
        if not isinstance(key, str):
            return t.UNKNOWN
        if self.reader.recorder is not None:
            position = span(node, self.reader.module.lines)
            self.reader.recorder.read(receiver.symbol, key, position, wire=not receiver.attrs)
        name = key if receiver.attrs else self.engine.attribute_of(receiver.symbol, key)
        if name is None:
            return t.UNKNOWN
        kind = self.program.attribute(t.Instance(receiver.symbol), name)
        return self.as_dict(kind, attrs=receiver.attrs)

    def made(self, node: ast.Dict) -> Type:
        """Return the type of a dict literal."""
        fields: list[tuple[str, Type, bool]] = []
        keys: list[Type] = []
        values: list[Type] = []
        known = True
        for key, item in zip(node.keys, node.values, strict=True):
            kind = self.reader.value(item)
            if key is None:
                inner = kind if isinstance(kind, t.Record) else None
                known = known and inner is not None
                fields += inner.fields if inner else ()
                continue
            keys.append(self.reader.value(key))
            values.append(kind)
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                fields.append((key.value, kind, True))
            else:
                known = False
        if not fields:
            return t.Instance(t.DICT, (t.join(keys), t.join(values)))
        record = t.Record(tuple({name: (name, k, a) for name, k, a in fields}.values()))
        return record if known else t.Union((record, _others(values)))

    def method(
        self, node: ast.Call, receiver: Type, name: str, args: Sequence[Type]
    ) -> Type | None:
        """Return the result of a method of a builtin container, or None if it is not one."""
        if isinstance(receiver, t.Record):
            return self._record_method(node, receiver, name, args)
        if isinstance(receiver, t.Wire):
            key = node.args[0] if node.args else None
            if name in {"get", "pop"} and isinstance(key, ast.Constant):
                return t.join([self.reader.item(receiver, key.value, key), *args[1:]])
            return receiver if name == "copy" else t.FOREIGN
        if not isinstance(receiver, t.Instance) or not receiver.symbol.startswith("builtins::"):
            return self._model_method(node, receiver, name)
        self._fill(node, receiver, name, args)
        return known.container_method(receiver, name, args, self.protocols)

    def _model_method(self, node: ast.Call, receiver: Type, name: str) -> Type | None:
        """`model.get("key")`, where a model is used like the dict that it was made from."""
        if isinstance(receiver, t.Instance) and name == "get" and node.args:
            key = node.args[0]
            if isinstance(key, ast.Constant) and self.program.classes.is_library(receiver.symbol):
                return self.reader.item(receiver, key.value, key)
        return None

    def _record_method(
        self, node: ast.Call, receiver: t.Record, name: str, args: Sequence[Type]
    ) -> Type:
        key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if name in {"get", "pop", "setdefault"}:
            return t.join([self.reader.item(receiver, key, node), *args[1:]])
        if name == "values":
            return t.listed(t.join(kind for _, kind, _ in receiver.fields))
        if name == "items":
            inner = t.join(kind for _, kind, _ in receiver.fields)
            return t.listed(t.Instance(t.TUPLE, (t.FOREIGN, inner)))
        if name == "update":
            self._update(node, receiver, args)
        return receiver if name == "copy" else t.FOREIGN

    def _update(self, node: ast.Call, receiver: t.Record, args: Sequence[Type]) -> None:
        key = dotted(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if not key:
            return
        further = [f for each in args if isinstance(each, t.Record) for f in each.fields]
        further += [(k.arg, t.UNKNOWN, True) for k in node.keywords if k.arg]
        merged = {f[0]: f for f in (*receiver.fields, *further)}
        filled = t.Record(tuple(merged.values()))
        is_open = any(not isinstance(each, t.Record) for each in args)
        self.reader.env[key] = t.Union((filled, _others([]))) if is_open else filled

    def _fill(self, node: ast.Call, receiver: t.Instance, name: str, args: Sequence[Type]) -> None:
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

    def _refill(self, node: ast.expr, key: str, kind: Type) -> None:
        self.reader.env[key] = kind
        if isinstance(node, ast.Attribute):
            self.notes.store(node, kind)

    def store_item(self, target: ast.Subscript, kind: Type) -> None:
        """Follow `container[key] = value`."""
        before = self.reader.type_of(target.value)
        self.reader.value(target.slice)
        key = dotted(target.value)
        if key:
            constant = target.slice.value if isinstance(target.slice, ast.Constant) else None
            self._refill(target.value, key, _with_item(before, constant, kind))

    def as_dict(self, kind: Type, *, attrs: bool = True) -> Type:
        """Return the type that a value has inside the dict form of a model."""
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


def _others(values: list[Type]) -> Type:
    """Return the type for keys other than those of a record, which `**options` may add."""
    return t.Instance(t.DICT, (t.FOREIGN, t.join([*values, t.FOREIGN])))


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
