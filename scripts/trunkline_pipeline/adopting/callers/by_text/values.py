"""Values in calls that the contract newly accepts or no longer accepts."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.adopting.changes import Kind
from trunkline_pipeline.json_types import is_array

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from trunkline_pipeline.adopting.changes import FieldChange

_TYPES: Final = {"string": str, "integer": int, "number": int | float, "boolean": bool}


def optional(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names of arguments that may be None in any function of a module."""
    found = (each for each in nodes if isinstance(each, ast.arg) and each.annotation)
    return {each.arg for each in found if "None" in ast.unparse(each.annotation or each)}


def told(value: ast.expr | None, change: FieldChange, names: Collection[str] = ()) -> str:
    """Return the remark about a value, empty if nothing changes for it.

    Args:
        value: the value passed for the field.
        change: what became of the field.
        names: the names that may be None.
    """
    is_none = isinstance(value, ast.Constant) and value.value is None
    if change.kind is Kind.REQUIRED:
        may_be = is_none or (isinstance(value, ast.Name) and value.id in names)
        return f"{change.field} may be None here: it is required" if may_be else ""
    if change.kind is not Kind.OTHER or is_none or not isinstance(value, ast.Constant):
        return ""
    fits = [_fits(value.value, each.schema) for each in (change.old, change.field) if each]
    verb = "is now accepted" if fits[-1] else "is no longer accepted"
    return f"{change.field} is {value.value!r} here: it {verb}" if len(set(fits)) > 1 else ""


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    named = schema.get("type", ())
    kinds = [_TYPES.get(each, object) for each in (named if is_array(named) else [named])]
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and not _matches(str(schema.get("pattern", "")), value):
        return False
    if isinstance(value, int | float):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high:
            return False
    return not named or any(isinstance(value, each) for each in kinds)


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:  # only valid in ECMAScript, such as \p{L}
        return True
