"""Types as JSON, so that they can be cached and passed from one file's facts to another's."""

from __future__ import annotations

from typing import Any

from trunkline.contracts.impact.inference import types as t

__all__ = ["decode", "encode"]


def encode(kind: t.Type) -> Any:
    """Return a type as nested tuples of strings, booleans and None."""
    if isinstance(kind, t.Instance | t.ClassObject):
        return (type(kind).__name__, kind.symbol, *(encode(each) for each in kind.args))
    if isinstance(kind, t.Function):
        receiver = None if kind.receiver is None else encode(kind.receiver)
        returns = None if kind.returns is None else encode(kind.returns)
        return ("Function", kind.symbol, receiver, returns)
    if isinstance(kind, t.Record):
        return ("Record", *((name, encode(each), sure) for name, each, sure in kind.fields))
    if isinstance(kind, t.Wire):
        return ("Wire", kind.symbol, kind.attrs)
    if isinstance(kind, t.Union):
        return ("Union", *(encode(each) for each in kind.options))
    return ("Foreign",) if kind is t.FOREIGN else ("Unknown",)


def decode(data: Any) -> t.Type:
    """Return the type that `encode` turned into this."""
    name, *rest = data
    if name in {"Instance", "ClassObject"}:
        cls = t.Instance if name == "Instance" else t.ClassObject
        return cls(rest[0], tuple(decode(each) for each in rest[1:]))
    if name == "Function":
        receiver, returns = (None if each is None else decode(each) for each in rest[1:])
        return t.Function(rest[0], receiver, returns)
    if name == "Record":
        return t.Record(tuple((key, decode(each), sure) for key, each, sure in rest))
    if name == "Wire":
        return t.Wire(rest[0], rest[1])
    if name == "Union":
        return t.Union(tuple(decode(each) for each in rest))
    return t.FOREIGN if name == "Foreign" else t.UNKNOWN
