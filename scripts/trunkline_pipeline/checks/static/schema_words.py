"""The least and the most that an annotation of a schema may accept, in the words of ``types``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOMENTS: Final = {"date-time": {"moment"}, "date": {"day"}}
#: An enumeration without a component: the generator names its class.
_UNNAMED: Final = "enum "
_ENUMERATION: Final = re.compile(r"(^|array of )(enum|value) ")
_SIMPLE: Final = {"integer": {"integer"}, "number": {"number"}, "boolean": {"boolean"}}


def needed(schema: Mapping[str, Any], reference: str, document: Mapping[str, Any]) -> set[str]:
    """Return the words that an annotation must have; ``object`` means any form of an object."""
    return {
        word
        for one, name in _variants(schema, reference, document)
        for word in _of(one, name, document)
    }


def _variants(
    schema: Mapping[str, Any], reference: str, document: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], str]]:
    parts = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if not parts:
        if len(all_of := schema.get("allOf", ())) == 1 and not schema.get("properties"):
            parts = all_of
        else:
            yield schema, reference
    for part in parts:
        name = str(part.get("$ref", "")).rpartition("/")[2]
        yield from _variants(resolve(part, document), name, document)


def _of(schema: Mapping[str, Any], reference: str, document: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in schema and schema.get("type", "string") != "boolean":
        yield f"enum {class_name(reference)}"
        return
    if "const" in schema:
        yield f"const {schema['const']}"
        return
    kinds = schema.get("type", "object" if "properties" in schema else "any")
    for kind in kinds if is_array(kinds) else [kinds]:
        if kind == "string":
            yield from _MOMENTS.get(schema.get("format", ""), {"text"})
        elif kind == "array":
            items = schema.get("items", {})
            name = str(items.get("$ref", "")).rpartition("/")[2]
            yield from (
                f"array of {word}" for word in needed(resolve(items, document), name, document)
            )
        else:
            yield from _SIMPLE.get(kind, {kind})


def missing(wanted: set[str], taken: set[str]) -> set[str]:
    """Return the words that an annotation lacks."""
    return {word for word in wanted - {"null"} if not _has(word, taken)}


def _has(word: str, taken: set[str]) -> bool:
    prefix, _, last = word.rpartition("array of ")
    start = f"{prefix}array of " if "array of " in word else ""
    if f"{start}any" in taken or "any" in taken or word in taken:
        return True
    if last == _UNNAMED:
        return any(each.startswith(f"{start}{_UNNAMED}") for each in taken)
    # An object may be a mapping, a TypedDict, or a model.
    kinds = tuple(f"{start}{kind}" for kind in ("object", "typed ", "model "))
    return last == "object" and any(each.startswith(kinds) for each in taken)


def surplus(wanted: set[str], taken: set[str], *, is_open: bool) -> set[str]:
    """Return the words that no form of the schema allows."""
    allowed = {"null"}
    if any(word.endswith(_UNNAMED) for word in wanted):
        taken = {word for word in taken if not _ENUMERATION.search(word)}
    for word in wanted:
        start, _, last = word.rpartition("array of ")
        start = f"{start}array of " if "array of " in word else ""
        allowed |= {start + each for each in _alternatives(last)}
        if is_open:
            allowed.add(f"{start}text")
    if "any" in wanted:
        return set()
    return {word for word in taken if word not in allowed and not _is_object(word, allowed)}


def _is_object(word: str, allowed: set[str]) -> bool:
    start, _, last = word.rpartition("array of ")
    start = f"{start}array of " if "array of " in word else ""
    return f"{start}object" in allowed and last.startswith(("typed ", "model "))


def _alternatives(word: str) -> set[str]:
    if word in {"moment", "day"}:
        return {"moment", "day", "text"}
    if word.startswith("enum "):
        return {word, word.replace("enum ", "value ")}
    return {word, "integer"} if word == "number" else {word}
