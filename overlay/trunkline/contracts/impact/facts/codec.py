"""Facts as JSON, for the cache."""

from __future__ import annotations

from typing import Any

from trunkline._json import is_array
from trunkline.contracts.impact.facts.model import (
    Argument,
    Branch,
    Call,
    Facts,
    Flow,
    Read,
    Reference,
    Span,
)

__all__ = ["decode", "encode"]


def encode(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON values."""
    return {
        "calls": [_call(each) for each in facts.calls],
        "reads": [(r.owner, r.name, _span(r.span), r.function, r.wire) for r in facts.reads],
        "references": [(r.target, _span(r.span), r.function, r.imported) for r in facts.references],
        "branches": [
            (b.enum, b.owner, b.name, b.values, b.default, b.how, _span(b.span), b.function)
            for b in facts.branches
        ],
        "flows": [(f.function, f.parameter, f.kind) for f in facts.flows],
    }


def decode(data: dict[str, Any]) -> Facts:
    """Return the facts that `encode` turned into this.

    Raises:
        KeyError, TypeError, ValueError: this is not a result of `encode`.
    """
    return Facts(
        calls=[_read_call(each) for each in data["calls"]],
        reads=[Read(o, n, Span(*s), f, w) for o, n, s, f, w in data["reads"]],
        references=[Reference(t, Span(*s), f, i) for t, s, f, i in data["references"]],
        branches=[
            Branch(e, o, n, tuple(v), d, h, Span(*s), f)
            for e, o, n, v, d, h, s, f in data["branches"]
        ],
        flows=[Flow(f, p, _tuples(k)) for f, p, k in data["flows"]],
    )


def _span(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


def _call(call: Call) -> tuple[Any, ...]:
    arguments = {
        name: (_span(a.span), a.value, a.constant, a.names, a.sure)
        for name, a in call.arguments.items()
    }
    flags = (call.complete, call.wire, call.store, call.sure)
    return call.target, _span(call.span), call.function, arguments, flags


def _read_call(data: Any) -> Call:
    target, span, function, arguments, flags = data
    read = {
        name: Argument(Span(*position), value, constant, tuple(names), sure)
        for name, (position, value, constant, names, sure) in arguments.items()
    }
    return Call(target, Span(*span), function, read, *flags)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if is_array(value) else value
