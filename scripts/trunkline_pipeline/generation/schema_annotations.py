"""What the templates need to know about a document beyond what the generator tells them."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The generator keeps an enum's description but not its extensions, so the mark travels in it;
#: it also tells the readers of docstrings what to expect.
OPEN_NOTE = "The vendor may add values."
_HIDING = ("x-personal", "x-secret")


def mark_open_enums(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in which the description of each enum with ``x-open-enum: true`` says so."""
    result = deepcopy(document)
    for schema in _schemas(result):
        if schema.get("x-open-enum") is True:
            if not all(isinstance(value, str | None) for value in schema["enum"]):
                raise PipelineError(f"only enums of strings can be open, not {schema['enum']}")
            schema["description"] = f"{schema.get('description', '')} {OPEN_NOTE}".strip()
    return result


def _schemas(node: Any) -> Iterator[dict[str, Any]]:
    if is_object(node):
        if is_array(node.get("enum")):
            yield node
        for value in node.values():
            yield from _schemas(value)
    elif is_array(node):
        for value in node:
            yield from _schemas(value)


def hidden_properties(schema: Mapping[str, Any], document: Mapping[str, Any]) -> frozenset[str]:
    """Return the wire names of the fields that no repr may show: secrets and personal data."""
    names: set[str] = set()
    for part in schema.get("allOf", ()):
        names |= hidden_properties(resolve(part, document), document)
    for name, prop in schema.get("properties", {}).items():
        if is_hidden(prop, document):
            names.add(name)
    return frozenset(names)


def is_hidden(schema: Any, document: Mapping[str, Any]) -> bool:
    """Return whether values are secret or personal, directly or as items or variants."""
    if not is_object(schema):
        return False
    if any(schema.get(key) is True for key in _HIDING) or schema.get("format") == "password":
        return True
    if "$ref" in schema:
        target = resolve(schema, document)
        # A model hides its own fields, so only a marked schema itself counts from here on.
        return any(target.get(key) is True for key in _HIDING) or target.get("format") == "password"
    parts = [
        schema.get("items"),
        *schema.get("anyOf", ()),
        *schema.get("oneOf", ()),
        *schema.get("allOf", ()),
    ]
    return any(is_hidden(part, document) for part in parts)


def resolve(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow local references until a schema is reached; an unknown one counts as empty."""
    seen: set[str] = set()
    while (reference := schema.get("$ref")) and reference not in seen:
        seen.add(reference)
        schema = _lookup(reference, document)
    return schema


def _lookup(reference: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        node = node.get(key, {}) if is_object(node) else {}
    return node if is_object(node) else {}
