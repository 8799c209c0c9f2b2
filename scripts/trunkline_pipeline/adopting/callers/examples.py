"""Example values for arguments that a contract requires."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.sample_values import value_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_pipeline.checks.contract.operations import Field

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")
#: Words in the name of a parameter that excludes earlier items.
_START: Final = re.compile(r"start|begin|from|since|after", re.IGNORECASE)


def example_of(field: Field, document: Mapping[str, Any]) -> str:
    """Return the source of an example value; a date in a query must not exclude anything."""
    value = value_for(field.name, field.schema, document)
    if field.location == "query" and isinstance(value, str) and _DATE.match(value):
        year = "2000" if _START.search(field.name) else "2100"
        value = f"{year}-01-01{value[10:]}"
    if isinstance(value, str):
        return json.dumps(value.removesuffix("-probe"), ensure_ascii=False)
    return repr(value)
