"""Arguments that earlier adoptions kept: the statements that warn, and how to revive them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from . import signature

if TYPE_CHECKING:
    from collections.abc import Callable

UNSENT: Final = "warn_unsent"
RENAMED: Final = "renamed_argument"


def unsent(name: str) -> str:
    """Return the statement that warns about an argument that is no longer sent."""
    return f'{UNSENT}("{name}", {name})'


def renamed(old: str, new: str) -> str:
    """Return the statement that accepts an argument under its former name."""
    return f'{new} = {RENAMED}("{old}", {old}, "{new}", {new})'


def given_up(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Stop sending the former names of an argument that is no longer sent."""
    return _rewritten(function, lambda old, new: unsent(old) if old != new == name else None)


def moved(function: cst.FunctionDef, name: str, new: str) -> cst.FunctionDef:
    """Map the former names of an argument to its new name."""
    return _rewritten(function, lambda old, to: renamed(old, new) if old != to == name else None)


def revived(function: cst.FunctionDef, name: str) -> cst.FunctionDef | None:
    """Return a method without an argument that was only kept for its callers.

    Returns:
        None if the argument was not kept for that.
    """
    if not any(told[0] == name for told in map(_told, function.body.body) if told):
        return None
    function = _rewritten(function, lambda old, _: "" if old == name else None)
    return signature.not_own(signature.without(function, name), name)


def _rewritten(
    function: cst.FunctionDef, change: Callable[[str, str], str | None]
) -> cst.FunctionDef:
    """Rewrite the warnings: ``change`` gets an argument and its new name; None: no change."""
    made: list[cst.CSTNode] = []
    for each in function.body.body:
        told = _told(each)
        text = change(*told) if told else None
        if text is None:
            made.append(each)
        elif text:
            made.append(cst.parse_statement(f"{text}\n"))
    return function.with_changes(body=function.body.with_changes(body=made))


def _told(statement: cst.CSTNode) -> tuple[str, str] | None:
    """Return the argument that a statement warns about, and its new name, or itself."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return None
    value = getattr(statement.body[0], "value", None)
    if not isinstance(value, cst.Call) or not isinstance(value.func, cst.Name):
        return None
    texts = [each.value for each in value.args if isinstance(each.value, cst.SimpleString)]
    if value.func.value not in {UNSENT, RENAMED} or not texts:
        return None
    names = [str(each.evaluated_value) for each in texts]
    return names[0], names[-1]
