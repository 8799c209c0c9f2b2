"""Generated values fit their schemas, are stable, and never promise another page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.sandbox.contract.generator import ExampleGenerator, NoExample
from trunkline.sandbox.contract.openapi import Document
from trunkline.sandbox.contract.pattern import text_for_pattern

TEXT = {"type": "string"}
TREE = {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/t"}}}}


def generated(schema: Any, seed: int = 7) -> Any:
    return ExampleGenerator(Document("g", {"s": schema, "t": TREE}), seed).value("/s")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"const": 5}, 5),
        ({"enum": [None, "", "b"]}, ""),
        ({"type": "string", "example": "e", "default": "d"}, "e"),
        ({"type": "string", "default": "d"}, "d"),
        ({"type": "string", "examples": ["e", "f"]}, "e"),
        ({"type": ["null", "integer"]}, 1),
        ({"type": "null"}, None),
        ({"minimum": 5}, 6),
        ({"type": "integer", "exclusiveMinimum": 5}, 6),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
        ({"type": "integer", "maximum": -3}, -3),
        ({"type": "integer", "minimum": 3, "multipleOf": 5}, 5),
        ({"type": "integer", "exclusiveMaximum": 1}, 0),
        (
            {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
            [1, 2, 3],
        ),
        ({"type": "array", "maxItems": 0}, []),
        ({"type": "array", "items": False}, []),
        ({"prefixItems": [{"const": "a"}, {"const": 2}]}, ["a", 2]),
        ({"oneOf": [{"type": "null"}, {"const": 1}]}, 1),
        ({"anyOf": [False, {"const": 2}]}, 2),
        (
            {"allOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": {"const": 2}}}]},
            {"a": 1, "b": 2},
        ),
        (
            {"properties": {"has_more": {"type": "boolean"}, "ok": {"type": "boolean"}}},
            {"has_more": False, "ok": True},
        ),
        ({"properties": {"next_cursor": TEXT, "pageToken": TEXT, "a": {"const": 1}}}, {"a": 1}),
        (
            {"required": ["next"], "properties": {"next": {"type": ["string", "null"]}}},
            {"next": None},
        ),
        ({"properties": {"secret": {"type": "string", "writeOnly": True}}}, {}),
        (
            {"type": "object", "minProperties": 2, "additionalProperties": {"const": 0}},
            {"key_0": 0, "key_1": 0},
        ),
        (
            {"$ref": "#/t", "description": "d"},
            {"children": [{"children": [{"children": [{"children": []}]}]}]},
        ),
    ],
)
def test_values(schema: Any, value: Any) -> None:
    """Fixed values and examples come first, bounds hold, alternatives and parts are merged."""
    found = generated(schema)
    if "$ref" in schema:
        assert found["children"]
    else:
        assert found == value


@pytest.mark.parametrize("wrong", [{"example": 5}, {"default": 5}, {"examples": [5]}])
def test_wrong_examples_are_ignored(wrong: dict[str, Any]) -> None:
    """An example that violates its own schema is not sent."""
    assert isinstance(generated({**TEXT, **wrong}), str)
    member = {"type": "object", "properties": {"a": {**TEXT, **wrong}}}
    assert isinstance(generated(member)["a"], str)


@pytest.mark.parametrize(
    "name", ["date-time", "date", "uuid", "uri", "email", "ipv4", "ipv6", "byte", "unheard-of"]
)
def test_formats(name: str) -> None:
    """Formats are respected; unknown ones give plain text."""
    schema = {"type": "object", "required": ["a"], "properties": {"a": {**TEXT, "format": name}}}
    assert generated(schema)["a"]


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "string", "minLength": 5, "maxLength": 3},
        {"type": "integer", "minimum": 5, "maximum": 3},
        {"type": "string", "pattern": r"(a)\1"},
        {"type": "string", "pattern": "["},
        {"enum": []},
        {"$ref": "#/missing"},
        {"required": ["s"], "properties": {"s": {"$ref": "#/s"}}},
        {"not": {}},
    ],
)
def test_what_is_impossible(schema: Any) -> None:
    """A value that cannot be generated is an error, not a wrong value."""
    with pytest.raises(NoExample):
        generated(schema)


def test_the_seed_decides() -> None:
    """The same seed gives the same value."""
    schema = {"type": "object", "properties": {"id": {**TEXT, "format": "uuid"}, "name": TEXT}}
    assert generated(schema) == generated(schema)
    assert generated(schema) != generated(schema, seed=8)


BOUNDS = st.integers(-50, 50)
SCHEMAS = st.recursive(
    st.one_of(
        st.builds(
            lambda low, size: {"type": "string", "minLength": low, "maxLength": low + size},
            st.integers(0, 30),
            st.integers(0, 30),
        ),
        st.builds(
            lambda low, size: {"type": "integer", "minimum": low, "maximum": low + size},
            BOUNDS,
            st.integers(0, 9),
        ),
        st.builds(
            lambda low: {"type": "number", "exclusiveMinimum": low, "exclusiveMaximum": low + 1},
            BOUNDS,
        ),
        st.sampled_from([{"type": "boolean"}, {"type": "null"}, {}, True, {"enum": ["", 1, None]}]),
    ),
    lambda inner: st.one_of(
        st.builds(
            lambda item, low: {"type": "array", "items": item, "minItems": low},
            inner,
            st.integers(0, 3),
        ),
        st.builds(
            lambda members, wanted: {
                "type": "object",
                "properties": members,
                "required": sorted(members)[:wanted],
                "additionalProperties": False,
            },
            st.dictionaries(st.text("abnext_", min_size=1, max_size=5), inner, max_size=4),
            st.integers(0, 4),
        ),
        st.builds(lambda parts: {"anyOf": parts}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)


@given(SCHEMAS)
def test_whatever_can_be_fulfilled_is(schema: Any) -> None:
    """Every schema of common keywords gets a valid value."""
    document = Document("h", {"s": schema})
    value = ExampleGenerator(document, 1).value("/s")
    assert list(document.violations("/s", value)) == []


@pytest.mark.parametrize(
    ("pattern", "bounds"),
    [
        (r"^\+[1-9]\d{1,14}$", {}),
        (r"^pk_(live|test)_[0-9a-f]{8}$", {}),
        (r"^[^a-z]+$", {"min_length": 3}),
        (r"^\w+@\w+\.\w{2,}$", {"min_length": 20}),
        ("abc", {"min_length": 9}),
        ("^[a-z]*$", {"min_length": 5, "max_length": 8}),
        ("^[À-ÿ]+$", {}),
        ("^$", {}),
        (r"^(?:a|b)?\s\S\D\W.[^\d]$", {}),
    ],
)
def test_patterns(pattern: str, bounds: dict[str, int]) -> None:
    """The text matches the pattern, within its length limits."""
    text = text_for_pattern(pattern, **bounds)
    assert re.search(pattern, text)
    assert bounds.get("min_length", 0) <= len(text) <= bounds.get("max_length", 99)
