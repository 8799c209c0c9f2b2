"""A schema spread over `allOf` equals its members merged."""

from __future__ import annotations

from typing import Any

import pytest
from tests.contracts import documents
from tests.contracts.documents import received, sent

TEXT = {"type": "string"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def rules(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    return {finding.rule for finding in documents.compare(old, new).findings}


@pytest.mark.parametrize(
    ("members", "whole"),
    [
        ([obj(a=TEXT), obj(b=TEXT)], obj(a=TEXT, b=TEXT)),
        ([obj("a", a=TEXT), obj("b", "a", b=TEXT)], obj("a", "b", a=TEXT, b=TEXT)),
        ([obj(a={"minLength": 1}), obj(a=TEXT)], obj(a={"type": "string", "minLength": 1})),
        ([{"minLength": 1}, {"minLength": 5}], {"minLength": 5}),
        ([{"maxLength": 9}, {"maxLength": 5, "minLength": 2}], {"maxLength": 5, "minLength": 2}),
        ([{"type": ["string", "null"]}, TEXT], TEXT),
        ([{"type": "number"}, {"type": "integer"}], {"type": "integer"}),
        ([{"enum": ["x", "y", "z"]}, {"enum": ["z", "y"]}], {"enum": ["y", "z"]}),
        ([{"additionalProperties": True}, {"additionalProperties": False}],
         {"additionalProperties": False}),
        ([{"uniqueItems": True}, {"uniqueItems": False}], {"uniqueItems": True}),
        ([{"deprecated": False}, {"deprecated": True}], {"deprecated": True}),
        ([{"allOf": [{"minimum": 1}, {"maximum": 9}]}, {"minimum": 3}],
         {"minimum": 3, "maximum": 9}),
        ([TEXT, {"nullable": True}], TEXT),
        (
            [{**obj(a=TEXT, b=TEXT), "additionalProperties": False}, obj(a={"maxLength": 3})],
            {**obj(a={"type": "string", "maxLength": 3}, b=TEXT), "additionalProperties": False},
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [sent, received])
def test_members_and_their_sum_do_not_differ(
    place: Any, members: list[dict[str, Any]], whole: dict[str, Any]
) -> None:
    """In neither direction does the wire format change, only how it is written."""
    spread, merged = place({"allOf": members}), place(whole)
    assert rules(spread, merged) <= {"all-of-changed"}
    assert rules(merged, spread) <= {"all-of-changed"}
