"""Prepare a document for the generator."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from trunkline_pipeline.generation.schema_annotations import mark_open_enums
from trunkline_pipeline.json_types import is_array, is_object


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy that the generator interprets as OpenAPI specifies.

    Raises:
        PipelineError: an enum that cannot be open is marked as open.
    """
    result = deepcopy(document)
    _split_nullable(result)
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if is_object(schema):
            _name_after_component(name, schema)
    mark_open_enums(result)
    return result


def _name_after_component(name: str, schema: dict[str, Any]) -> None:
    """Remove a title: the generator would name the class after it, and titles may repeat."""
    title = schema.pop("title", name)
    if title != name:
        schema.setdefault("description", title)


def _split_nullable(node: Any, name: str = "") -> None:
    """Split a nullable enum of OpenAPI 3.0 into two variants.

    The generator looks for null among the values; the variant keeps the name of the whole.
    """
    for each in node if is_array(node) else ():
        _split_nullable(each, name)
    if not is_object(node):
        return
    for key, each in node.items():
        _split_nullable(each, str(node.get("name", name)) if key in {"schema", "items"} else key)
    if is_array(node.get("enum")) and node.pop("nullable", False) is True:
        values = [value for value in node.pop("enum") if value is not None]
        kept = {key: node.pop(key) for key in ("type", "x-open-enum") if key in node}
        title = node.pop("title", name)
        node["anyOf"] = [{**kept, "enum": values, "title": title}, {"type": "null"}]
