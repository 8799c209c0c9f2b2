"""Ids from earlier responses, for the paths and bodies of further requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from trunkline_pipeline.checks.contract.sample_values import one_variant, value_for
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_pipeline.checks.contract.operations import Field, Operation


class KnownIds:
    """The ids of one API, by their names and by the path of their resource."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._by_name: dict[str, str] = {}
        self._by_path: dict[str, str] = {}

    def add(self, operation: Operation, answer: Any) -> None:
        """Keep the ids of a response."""
        todo, first = [answer], True
        while todo:
            each = todo.pop(0)
            if is_array(each):
                todo[:0] = each
            elif is_object(each):
                self._by_name |= {k: v for k, v in each.items() if isinstance(v, str) and _is_id(k)}
                if first and isinstance(each.get("id"), str):
                    self._by_path[operation.path], first = each["id"], False
                todo += each.values()

    def path(self, operation: Operation) -> str:
        """Return the path of an operation with known ids, or else with valid values."""
        latest = self._by_path.get(operation.path.partition("/{")[0], "none")
        values = {
            f.name: quote(str(self.value(f, 0, latest)), safe="")
            for f in operation.fields
            if f.location == "path"
        }
        return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], latest), operation.path)

    def value(self, field: Field, number: int, latest: str = "") -> Any:
        """Return the id for a field's name, else the latest id; another value if that is invalid.

        A list of enumeration values, such as events, gets all of them.
        """
        # Imported here: it needs jsonschema, and a failed import must become a finding.
        from trunkline.sandbox.contract.formats import FORMATS, StrictValidator

        known = self._by_name.get(field.name, latest)
        schema = one_variant(field.schema, self._document)
        if known and StrictValidator(schema, format_checker=FORMATS).is_valid(known):
            return known
        items = one_variant(field.schema.get("items", {}), self._document)
        return items.get("enum") or value_for(field.name, field.schema, self._document, number)


def _is_id(name: str) -> bool:
    return name.lower().endswith("id") and name != "id"
