"""`attrgetter`, `itemgetter` and `methodcaller`: access named before the object is known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, TypeGuard

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading.names import last

if TYPE_CHECKING:
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["applied", "is_getter"]

_GETTERS: Final = frozenset({"attrgetter", "itemgetter", "methodcaller"})


def is_getter(node: ast.expr) -> TypeGuard[ast.Call]:
    """Whether an expression creates a function of one of the three kinds."""
    return isinstance(node, ast.Call) and last(node.func) in _GETTERS and bool(node.args)


def applied(reader: Reader, getter: ast.Call, target: ast.expr | None, receiver: Type) -> Type:
    """Return what the function that a getter makes returns for an object.

    Args:
        reader: the surrounding code.
        getter: the call that makes the function.
        target: the object's expression, None if the function is called by something else.
        receiver: the object's type.
    """
    name = last(getter.func)
    if name == "methodcaller":
        return _method(reader, getter, target)
    read = _attribute if name == "attrgetter" else _item
    kinds = tuple(read(reader, receiver, each) for each in getter.args)
    return kinds[0] if len(kinds) == 1 else t.Instance(t.TUPLE, kinds)


def _attribute(reader: Reader, receiver: Type, node: ast.expr) -> Type:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return t.UNKNOWN
    for name in node.value.split("."):
        reader.note_read(receiver, name, node)
        receiver = t.join(reader.program.attribute(o, name) for o in t.members(receiver))
    return receiver


def _item(reader: Reader, receiver: Type, node: ast.expr) -> Type:
    key = node.value if isinstance(node, ast.Constant) else None
    return t.join(reader.item(each, key, node) for each in t.members(receiver))


def _method(reader: Reader, getter: ast.Call, target: ast.expr | None) -> Type:
    name = getter.args[0]
    if target is None or not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        return t.UNKNOWN
    method = ast.copy_location(ast.Attribute(target, name.value, ast.Load()), name)
    called = ast.Call(method, getter.args[1:], getter.keywords)
    return reader.type_of(ast.copy_location(called, getter))
