"""Make a value for a schema; the values of an operation differ, to detect swapped fields."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array

from .operations import properties

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMATS: Final = {
    "date": "{day}",
    "date-time": "{day}T10:20:30+00:00",
    "email": "{name}@example.com",
    "uri": "https://example.com/{name}",
    "url": "https://example.com/{name}",
    "uuid": "7d444840-9dc0-11d1-b245-{number:012d}",
}
_TIME_WORDS: Final = ("at", "date")
_NUMBER_WORDS: Final = ("to", "from", "number", "phone", "caller")


def value_for(
    name: str,
    schema: Mapping[str, Any],
    document: Mapping[str, Any],
    number: int = 0,
    *,
    other: bool = False,
) -> Any:
    """Return a JSON value for a field.

    Args:
        name: its name on the wire.
        schema: its schema.
        document: the patched contract.
        number: the index of the field in the operation: numbers and dates grow with it.
        other: the second of the few values of a boolean or an enum.
    """
    schema = one_variant(schema, document)
    if has_few_values(schema, document):
        return schema.get("enum", (True, False))[int(other)]
    for key in ("const", "example"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if values := schema.get(key):
            return values[0]
    return _by_type(name, schema, document, number, other=other)


def has_few_values(schema: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Return whether two fields of this kind may get the same value."""
    schema = one_variant(schema, document)
    return _kind(schema) == "boolean" or len(schema.get("enum", ())) > 1


def _kind(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    return str(next((k for k in kind if k != "null"), "null") if is_array(kind) else kind)


def _by_type(
    name: str,
    schema: Mapping[str, Any],
    document: Mapping[str, Any],
    number: int,
    *,
    other: bool,
) -> Any:
    match _kind(schema):
        case "object":
            return _object(name, schema, document, number, other=other)
        case "array":
            return [value_for(name, schema.get("items", {}), document, number, other=other)]
        case "integer" | "number":
            return _number(schema, number)
        case "null":
            return None
        case _:
            return _text(name, schema, number)


def _object(
    name: str,
    schema: Mapping[str, Any],
    document: Mapping[str, Any],
    number: int,
    *,
    other: bool,
) -> dict[str, Any]:
    fields = properties(schema, document)
    return {
        key: value_for(key, value, document, number + index, other=other)
        for index, (key, value) in enumerate(fields.items())
    } or {f"{name}-key": f"{name}-value"}


def one_variant(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first variant of a schema that is not null, with references resolved."""
    schema = resolve(schema, document)
    for keyword in ("anyOf", "oneOf", "allOf"):
        parts = [resolve(part, document) for part in schema.get(keyword, ())]
        if usable := [part for part in parts if part.get("type") != "null"]:
            return one_variant(usable[0], document)
    return schema


def _number(schema: Mapping[str, Any], number: int) -> int:
    low: int = math.ceil(schema.get("minimum", min(1, schema.get("maximum", 1))))
    high: int = math.floor(schema.get("maximum", low + 1_000_000))
    return low + (7 + number - low) % (high - low + 1)


def _text(name: str, schema: Mapping[str, Any], number: int) -> str:
    text = _usual_text(name, schema, number)
    pattern = schema.get("pattern")
    return text if pattern is None or _matches(pattern, text) else _matching(schema, text, number)


def _usual_text(name: str, schema: Mapping[str, Any], number: int) -> str:
    words = name.lower().replace("-", "_").split("_")
    form = "date-time" if words[-1] in _TIME_WORDS else ""
    if pattern := _FORMATS.get(schema.get("format", form)):
        return pattern.format(name=name, number=number, day=f"2026-11-{2 + number % 28:02d}")
    if any(word in words for word in _NUMBER_WORDS):
        return f"+1555{sum(name.encode()) % 10_000_000:07d}"
    text = f"{name}-probe"
    return text[: schema.get("maxLength", len(text))].ljust(schema.get("minLength", 0), "x")


def _matching(schema: Mapping[str, Any], usual: str, number: int) -> str:
    """Return a text that matches a pattern, ending in the number where the pattern allows that.

    If none can be made, because the pattern is only valid in ECMAScript, return the usual text.
    """
    # Imported here: code that reads sources must not import the overlay.
    from trunkline.sandbox.contract.pattern import text_for_pattern

    pattern = schema["pattern"]
    try:
        text = text_for_pattern(pattern, schema.get("minLength", 0), schema.get("maxLength"))
    except ValueError:
        return usual
    end = str(number)
    numbered = text[: -len(end)] + end
    fits = len(text) >= len(end) and _matches(pattern, numbered)
    return numbered if fits else text


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False
