"""The document as the generator has to see it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from trunkline_pipeline.generation.schema_annotations import mark_open_enums
from trunkline_pipeline.json_types import is_array, is_object


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy that the generator reads as OpenAPI means it.

    Raises:
        PipelineError: an enum is marked that cannot be open.
    """
    result = deepcopy(document)
    _split_nullable(result)
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if is_object(schema):
            _name_after_component(name, schema)
    mark_open_enums(result)
    return result


def _name_after_component(name: str, schema: dict[str, Any]) -> None:
    """Take out a title: the generator would name the class after it, and two may have the same."""
    title = schema.pop("title", name)
    if title != name:
        schema.setdefault("description", title)


def _split_nullable(node: Any, name: str = "") -> None:
    """Write an enum that OpenAPI 3.0 calls nullable as one of two variants.

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
