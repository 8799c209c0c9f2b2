"""Values that the check sends and returns are allowed by the contract."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.sandbox.contract.formats import FORMATS, StrictValidator
from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.checks.contract.sample_values import value_for
from trunkline_pipeline.checks.probe.known_ids import KnownIds

PATTERNS = [
    "^CA[0-9a-fA-F]{32}$",
    "^[a-z]{2}$",
    r"^\+[1-9]\d{1,14}$",
    "^(sip|tel):[^@]+@x$",
    "[0-9]+",
    "x-probe$",
]


@given(
    st.sampled_from(PATTERNS),
    st.sampled_from(["Sid", "to", "created_at", "x"]),
    st.integers(0, 120),
)
def test_a_text_matches_its_pattern(pattern: str, name: str, number: int) -> None:
    """Whatever the field's name and position."""
    schema = {"type": "string", "pattern": pattern}
    assert StrictValidator(schema).is_valid(value_for(name, schema, {}, number))


def test_texts_of_one_pattern_differ() -> None:
    """Otherwise a method that swaps two arguments would go unnoticed."""
    schema = {"type": "string", "minLength": 34, "maxLength": 34, "pattern": PATTERNS[0]}
    assert len({value_for("Sid", schema, {}, number) for number in range(20)}) == 20


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "pattern": r"^\p{Lu}+$"}, "sid-probe"),
        ({"type": "string", "pattern": "^sid"}, "sid-probe"),
        ({"type": ["null"]}, None),
        ({"type": ["null", "integer"], "minimum": 3, "maximum": 3}, 3),
    ],
)
def test_other_values_stay(schema: dict[str, Any], value: Any) -> None:
    """Also if Python cannot compile the pattern."""
    assert value_for("sid", schema, {}) == value


def test_a_path_gets_an_id_that_it_allows() -> None:
    """One from a response, unless the contract requires another format."""
    day = {"type": "string", "format": "date"}
    document = {
        "paths": {
            "/days/{day}/calls/{callId}": {
                "get": {
                    "operationId": "getCall",
                    "parameters": [
                        {"name": "day", "in": "path", "required": True, "schema": day},
                        {"name": "callId", "in": "path", "required": True, "schema": {}},
                    ],
                }
            }
        }
    }
    (operation,) = contract_operations("shop", document)
    ids = KnownIds(document)
    ids.add(operation, {"data": {"callId": "c1/2", "day": "today"}})
    _, _, made, _, call = ids.path(operation).split("/")
    assert StrictValidator(day, format_checker=FORMATS).is_valid(made)
    assert call == "c1%2F2"
