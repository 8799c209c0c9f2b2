"""Fields that the sandbox sends: find undocumented fields, and documented ones never seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.contract.sample_values import one_variant
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The number of variants of a nullable schema: one form, and null.
_NULLABLE: Final = 2


@dataclass(slots=True)
class _Object:
    """One schema: where it was first found, its documented fields, and those seen."""

    path: str
    known: set[str]
    seen: set[str] = field(default_factory=set[str])


class SeenFields:
    """Collects the fields of values, object schema by object schema."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._objects: dict[int, _Object] = {}

    def add(self, value: Any, schema: Mapping[str, Any], path: str) -> None:
        """Record the fields of a value and of everything in it; skips a schema of several forms."""
        if len([*schema.get("anyOf", ()), *schema.get("oneOf", ())]) > _NULLABLE:
            return
        schema = one_variant(schema, self._document)
        if is_array(value) and "items" in schema:
            for each in value:
                self.add(each, schema["items"], f"{path}/*")
        if not is_object(value):
            return
        known = properties(schema, self._document)
        found = self._objects.setdefault(id(schema), _Object(path, set(known)))
        found.seen |= value.keys()
        for name in value.keys() & known.keys():
            self.add(value[name], known[name], f"{path}/{name}")

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Yield where a schema was first found, and a field of it that no value had."""
        for each in self._objects.values():
            for name in sorted(each.known - each.seen):
                yield each.path, name


def differences(
    value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], path: str = ""
) -> Iterator[str]:
    """Yield fields of a value that a schema does not have, and required ones that are absent."""
    schema = resolve(schema, document)
    if is_array(value) and "items" in schema:
        for each in value:
            yield from differences(each, schema["items"], document, f"{path}/*")
    if not is_object(value) or any(key in schema for key in ("oneOf", "anyOf", "allOf")):
        return
    known = properties(schema, document)
    is_closed = bool(known) and not schema.get("additionalProperties")
    for name, each in value.items():
        if name in known:
            yield from differences(each, known[name], document, f"{path}/{name}")
        elif is_closed:
            yield f"it sends {path}/{name}, which the contract does not have"
    for name in schema.get("required", ()):
        if name not in value:
            yield f"it does not send {path}/{name}, which is required"
