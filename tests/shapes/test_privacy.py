"""No personal data is in the files, wherever in a response it appeared."""

from __future__ import annotations

import itertools
import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import examples as drawn
from tests.shapes.answers import PACKAGES, Recording, document, examples

from trunkline._json import is_array, is_object
from trunkline._shapes.counts import rounded
from trunkline._shapes.names import is_field_name, is_token

if TYPE_CHECKING:
    from collections.abc import Callable

DIGITS = st.text("0123456789", min_size=9, max_size=12)
WORDS = st.text("bcdfghjklmnpqrstvwxz", min_size=9, max_size=14)
#: Strings that never count as a name, however often they occur.
RECURRING = st.one_of(
    DIGITS.map("+{}".format),
    DIGITS.map("user{}".format),
    DIGITS,
    WORDS.map("{}@example.org".format),
    WORDS.map("{} Smith".format),
    st.uuids().map(str),
    st.binary(min_size=16, max_size=16).map(bytes.hex),
    WORDS.map("sk_live_0123{}".format),
    WORDS.map("{}é".format),
)


def planted(value: Any, secret: str) -> Any:
    """Return a body with a secret in every position, keys included."""
    if is_object(value):
        return {**{k: planted(v, secret) for k, v in value.items()}, secret: {secret: [secret]}}
    if is_array(value):
        return [*(planted(each, secret) for each in value), secret, {secret: secret}]
    if isinstance(value, str):
        return secret
    return value


def everywhere(package: str, secret: Callable[[int], str], times: int) -> str:
    """Return a file's text after responses of all operations and statuses, full of secrets."""
    recording = Recording(document(package))
    for (operation, status), body in examples(package).items():
        for number in range(times):
            recording.add(operation, planted(body, secret(number)), status)
            recording.add(operation, planted(body, secret(number)), 418)
    return json.dumps(rounded(recording.counts))


@pytest.mark.hypothesis
@pytest.mark.parametrize("package", PACKAGES)
@drawn(3)
@given(secret=RECURRING)
def test_data_is_not_written_however_often_it_comes(package: str, secret: str) -> None:
    """Numbers, addresses, ids, keys and names of people are in no file."""
    written = everywhere(package, lambda _: secret, 5)
    assert secret.lower() not in written.lower()
    assert json.dumps(secret)[1:-1] not in written


@pytest.mark.parametrize("package", PACKAGES)
def test_names_that_come_once_are_not_written(package: str) -> None:
    """A first name looks like a field, but the next response has another one."""
    names = itertools.cycle(map("".join, itertools.product("bcdfghjklm", repeat=3)))
    written = everywhere(package, lambda _: f"person_{next(names)}", 10)
    assert "person_" not in written


def test_keys_that_are_data_make_a_map_for_good() -> None:
    """Fields of an object whose keys keep changing are not named, even if repeated."""
    recording = Recording(document("stateset_voice_public"))
    call = {"call_sid": "CA1"}
    people = [f"person_{a}{b}" for a in "bcdfgh" for b in "klmnp"]
    recording.repeat("list_call_logs", lambda n: {"data": [{**call, people[n]: 1}]}, 30)
    recording.repeat("list_call_logs", lambda _: {"data": [{**call, "person_bk": 1}]}, 5)
    assert "person" not in json.dumps(recording.counts)


def test_numbers_and_the_time_of_day_are_not_written() -> None:
    """Only the type of a number and the day of a timestamp are recorded."""
    recording = Recording(document("stateset_voice_public"))
    calls = {"data": [{"call_sid": "CA1", "duration_seconds": 73419265}], "total": 73419265}
    recording.repeat("list_call_logs", lambda _: calls, 5)
    written = json.dumps(recording.counts)
    assert "73419265" not in written
    assert "1795" not in written


def test_a_marked_field_closes_everything_below_it() -> None:
    """Below ``x-personal`` not even the contract's fields are counted."""
    person: Any = {"type": "object", "x-personal": True, "properties": {"email_address": {}}}
    contents = api({"type": "object", "properties": {"person": person, "id": {"type": "string"}}})
    recording = Recording(contents)
    recording.repeat("get", lambda _: {"id": "x", "person": {"email_address": "a", "age": 3}}, 5)
    assert "email_address" not in json.dumps(recording.counts["objects"])
    assert recording.counts["objects"]


def test_an_answer_with_a_secret_is_not_looked_into() -> None:
    """For an operation that returns a key, responses are counted but not their contents."""
    contents = api(
        {"type": "object", "properties": {"token": {"type": "string", "x-secret": True}}}
    )
    recording = Recording(contents)
    recording.repeat("get", lambda _: {"token": "abc", "further_field": 1}, 5)
    assert recording.counts["operations"]["get"]["answers"] == 5
    assert recording.counts["objects"] == {}


def api(schema: dict[str, Any]) -> dict[str, Any]:
    """A document with one operation."""
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "", "content": content}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {"/x": {"get": {"operationId": "get", "responses": responses}}},
    }


@pytest.mark.parametrize("name", ["created_at", "callId", "x", "_links", "Retry-After", "sip_2"])
def test_fields_have_names(name: str) -> None:
    """Typical API field names count as names."""
    assert is_field_name(name)


@pytest.mark.parametrize(
    "key",
    ["", "+1555", "a b", "a@b", "call_2026", "deadbeef", "a" * 41, "é", str(uuid.NAMESPACE_DNS)],
)
def test_data_has_no_name(key: str) -> None:
    """Numbers, addresses, ids, hashes and text do not count as names."""
    assert not is_field_name(key)


@pytest.mark.parametrize(
    ("value", "token"),
    [
        ("no_answer", True),
        ("BUSY", True),
        ("in-progress", True),
        ("Maria", False),
        ("x" * 33, False),
    ],
)
def test_tokens_are_of_one_case_and_short(value: str, *, token: bool) -> None:
    """Enum values look like identifiers."""
    assert is_token(value) is token
