"""A schema is copied for the operations that deviate; the others keep theirs."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts.learning.planting import ANSWERS, plants
from tests.shapes.answers import PACKAGES, Recording, document, examples

from trunkline._shapes.counts import total
from trunkline.contracts import load
from trunkline.contracts.learning import Kind, learn
from trunkline.contracts.learning.observations import Observed
from trunkline.contracts.overlays import apply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.contracts.learning.planting import Plant

    from trunkline._shapes.counts import Counts
    from trunkline.contracts.learning import Lesson

CALL = {"id": "1", "status": "a"}


def ref(name: str) -> dict[str, str]:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Any] = {
    "Page": {
        "type": "object",
        "required": ["data"],
        "properties": {"data": {"type": "array", "items": ref("Call")}},
    },
    "Call": {
        "title": "Call",
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "status": ref("Status"), "parent": ref("Call")},
    },
    "Status": {"type": "string", "enum": ["a", "b"]},
}


def api(schemas: dict[str, Any], **operations: str) -> dict[str, Any]:
    """A document in which each operation returns a schema."""
    paths = {
        f"/{name}": {
            "get": {
                "operationId": name,
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": ref(schema)}},
                    }
                },
            }
        }
        for name, schema in operations.items()
    }
    info = {"title": "", "version": "1"}
    return {
        "openapi": "3.1.0",
        "info": info,
        "paths": paths,
        "components": {"schemas": copy.deepcopy(schemas)},
    }


CONTRACT = api(SCHEMAS, listCalls="Page", get_call="Call")


def learnt(contents: dict[str, Any], *answers: tuple[str, Any, int], **options: Any) -> Lesson:
    """What is learnt with ``--split`` from responses: operation, body and count."""
    recording = Recording(contents)
    for operation, body, times in answers:
        recording.repeat(operation, lambda _, body=body: body, times)  # type: ignore[misc]  # a default is not inferred
    return learn(contents, Observed(recording.counts), **{"split": True, **options})


def response(contents: Mapping[str, Any], operation: str) -> Any:
    """An operation's responses, references resolved; recursive ones are cut off."""
    (node,) = (
        method["responses"]
        for item in contents["paths"].values()
        for method in item.values()
        if isinstance(method, dict) and method.get("operationId") == operation
    )
    return _followed(contents, node, ())


def _followed(contents: Mapping[str, Any], node: Any, seen: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_followed(contents, each, seen) for each in node]
    if not isinstance(node, dict):
        return node
    target = node.get("$ref")
    if target is None:
        return {name: _followed(contents, each, seen) for name, each in node.items()}
    found: Any = contents
    for part in target.split("/")[1:]:
        found = found[part]
    plain = {name: each for name, each in found.items() if name != "title"}
    return "again" if target in seen else _followed(contents, plain, (*seen, target))


def test_the_operation_that_shows_it_gets_a_copy() -> None:
    """The other keeps its response; without the option the schema is corrected for both."""
    answers = (
        ("get_call", {**CALL, "status": "new", "further": 1}, 5),
        ("listCalls", {"data": [CALL]}, 9),
    )
    split, joint = learnt(CONTRACT, *answers), learnt(CONTRACT, *answers, split=False)
    assert response(split.document, "listCalls") == response(CONTRACT, "listCalls")
    found = split.document["components"]["schemas"]
    assert "further" in found["CallOfGetCall"]["properties"]
    assert found["StatusOfGetCall"]["enum"] == ["a", "b", "new"]
    assert found["CallOfGetCall"]["properties"]["parent"] == ref("CallOfGetCall")
    assert "title" not in found["CallOfGetCall"]
    assert "further" in joint.document["components"]["schemas"]["Call"]["properties"]
    assert {each.key for each in split.written} == {each.key for each in joint.written}


def test_what_only_one_operation_uses_is_not_copied() -> None:
    """The list's page refers to the copy of its items."""
    body = {"data": [{"id": None}]}
    found = learnt(CONTRACT, ("listCalls", body, 5), ("get_call", CALL, 9))
    schemas = found.document["components"]["schemas"]
    assert schemas.keys() - SCHEMAS.keys() == {"CallOfListCalls"}
    assert schemas["Page"]["properties"]["data"]["items"] == ref("CallOfListCalls")
    assert response(found.document, "get_call") == response(CONTRACT, "get_call")


@pytest.mark.parametrize(("others", "names"), [(29, set[str]()), (30, {"CallOfGetCall"})])
def test_few_answers_without_it_are_no_reason_to_split(others: int, names: set[str]) -> None:
    """One response in ten has it: 29 of another operation do not yet rule it out there."""
    found = learnt(
        CONTRACT,
        ("get_call", {"id": None}, 5),
        ("get_call", CALL, 45),
        ("listCalls", {"data": [CALL]}, others),
    )
    assert found.document["components"]["schemas"].keys() - SCHEMAS.keys() == names
    assert [each.kind for each in found.written] == [Kind.NULL]


def test_what_all_show_is_corrected_in_every_copy() -> None:
    """Two operations, each with its own deviation and one in common."""
    found = learnt(
        CONTRACT,
        ("get_call", {"id": 1, "mine": 1}, 5),
        ("listCalls", {"data": [{"id": 1, "theirs": 1}]}, 5),
    )
    single = response(found.document, "get_call")["200"]["content"]["application/json"]["schema"]
    page = response(found.document, "listCalls")["200"]["content"]["application/json"]["schema"]
    item = page["properties"]["data"]["items"]
    assert "mine" in single["properties"]
    assert "theirs" in item["properties"]
    assert not {"theirs"} & single["properties"].keys() | {"mine"} & item["properties"].keys()
    assert single["properties"]["id"]["type"] == ["string", "integer"]
    assert item["properties"]["id"]["type"] == ["string", "integer"]


def test_a_list_has_its_other_name_in_one_operation_alone() -> None:
    """Without the option the page has both names, neither required."""
    contents = api(SCHEMAS, first="Page", second="Page")
    answers = ("first", {"calls": [CALL]}, 5), ("second", {"data": [CALL]}, 5)
    split, joint = learnt(contents, *answers), learnt(contents, *answers, split=False)
    assert response(split.document, "second") == response(contents, "second")
    assert "calls" in split.document["components"]["schemas"]["PageOfFirst"]["required"]
    page = joint.document["components"]["schemas"]["Page"]
    assert {"calls", "data"} <= page["properties"].keys()
    assert not page.get("required")
    assert [each.kind for each in joint.told] == [Kind.LIST]


def test_a_list_with_another_name_in_both_operations_is_renamed_once() -> None:
    """Their shared schema has one list."""
    contents = api(SCHEMAS, first="Page", second="Page")
    answers = [(name, {"calls": [CALL]}, 5) for name in ("first", "second")]
    found = learnt(contents, *answers, split=False)
    assert [(each.kind, each.name) for each in found.written] == [(Kind.LIST, "calls")]
    assert found.document["components"]["schemas"]["Page"]["required"] == ["calls"]


def test_a_copied_alternative_keeps_its_discriminator_value() -> None:
    """The value was the schema's name, so the copy gets it from a mapping."""
    kinds: dict[str, Any] = {
        name: {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {}, "note": {"type": "string"}},
        }
        for name in ("Cat", "Dog")
    }
    pet = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}
    contents = api({**kinds, "Pet": pet}, first="Pet", second="Pet")
    dog = {"kind": "Dog", "note": "x"}
    found = learnt(contents, ("first", {**dog, "note": None}, 5), ("second", dog, 5))
    schemas = found.document["components"]["schemas"]
    assert schemas["PetOfFirst"]["oneOf"] == [ref("Cat"), ref("DogOfFirst")]
    assert schemas["PetOfFirst"]["discriminator"]["mapping"] == {"Dog": ref("DogOfFirst")["$ref"]}
    assert schemas["Pet"] == pet


def test_what_was_split_is_not_proposed_again() -> None:
    """The same counts, used with the corrected contract as by ``--older``, propose nothing."""
    recording = Recording(CONTRACT)
    recording.repeat("get_call", lambda _: {**CALL, "further": 1}, 5)
    recording.repeat("listCalls", lambda _: {"data": [CALL]}, 5)
    observed = Observed(recording.counts)
    corrected = learn(CONTRACT, observed, split=True).document
    for split in (True, False):
        assert learn(corrected, observed, split=split).written == ()


def deviations(package: str) -> list[Plant]:
    """One deviation of each kind in the responses of each operation."""
    found = {
        (plant.operation, plant.expected[0]): plant
        for plant in plants()
        if plant.package == package and plant.expected[0] != Kind.STATUS.value
    }
    return list(found.values())


def recorded(contents: Mapping[str, Any], operation: str, bodies: list[Any]) -> Counts:
    """The counts of an operation's responses."""
    recording = Recording(contents)
    recording.repeat(operation, bodies.__getitem__, len(bodies))
    return recording.counts


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_operation_of_any_contract_changes(package: str) -> None:
    """Deviations in one operation's responses leave the others' schemas unchanged."""
    contents, honest = dict(document(package)), examples(package)
    operations = {name for name, status in honest if status == 200}
    usual = {name: recorded(contents, name, [honest[name, 200]] * ANSWERS) for name in operations}
    for plant in deviations(package):
        bodies = [copy.deepcopy(honest[plant.operation, 200]) for _ in range(ANSWERS)]
        shown = [plant.change(body) if plant.shows(n) else body for n, body in enumerate(bodies)]
        counts = total(
            [
                recorded(contents, plant.operation, shown),
                *(usual[name] for name in operations - {plant.operation}),
            ]
        )
        found = learn(contents, Observed(counts), split=True)
        assert plant.expected in [each.key for each in found.written], str(plant)
        overlay = found.overlay("")
        assert overlay is not None
        assert apply(contents, overlay, must_match=True) == found.document
        load(found.document)
        for name in operations - {plant.operation}:
            assert response(found.document, name) == response(contents, name), f"{plant}: {name}"
