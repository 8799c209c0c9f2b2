"""Alternatives of a union are told apart by the contract's discriminator."""

from __future__ import annotations

from typing import Any

import pytest
from tests.shapes.answers import Recording


def schema(name: str) -> dict[str, str]:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def api(pet: dict[str, Any], kind: dict[str, Any]) -> dict[str, Any]:
    """A document whose operation returns a pet."""
    response = {"description": "", "content": {"application/json": {"schema": schema("Pet")}}}
    animals: dict[str, Any] = {
        name: {"type": "object", "required": ["kind"], "properties": {"kind": kind, sound: {}}}
        for name, sound in (("Cat", "meow"), ("Dog", "bark"))
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "", "version": ""},
        "paths": {"/x": {"get": {"operationId": "get", "responses": {"200": response}}}},
        "components": {"schemas": {**animals, "Pet": pet}},
    }


BRANCHES = [schema("Cat"), schema("Dog")]
TEXT = {"type": "string"}
BY_NAME = {"propertyName": "kind"}
BY_VALUE = {"propertyName": "kind", "mapping": {"d": "Dog", "c": schema("Cat")["$ref"]}}


@pytest.mark.parametrize(
    ("pet", "value"),
    [
        ({"oneOf": BRANCHES, "discriminator": BY_NAME}, "Dog"),
        ({"anyOf": BRANCHES, "discriminator": BY_VALUE}, "d"),
        ({"anyOf": [{"oneOf": BRANCHES, "discriminator": BY_VALUE}, {"nullable": True}]}, "d"),
    ],
)
def test_an_object_is_what_its_tag_says(pet: dict[str, Any], value: str) -> None:
    """It is not counted as the first alternative, whose fields it does not have."""
    recording = Recording(api(pet, TEXT))
    recording.repeat("get", lambda _: {"kind": value, "bark": "loud"}, 3)
    counts = recording.counts["objects"]
    assert counts.keys() == {"#/components/schemas/Dog"}
    assert counts["#/components/schemas/Dog"]["unknown"] == {}


def test_an_object_with_another_tag_is_none_of_them() -> None:
    """It is counted, but its fields are attributed to no alternative."""
    recording = Recording(api({"oneOf": BRANCHES, "discriminator": BY_NAME}, TEXT))
    recording.repeat("get", lambda _: {"kind": "Bird", "sing": "x"}, 3)
    assert recording.counts["objects"] == {}
    assert "none-fits" in str(recording.counts["places"])


def test_an_enum_of_one_value_tells_alternatives_apart() -> None:
    """OpenAPI 3.0 has no const."""
    contents = api({"oneOf": BRANCHES}, TEXT)
    for name in ("Cat", "Dog"):
        animal = contents["components"]["schemas"][name]["properties"]
        animal["kind"] = {"type": "string", "enum": [name.lower()]}
    recording = Recording(contents)
    recording.repeat("get", lambda _: {"kind": "dog", "bark": "loud"}, 3)
    assert recording.counts["objects"].keys() == {"#/components/schemas/Dog"}
