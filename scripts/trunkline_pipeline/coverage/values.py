"""Make a value that fits a schema; each string differs, so that swapped fields show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.annotate import resolve
from trunkline_pipeline.json_values import is_array

from .wanted import properties

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMATS: Final = {
    "date": "2026-11-02",
    "date-time": "2026-11-02T10:20:30+00:00",
    "email": "probe@example.com",
    "uri": "https://example.com/probe",
    "url": "https://example.com/probe",
    "uuid": "7d444840-9dc0-11d1-b245-5ffdce74fad2",
}
_TIME_WORDS: Final = ("at", "date")
_NUMBER_WORDS: Final = ("to", "from", "number", "phone", "caller")


def value_for(name: str, schema: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    """Return a JSON value for a field."""
    schema = _one_variant(resolve(schema, document), document)
    for key in ("const", "example"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if schema.get(key):
            return schema[key][0]
    return _by_type(name, schema, document)


def _by_type(name: str, schema: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if is_array(kind):
        kind = next(k for k in kind if k != "null")
    if kind == "object":
        fields = properties(schema, document)
        return {key: value_for(key, value, document) for key, value in fields.items()} or {"k": "v"}
    if kind == "array":
        return [value_for(name, schema.get("items", {}), document)]
    if kind == "boolean":
        return True
    if kind in {"integer", "number"}:
        return _number(schema)
    return _FORMATS.get(schema.get("format", "")) or _text(name, schema)


def _one_variant(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    for keyword in ("anyOf", "oneOf", "allOf"):
        parts = [resolve(part, document) for part in schema.get(keyword, ())]
        if usable := [part for part in parts if part.get("type") != "null"]:
            return _one_variant(usable[0], document)
    return schema


def _number(schema: Mapping[str, Any]) -> int:
    low, high = schema.get("minimum", 1), schema.get("maximum", 1_000_000)
    return int(max(low, min(high, 7)))


def _text(name: str, schema: Mapping[str, Any]) -> str:
    words = name.lower().replace("-", "_").split("_")
    if words[-1] in _TIME_WORDS:
        return _FORMATS["date-time"]
    if any(word in words for word in _NUMBER_WORDS):
        return f"+1555{sum(name.encode()) % 10_000_000:07d}"
    text = f"{name}-probe"
    return text[: schema.get("maxLength", len(text))].ljust(schema.get("minLength", 0), "x")
