"""Learning from responses: every deviation is proposed, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts.learning.planting import drawn, missed, operations, unplanted
from tests.shapes.answers import PACKAGES, Recording, document

from trunkline._shapes.files import digest
from trunkline.contracts import diff, load
from trunkline.contracts.learning import Kind, learn
from trunkline.contracts.learning.observations import Observed
from trunkline.contracts.overlays import apply

if TYPE_CHECKING:
    from trunkline.contracts.learning import Lesson

STATESET = "stateset_voice_public"
LOG = {"call_sid": "CA1"}


def logs(**log: Any) -> dict[str, Any]:
    """The response body of a list with one call."""
    return {"data": [{**LOG, **log}], "limit": 1, "offset": 0, "total": 1}


def lesson(recording: Recording, **options: Any) -> Lesson:
    """What is learnt from a recording."""
    return learn(dict(recording.contents), Observed(recording.counts), **options)


def test_planted_deviations_are_proposed_and_nothing_else() -> None:
    """A deviation in ten of fifty responses, for every operation of every contract."""
    plants = drawn(len(operations()), seed=1)
    assert {(plant.package, plant.operation) for plant in plants} == set(operations())
    assert missed(plants) == (0, [])


@pytest.mark.parametrize("package", PACKAGES)
def test_honest_answers_propose_nothing(package: str) -> None:
    """Fifty responses of each operation and status that match the contract."""
    assert unplanted(package) == []


@pytest.mark.parametrize(("answers", "expected"), [(1, []), (2, [Kind.TYPE])])
def test_one_sighting_is_told_only_if_asked_for(answers: int, expected: list[Kind]) -> None:
    """A deviation takes two responses, or one with --eager."""
    recording = Recording(document(STATESET))
    recording.repeat("list_call_logs", lambda _: logs(duration_seconds="9"), answers)
    assert [each.kind for each in lesson(recording).written] == expected
    assert [each.kind for each in lesson(recording, eager=True).written] == [Kind.TYPE]


def test_a_new_field_takes_two_minutes() -> None:
    """Three responses within a minute may be a single test by the vendor."""
    recording = Recording(document(STATESET))
    for _ in range(3):
        recording.minute = 0
        recording.add("list_call_logs", logs(further=1))
    assert lesson(recording).written == ()
    recording.add("list_call_logs", logs(further=None))
    (found,) = lesson(recording).written
    assert (found.kind, found.name, found.types) == (Kind.FIELD, "further", ("integer", "null"))


def test_what_tightens_is_told_and_written_on_request() -> None:
    """A thousand objects on two days: an optional field that is always present."""
    recording = Recording(document(STATESET))
    body = {**logs(), "data": [{**LOG, "summary": "x", "id": None}] * 40}
    for number in range(30):
        recording.add("list_call_logs", body, day=f"2026-11-{1 + number % 2:02}")
    plain, strict = lesson(recording), lesson(recording, tighten=True)
    assert plain.written == ()
    assert plain.actions == ()
    assert (Kind.REQUIRED, "summary") in {(each.kind, each.name) for each in plain.told}
    schema = strict.document["components"]["schemas"]["CallLog"]
    assert "summary" in schema["required"]
    assert schema["properties"]["summary"]["type"] == "string"


def test_a_list_under_another_name_replaces_the_documented_one() -> None:
    """Neither the missing field nor the new one is reported separately."""
    recording = Recording(document(STATESET))
    recording.repeat("list_call_logs", lambda _: {"calls": [LOG], "total": 1}, 5)
    (found,) = [each for each in lesson(recording).written if each.kind is Kind.LIST]
    assert (found.name, found.detail) == ("calls", "data")
    schema = lesson(recording).document["components"]["schemas"]["CallLogList"]
    assert "calls" in schema["required"]
    assert "data" not in schema["properties"]


def test_a_list_is_not_renamed_unseen_beside_other_corrections() -> None:
    """With --accept it is left to a person, unless it is the only correction."""
    recording = Recording(document(STATESET))
    body = {"calls": [{**LOG, "duration_seconds": "x"}], "total": 1}
    recording.repeat("list_call_logs", lambda _: body, 5)
    recording.repeat("make_call", lambda _: {"ok": True}, 5)
    kinds = [each.kind for each in lesson(recording, unattended=True).written]
    assert kinds
    assert Kind.LIST not in kinds


def test_the_corrections_are_an_overlay_that_can_be_compared() -> None:
    """Each action has its evidence; the document differs only in what was seen."""
    recording = Recording(document(STATESET))
    recording.repeat("list_call_logs", lambda _: logs(direction="sideways", further="x"), 5)
    found = lesson(recording)
    overlay = found.overlay("Corrections")
    assert overlay is not None
    assert overlay["overlay"] == "1.0.0"
    assert all(action["x-evidence"] == ["observed"] for action in overlay["actions"])
    assert {action["x-observed"]["answers"] for action in overlay["actions"]} == {5}
    contents = dict(document(STATESET))
    assert apply(contents, overlay, must_match=True) == found.document
    report = diff(load(contents), load(found.document))
    assert sorted(each.edit.kind for each in report.findings) == [
        "enum-value-added",
        "property-added",
    ]


def test_counts_of_a_status_that_a_gateway_sends_are_not_proposed() -> None:
    """A 5xx without JSON does not come from the API itself."""
    recording = Recording(document(STATESET))
    for _ in range(5):
        recording.add("make_call", None, 504, "html")
    assert lesson(recording).written == ()


def test_openapi_3_0_is_widened_in_its_own_words() -> None:
    """In 3.0, null is a keyword beside the type."""
    fields: Any = {"a": {"type": "string"}, "b": {"type": "integer"}}
    schema = {"type": "object", "required": ["a", "b"], "properties": fields}
    response = {"description": "d", "content": {"application/json": {"schema": schema}}}
    contents = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/x": {"get": {"operationId": "get", "responses": {"200": response}}}},
    }
    recording = Recording(contents)
    recording.repeat("get", lambda _: {"a": None, "b": "text"}, 3)
    found = lesson(recording).document["paths"]["/x"]["get"]["responses"]["200"]
    fields = found["content"]["application/json"]["schema"]["properties"]
    assert fields["a"] == {"type": "string", "nullable": True}
    assert fields["b"] == {"anyOf": [{"type": "integer"}, {"type": "string"}]}


def test_openapi_3_0_allows_null_beside_a_reference() -> None:
    """In 3.0, ``nullable`` in a reference is ignored, and alone it would allow anything."""
    found = lesson(_calls("3.0.3", {"type": "object", "properties": {"to": _PARTY}}, {"to": None}))
    party = found.document["components"]["schemas"]["Call"]["properties"]["to"]
    assert party == {"allOf": [_PARTY], "nullable": True}


def test_a_field_is_optional_wherever_it_was_required() -> None:
    """A nested member of an ``allOf`` may require it, and so may several members."""
    required: Any = {"type": "object", "required": ["id"], "properties": {"id": {}}}
    inner = {"allOf": [required, {"type": "object", "properties": {"note": {}}}]}
    call = {"allOf": [inner, {"required": ["id", "note"], "properties": {"note": {}}}]}
    found = lesson(_calls("3.1.0", call, {"note": 1}))
    assert [(each.kind, each.name) for each in found.written] == [(Kind.ABSENT, "id")]


def test_types_of_two_operations_are_of_both() -> None:
    """One returns null, the other a string: the correction names both."""
    contents = _calls(
        "3.1.0", {"type": "object", "properties": {"n": {"type": "integer"}}}
    ).contents
    paths = contents["paths"]
    other = {"get": {**paths["/x"]["get"], "operationId": "other"}}
    recording = Recording({**contents, "paths": {**paths, "/y": other}})
    recording.repeat("get", lambda _: {"n": None}, 5)
    recording.repeat("other", lambda _: {"n": "x"}, 3)
    (found,) = lesson(recording, split=True).written
    assert found.types == ("string", "null")
    assert found.evidence.operations == ("get", "other")


def test_what_always_was_null_is_not_made_null_for_good() -> None:
    """A field that never had a value still has a type."""
    recording = Recording(document(STATESET))
    body = {**logs(), "data": [{**LOG, "id": None}] * 40}
    for number in range(30):
        recording.add("list_call_logs", body, day=f"2026-11-{1 + number % 2:02}")
    schema = lesson(recording, tighten=True).document["components"]["schemas"]["CallLog"]
    assert schema["properties"]["id"]["type"] == ["string", "null"]


_PARTY: Any = {"$ref": "#/components/schemas/Party"}


def _calls(version: str, call: Any, *bodies: Any) -> Recording:
    """Responses of a document with one operation, each five times."""
    schema = {"$ref": "#/components/schemas/Call"}
    response = {"description": "d", "content": {"application/json": {"schema": schema}}}
    recording = Recording(
        {
            "openapi": version,
            "info": {"title": "t", "version": "1"},
            "paths": {"/x": {"get": {"operationId": "get", "responses": {"200": response}}}},
            "components": {"schemas": {"Call": call, "Party": {"type": "object"}}},
        }
    )
    for body in bodies:
        recording.repeat("get", lambda _, body=body: body, 5)  # type: ignore[misc]  # a default is not inferred
    return recording


def test_the_digest_is_that_of_the_contract_not_of_its_file() -> None:
    """The order of keys does not matter."""
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
