"""Successful responses made from a contract, as its server would send them."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array, is_object

from .operations import properties
from .sample_values import value_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .operations import Operation

#: A value that is in no enumeration.
UNKNOWN: Final = "x_probe_unknown"
#: Facts about a page in the body of a list.
PAGING: Final = ("total", "limit", "offset", "has_more", "next_offset")


def bodies(
    operation: Operation, document: Mapping[str, Any]
) -> Iterator[tuple[int, str, Mapping[str, Any], Any]]:
    """Yield status, media type, schema and value of each form of each success."""
    for status, media_type, schema in operation.successes(document):
        forms = [*schema.get("oneOf", ()), *schema.get("anyOf", ())] or [schema]
        named = [form for form in forms if not _is_open(form, document)]
        for form in named or forms[:1]:
            value = value_for(operation.operation_id, form, document) if media_type else None
            yield status, media_type, form, value


def _is_open(schema: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    return resolve(schema, document).get("type") == "object" and not properties(schema, document)


def with_unknown_values(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract whose string enumerations contain only an unknown value."""
    result = deepcopy(dict(document))
    todo: list[Any] = [result]
    while todo:
        each = todo.pop()
        if is_array(each):
            todo += each
        elif is_object(each):
            values = each.get("enum")
            if is_array(values) and all(isinstance(value, str | None) for value in values):
                each["enum"] = [UNKNOWN]
                each.pop("example", None)
            todo += each.values()
    return result


def nodes(value: Any) -> Iterator[Any]:
    """Yield a response body and every object and list in it."""
    if is_object(value) or is_array(value):
        yield value
    for each in value.values() if is_object(value) else value if is_array(value) else ():
        yield from nodes(each)


def paging(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the path of each paging fact in the body of a list, as names."""
    found: dict[str, tuple[str, ...]] = {}
    for name, each in properties(schema, document).items():
        if name in PAGING:
            found[name] = (name,)
        elif "items" not in resolve(each, document):
            for inner in properties(each, document):
                if inner in PAGING:
                    found[inner] = (name, inner)
    return found


def page(
    body: Mapping[str, Any], paths: Mapping[str, tuple[str, ...]], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a copy of a list's body with exactly these facts about its page."""
    result = deepcopy(dict(body))
    for name, path in paths.items():
        target = result
        for part in path[:-1]:
            target = target[part]
        if name in facts:
            target[path[-1]] = facts[name]
        else:
            target.pop(path[-1], None)
    return result
