"""Example values from JSON Schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["example_from_schema"]

_BY_TYPE: Mapping[str, Any] = {
    "string": "example",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "null": None,
    "array": [],
}


def example_from_schema(schema: object) -> Any:
    """Return a value for the schema: const, default, first example or enum value, else by type.

    The schemas of callers are not validated; one that is not an object counts as text.
    """
    if not is_object(schema):
        return "example"
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    for name in ("examples", "enum"):
        if is_array(schema.get(name)) and schema[name]:
            return schema[name][0]
    return _by_type(schema)


def _by_type(members: dict[str, Any]) -> Any:
    kind = members.get("type", "object")
    if kind == "object":
        properties = members.get("properties")
        known = properties if is_object(properties) else {}
        return {name: example_from_schema(item) for name, item in known.items()}
    if kind == "array" and members.get("minItems"):
        return [example_from_schema(members.get("items"))]
    return _BY_TYPE.get(kind, "example") if isinstance(kind, str) else "example"
