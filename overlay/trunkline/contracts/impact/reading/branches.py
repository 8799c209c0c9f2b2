"""Branches on the values of an enum: chains of `if`, `match`, and dicts of handlers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.modules import Assigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.arguments import Arguments

__all__ = ["note_chain", "note_dispatch", "note_match"]


def note_chain(arguments: Arguments, node: ast.If) -> None:
    """Note an `if`/`elif` chain that compares one value with members of an enum."""
    if arguments.reader.recorder is None:
        return
    subject: ast.expr | None = None
    values: list[Any] = []
    links = 0
    current = node
    while True:
        found = _compared(arguments, current.test)
        if found is None or (subject is not None and ast.dump(found[0]) != ast.dump(subject)):
            return
        subject, more = found
        values += more
        links += 1
        if len(current.orelse) != 1 or not isinstance(current.orelse[0], ast.If):
            break
        current = current.orelse[0]
    if links > 1:
        # A single `if` tests for one value and ignores all others, new ones included.
        _note(arguments, subject, values, _default(current.orelse), "if", node.test)


def note_match(arguments: Arguments, node: ast.Match, kind: Type) -> None:
    """Note a `match` over an enum."""
    if arguments.reader.recorder is None:
        return
    values: list[Any] = []
    default = "none"
    for case in node.cases:
        found = list(_pattern(arguments, case.pattern))
        if None in found and case.guard is None:
            default = _default(case.body)
        values += [value for value in found if value is not None]
    if values:
        _note(arguments, node.subject, values, default, "match", node.subject, kind)


def note_dispatch(arguments: Arguments, node: ast.Subscript, receiver: Type, key: Type) -> None:
    """Note a dict of handlers indexed by a value of an enum."""
    if arguments.reader.recorder is None or not isinstance(node.ctx, ast.Load):
        return
    table = _table(arguments, node.value)
    if table is None or not any(isinstance(each, t.Instance) for each in t.members(key)):
        return
    values = [_value(arguments, each) for each in table.keys if each is not None]
    if values and None not in values and not isinstance(receiver, t.Wire):
        _note(arguments, node.slice, values, "none", "dict", node.slice, key)


def _table(arguments: Arguments, node: ast.expr) -> ast.Dict | None:
    if isinstance(node, ast.Dict):
        return node
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    owner = arguments.reader.scope.owner if isinstance(node, ast.Attribute) else None
    scope = owner.scope if owner else arguments.reader.module.scope
    found = scope.get(name)
    values = found.values if isinstance(found, Assigned) else []
    tables = [each for each in values if isinstance(each, ast.Dict)]
    return tables[0] if len(tables) == 1 else None


def _note(
    arguments: Arguments,
    subject: ast.expr | None,
    values: list[Any],
    default: str,
    how: str,
    node: ast.AST,
    kind: Type | None = None,
) -> None:
    recorder = arguments.reader.recorder
    if recorder is None or subject is None:
        return
    subject = _plain(subject)
    known = arguments.quietly(subject) if kind is None else kind
    enums = [
        each.symbol
        for each in t.members(known)
        if isinstance(each, t.Instance) and arguments.reader.program.classes.is_enum(each.symbol)
    ]
    attribute = _attribute(arguments, subject)
    for enum in enums or [""]:
        if enum or attribute[0]:
            recorder.branch(enum, attribute, tuple(values), default, how, node)


def _attribute(arguments: Arguments, subject: ast.expr) -> tuple[str, str]:
    if isinstance(subject, ast.Attribute):
        owner = arguments.quietly(subject.value)
        for each in t.members(owner):
            if isinstance(each, t.Instance) and arguments.reader.program.classes.is_library(
                each.symbol
            ):
                return each.symbol, subject.attr
    return "", ""


def _plain(node: ast.expr) -> ast.expr:
    """Return `x` for `x.value`, `str(x)` and `x.lower()`."""
    if isinstance(node, ast.Attribute) and node.attr in {"value", "name"}:
        return _plain(node.value)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"lower", "upper", "strip"}:
            return _plain(node.func.value)
        if isinstance(node.func, ast.Name) and node.func.id == "str" and len(node.args) == 1:
            return _plain(node.args[0])
    return node


def _compared(arguments: Arguments, test: ast.expr) -> tuple[ast.expr, list[Any]] | None:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        found = [_compared(arguments, each) for each in test.values]
        known = [each for each in found if each is not None]
        same = {ast.dump(subject) for subject, _ in known}
        if len(known) != len(found) or len(same) != 1:
            return None
        return known[0][0], [value for _, values in known for value in values]
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    other = test.comparators[0]
    if isinstance(test.ops[0], ast.In) and isinstance(other, ast.Tuple | ast.List | ast.Set):
        values = [_value(arguments, each) for each in other.elts]
    elif isinstance(test.ops[0], ast.Eq | ast.Is):
        values = [_value(arguments, other)]
    else:
        return None
    return None if None in values else (_plain(test.left), values)


def _value(arguments: Arguments, node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    is_constant, value = arguments.constant(node)
    return value if is_constant else None


def _pattern(arguments: Arguments, pattern: ast.pattern) -> Iterator[Any]:
    """Yield the values of a pattern; None stands for anything."""
    if isinstance(pattern, ast.MatchOr):
        for each in pattern.patterns:
            yield from _pattern(arguments, each)
    elif isinstance(pattern, ast.MatchValue):
        value = _value(arguments, pattern.value)
        if value is not None:
            yield value
    elif isinstance(pattern, ast.MatchAs):
        if pattern.pattern is None:
            yield None
        else:
            yield from _pattern(arguments, pattern.pattern)


def _default(body: list[ast.stmt]) -> str:
    if not body:
        return "none"
    return "raises" if any(map(_raises, body)) else "handled"


def _raises(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return True
    call = statement.value if isinstance(statement, ast.Expr | ast.Return) else None
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in {"assert_never", "abort", "unreachable"}
