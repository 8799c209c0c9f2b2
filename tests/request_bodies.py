"""Request bodies from one function: they always have the fields that the contract requires.

A field that a vendor newly requires is then in every request of the suite without an edit.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from trunkline_pipeline.checks.contract.operations import Operation, contract_operations
from trunkline_pipeline.checks.contract.sample_values import value_for

GENERATED = Path(__file__).parents[1] / "generated" / "trunkline_generated"


def request_body(package: str, operation_id: str, **fields: Any) -> dict[str, Any]:
    """Return a body that the contract allows.

    Args:
        package: the generated package, such as ``stateset_voice_public``.
        operation_id: the operation, such as ``make_call``.
        fields: the fields that the test is about, under their wire names.
    """
    document, operations = contract(package)
    needed = [f for f in operations[operation_id].fields if f.required and f.location == "json"]
    return {f.name: value_for(f.name, f.schema, document) for f in needed} | fields


@cache
def contract(package: str) -> tuple[dict[str, Any], dict[str, Operation]]:
    document = json.loads((GENERATED / package / "openapi.json").read_text(encoding="utf-8"))
    return document, {o.operation_id: o for o in contract_operations(package, document)}
