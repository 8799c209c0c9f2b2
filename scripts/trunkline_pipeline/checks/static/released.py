"""What callers of the last release rely on: HTTP methods, fields and types of responses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .facts import Facts

FILE: Final = "api-contracts/released.json"
_DEPTH: Final = 6


def record(facts: Facts) -> dict[str, dict[str, Any]]:
    """Return what the contracts promise to callers, by package and operation."""
    found: dict[str, dict[str, Any]] = {package: {} for package in facts.documents}
    for (package, _), variants in facts.operations.items():
        operation, document = variants[0], facts.documents[package]
        fields: dict[str, str] = {}
        for _, media_type, schema in operation.successes(document):
            fields |= {"": media_type} | dict(_fields(schema, document, "", _DEPTH))
        found[package][operation.operation_id] = {"method": operation.method, "fields": fields}
    return found


def _fields(
    schema: Mapping[str, Any], document: Mapping[str, Any], place: str, depth: int
) -> Iterator[tuple[str, str]]:
    schema = resolve(schema, document)
    for each in [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())]:
        yield from _fields(each, document, place, depth)
    if "items" in schema and depth:
        yield from _fields(schema["items"], document, f"{place}/*", depth - 1)
    for name, each in properties(schema, document).items() if depth else ():
        yield f"{place}/{name}", _type(each, document)
        yield from _fields(each, document, f"{place}/{name}", depth - 1)


def _type(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Return the types of a value, with a form that changes how it is read."""
    found = resolve(schema, document)
    kinds = found.get("type", "any")
    names = sorted(kinds) if is_array(kinds) else [str(kinds)]
    parts = [*found.get("anyOf", ()), *found.get("oneOf", ()), *found.get("allOf", ())]
    names = sorted({_type(part, document) for part in parts}) if parts else names
    form = found.get("format", "")
    return " or ".join(names) + (f" {form}" if form else "")


def check(facts: Facts) -> Iterator[Finding]:
    """Yield what callers of the last release would miss."""
    file = facts.sources.root / FILE
    if not file.is_file():
        return
    now = record(facts)
    for package, operations in json.loads(file.read_text(encoding="utf-8")).items():
        for name, before in operations.items():
            after = now.get(package, {}).get(name)
            pointers = {
                v[0].operation_id: v[0].pointer
                for k, v in facts.operations.items()
                if k[0] == package
            }
            for rule, text in _differences(before, after):
                yield Finding(
                    f"generated/trunkline_generated/{package}/openapi.json",
                    0,
                    rule,
                    text,
                    package,
                    name,
                    pointers.get(name, "/paths"),
                )


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any] | None
) -> Iterator[tuple[str, str]]:
    if after is None:
        yield "released/operation", "the operation is gone"
        return
    if before["method"] != after["method"]:
        text = f"it was {before['method'].upper()} and is {after['method'].upper()}"
        yield "released/method", f"{text}: is it repeated as its retry rule says?"
    for place, kind in before["fields"].items():
        found = after["fields"].get(place)
        if found is None:
            yield "released/field", f"responses have no {place} any more"
        elif found != kind:
            yield "released/field", f"{place or 'the body'} was {kind} and is {found}"
