"""Requests made without a method: plain objects, and arguments of a function."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from . import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline_pipeline.adopting.changes import FieldChange, OperationChange

    #: A line, and the remark about it.
    Said = tuple[int, str]


def siblings(change: OperationChange) -> set[str]:
    """Return the fields, by both names, of a request that lacks a newly required field."""
    if change.old is None or not any(each.needed for each in change.fields):
        return set()
    return {name for f in change.old.fields for name in (f.name, f.python_name)}


def given(node: ast.AST, change: OperationChange) -> Iterator[Said]:
    """Yield the keys of an object, or arguments of a function, that are no longer accepted.

    All of them must have the names of the operation's fields, as in
    ``logs(client, status="busy")``. Calls of classes are skipped: they have their own fields.
    """
    found = _named(node)
    if change.old is None or found.keys() - {f.name for f in change.old.fields}:
        return  # for something else
    for each in change.fields:
        if each.former in found and each.field.location != "path":
            yield found[each.former].lineno, lost(each)
        elif said := values.told(found.get(each.field.name), each):
            yield found[each.field.name].lineno, said


def _named(node: ast.AST) -> dict[object, ast.expr]:
    """Return the values of an object or a call by name; each name in a list is its own value."""
    match node:
        case ast.Dict(keys, items):
            pairs = zip(keys, items, strict=True)
            return {k.value: item for k, item in pairs if isinstance(k, ast.Constant)}
        case ast.Call(func=ast.Name(name)) if not name[0].isupper():
            return {each.arg: each.value for each in node.keywords}
        case ast.Tuple(elts) | ast.List(elts) | ast.Set(elts):
            named = [each for each in elts if isinstance(each, ast.Constant)]
            return {each.value: each for each in named} if len(named) > 1 else {}
        case _:
            return {}


def lacking(node: ast.Dict, change: OperationChange, argument: str | None) -> Iterator[Said]:
    """Yield a plain object, passed as an argument, that lacks required fields."""
    keys = {k.value for k in node.keys if isinstance(k, ast.Constant)}
    if not keys or keys - siblings(change):
        return
    for each in change.fields:
        fits = argument != ("json" if each.field.location == "query" else "params")
        if fits and each.needed and each.field.name not in keys:
            yield node.lineno, _missing(each, change)


def lacking_query(call: ast.Call, text: str, change: OperationChange) -> Iterator[Said]:
    """Yield a request of a path in a string whose query lacks required fields."""
    words = [each.value for each in call.args if isinstance(each, ast.Constant)]
    said = f"{ast.unparse(call.func)} {' '.join(map(str, words))}".lower()
    in_sight = any(e.arg == "params" and isinstance(e.value, ast.Dict) for e in call.keywords)
    if in_sight or change.old is None or not re.search(rf"\b{change.old.method}\b", said):
        return  # the object is checked by itself, or it is another operation of the path
    yield from lacking_in(call.lineno, text, change)


def lacking_in(line: int, text: str, change: OperationChange) -> Iterator[Said]:
    """Yield required fields that the query in a URL lacks."""
    for each in change.fields:
        is_needed = each.needed and each.field.location == "query"
        if is_needed and f"{each.field.name}=" not in text:
            yield line, _missing(each, change)


def _missing(each: FieldChange, change: OperationChange) -> str:
    return f"{each.field} of {change.new} may be missing here: it is {each.kind}"


def lost(change: FieldChange) -> str:
    """Return the remark for a field that may be passed and is no longer accepted."""
    return f"{change.old or change.field} may be given here: it is {change.became}"
