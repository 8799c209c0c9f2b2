"""Checks of arguments: refused values are described and never quoted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import failure

from trunkline._engine.client.nested_objects import nested_object, open_object
from trunkline._engine.client.validation import (
    bounded_int,
    describe_text,
    enum_member,
    identifier,
    phone_number,
    to_utc,
)
from trunkline._engine.options import Options
from trunkline.errors import InvalidArgumentError
from trunkline_generated.phone_ai.models import CallRequest

STRICT = Options()
LAX = Options(check_numbers=False)


@pytest.mark.parametrize("number", ["+15555550123", "+442079460018", "+12", "+999999999999999"])
def test_numbers_in_e164_form_pass(number: str) -> None:
    """A plus sign and two to fifteen digits, the first not zero."""
    assert phone_number("to", number, STRICT) == number


@given(st.text() | st.integers() | st.none() | st.binary())
def test_any_other_number_is_refused_without_being_shown(number: Any) -> None:
    """The error is a ValueError about the format; with the check off, everything passes."""
    assert phone_number("to", number, LAX) == number
    refusal = failure(lambda: phone_number("to", number, STRICT))
    assert refusal is None or isinstance(refusal, InvalidArgumentError)
    assert refusal is None or str(refusal).startswith("to must be")


@given(st.text(alphabet="0123456789", min_size=7, max_size=30), st.sampled_from(["", "+", "tel:"]))
def test_a_refused_number_does_not_appear(digits: str, prefix: str) -> None:
    """Digits become nines in the message."""
    text = describe_text(prefix + digits)
    assert digits.strip("9") == "" or digits not in text


@pytest.mark.parametrize("value", ["", " ", "\t", None, 5, b"id"])
def test_an_empty_id_is_refused(value: Any) -> None:
    """An empty id would turn the request into another operation's."""
    with pytest.raises(InvalidArgumentError, match="call_id"):
        identifier("call_id", value)


@pytest.mark.parametrize("value", ["\ud800", "a\udfff"])
def test_an_id_without_bytes_is_refused(value: str) -> None:
    """Half a character cannot be sent."""
    with pytest.raises(InvalidArgumentError, match="call_id"):
        identifier("call_id", value)


@pytest.mark.parametrize("value", ["a", "..", "../x", "a/b?c#d", "ключ", " a "])
def test_other_ids_pass_as_they_are(value: str) -> None:
    """Generated code escapes them."""
    assert identifier("call_id", value) == value


def test_an_id_of_another_type_says_what_to_pass() -> None:
    """If the whole object is passed, as some SDKs allow, the error says what to pass."""

    class Call:
        id = "call_1"

    for wrong, said in ((5, "not int"), (None, "not NoneType"), (Call(), "not Call: pass its .id")):
        with pytest.raises(InvalidArgumentError, match=f"call_id must be text, {said}"):
            identifier("call_id", wrong)  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize(("number", "passes"), [(0, False), (1, True), (100, True), (101, False)])
def test_numbers_within_bounds(number: int, *, passes: bool) -> None:
    """Both bounds are in the range."""
    if passes:
        assert bounded_int("limit", number, 1, 100) == number
    else:
        with pytest.raises(InvalidArgumentError, match=r"limit must be .* from 1 to 100"):
            bounded_int("limit", number, 1, 100)


@pytest.mark.parametrize("number", [True, 1.0, "1", []])
def test_only_whole_numbers_are_within(number: Any) -> None:
    """Booleans, fractions and texts are not."""
    with pytest.raises(InvalidArgumentError, match="whole number"):
        bounded_int("limit", number, 1)
    assert bounded_int("limit", None, 1) is None
    assert bounded_int("limit", 10**9, 1) == 10**9


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 1, 12, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)),
        (datetime(2026, 11, 1, 12), datetime(2026, 11, 1, 12, tzinfo=UTC)),  # noqa: DTZ001 - tested
        (date(2026, 11, 1), datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T12:00:00Z", datetime(2026, 11, 1, 12, tzinfo=UTC)),
        (
            "2026-11-01T12:00:00+02:00",
            datetime(2026, 11, 1, 12, tzinfo=timezone(timedelta(hours=2))),
        ),
        (None, None),
    ],
)
def test_moments_are_in_utc_unless_they_say_otherwise(moment: Any, expected: Any) -> None:
    """A given zone is kept; without one it is UTC."""
    assert to_utc("start", moment) == expected


@given(st.text())
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    """A text that is not a date raises only an SDK error."""
    refusal = failure(lambda: to_utc("start", text))
    assert refusal is None or isinstance(refusal, InvalidArgumentError)
    assert refusal is None or "start" in str(refusal)


@pytest.mark.parametrize("moment", [5, 1.5, b"2026-11-01", []])
def test_other_kinds_are_no_moments(moment: Any) -> None:
    """The error names the kind."""
    with pytest.raises(InvalidArgumentError, match="start must be"):
        to_utc("start", moment)


class Choice(Enum):
    UP = "up"
    DOWN = "down"


def test_choices_are_strict() -> None:
    """An unknown choice is refused, and the error lists the known ones."""
    assert enum_member("direction", "up", Choice) is Choice.UP
    assert enum_member("direction", None, Choice) is None
    with pytest.raises(InvalidArgumentError, match="one of up, down"):
        enum_member("direction", "sideways", Choice)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("+15555550123", "'[number]'"), (15555550123, "'[number]'"), (10**5000, "'[number]'")],
    ids=["text", "number", "endless"],
)
def test_a_refused_value_is_shown_masked(value: Any, shown: str) -> None:
    """A telephone number in the wrong argument does not get into a log."""
    with pytest.raises(InvalidArgumentError, match=f"not {re.escape(shown)}"):
        bounded_int("limit", value, 1, 5)
    with pytest.raises(InvalidArgumentError, match=f"got {re.escape(shown)}"):
        enum_member("direction", value, Choice)


def test_a_value_that_cannot_be_shown_is_refused_by_its_type() -> None:
    """A list nested deeper than Python's stack raises no other error."""
    deep: Any = []
    for _ in range(3000):
        deep = [deep]
    with pytest.raises(InvalidArgumentError, match="not list"):
        bounded_int("limit", deep, 1, 5)
    with pytest.raises(InvalidArgumentError, match="not list"):
        STRICT.changed(deadline=deep)


@pytest.mark.parametrize("make", [nested_object, open_object])
@pytest.mark.parametrize("value", ["text", 3, None, [("to", "x")]])
def test_what_is_no_mapping_is_no_object(make: Any, value: Any) -> None:
    """It is not read as an object without fields, which would be sent silently."""
    with pytest.raises(InvalidArgumentError, match="fields must be a mapping, not ") as caught:
        make("fields", CallRequest, value)
    assert "text" not in str(caught.value)


def test_an_open_object_keeps_none() -> None:
    """It is null on the wire; only declared fields are omitted if None."""
    assert open_object("fields", CallRequest, {"to": None}).to_dict() == {"to": None}
