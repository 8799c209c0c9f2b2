"""What is masked in texts that people read, and what stays readable."""

from __future__ import annotations

import copy
import logging
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline import Secret
from trunkline._redact import excerpt, one_line, redact, redact_json, shown, without


@pytest.mark.parametrize(
    "number",
    [
        "+15555550123",
        "+1 555 555 0123",
        "+1 (555) 555-0123",
        "+49 30 1234567",
        "+44\u202f20\u20117946\u20110018",
        "%2B15555550123",
        "15555550123",
        "555-555-0123",
        "(555) 555-0123",
        "555 555 0123",
        "555.555.0123",
        "٠١٢٣٤٥٦٧٨٩",
    ],
)
def test_telephone_numbers_are_masked(number: str) -> None:
    """A number in any usual form is masked, and the words around it stay."""
    for around in ("{}", "call {} now", "to={}&x", "tel:{};", '"{}"', "<{}>"):
        assert redact(around.format(number)) == around.format("[number]")


@pytest.mark.parametrize(
    "secret",
    [
        "pk_live_a1B2-c3_d4",
        "pk_test_0000",
        "pype_abcdef0123456789",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "sk_live_51H",
        "Bearer abc.def/ghi+jkl==",
        "bearer\tabc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    ],
)
def test_keys_and_tokens_are_masked(secret: str) -> None:
    """Keys of the vendors, bearer tokens and JSON Web Tokens are masked."""
    assert redact(f"key {secret} refused") == "key [secret] refused"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "status 404 after 3 attempts",
        "id 123e4567-e89b-12d3-a456-426614174000",
        "CA0123456789abcdef0123456789abcdef",
        "call_1234567890123",
        "2026-11-01",
        "2026-11-01T12:00:00Z",
        "from 2026-11-01 12:00:00 to 2026-12-01 12:00:00",
        "10000 items of 64.5 MiB",
        "task_id and risk_level",
        "+1 2",
    ],
)
def test_what_is_no_secret_stays_legible(text: str) -> None:
    """Ids, dates and small numbers are needed to understand an error."""
    assert redact(text) == text


@given(st.text(alphabet="0123456789", min_size=8, max_size=15), st.text(), st.text())
def test_a_number_with_a_plus_is_masked_anywhere(digits: str, before: str, after: str) -> None:
    """In any context, an E.164 number is masked."""
    assert f"+{digits}" not in redact(f"{before}+{digits}{after}")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    """An error that is pickled and loaded reads as before."""
    once = shown(text)
    assert shown(once) == once


@given(st.text())
def test_a_shown_text_is_one_printable_line(text: str) -> None:
    """A vendor cannot forge a log line, and half a character cannot break an encoder."""
    assert one_line(text).isprintable()
    one_line(text).encode()


def test_the_client_s_own_key_is_masked_whatever_its_form() -> None:
    """Some servers quote the key that they refuse."""
    assert shown("no such key: tenant-7-abc", "tenant-7-abc") == "no such key: [secret]"
    assert shown("a word", "a") == "a word"


@given(st.integers(0, 60))
def test_a_cut_shows_no_part_of_a_key(before: int) -> None:
    """Wherever the text is cut, a key, a token or a number before it is fully masked."""
    for secret in ("tenant-7-abcdef", "pk_live_a1B2c3d4e5", "+15555550123"):
        text = excerpt("x" * before + " " + secret + " y" * 60, 50, "tenant-7-abcdef")
        assert len(text) <= 50
        assert secret[:4] not in text


def test_an_excerpt_of_a_large_text_is_short() -> None:
    """Of a body of megabytes, only the start is masked."""
    assert excerpt("a+1" * 10**7, 50) == ("a+1" * 20)[:50]


def test_a_known_secret_is_taken_out_of_json() -> None:
    """From texts and names at any depth; nothing else is changed."""
    value = {"given": ["tenant-7-abc!", 15555550123, None], "tenant-7-abc": {"to": "+15555550123"}}
    assert without(value, "tenant-7-abc") == {
        "given": ["[secret]!", 15555550123, None],
        "[secret]": {"to": "+15555550123"},
    }
    assert without(value, "given") is value


def test_json_is_masked_in_every_depth() -> None:
    """Texts, keys of objects and long integers are masked; the structure stays."""
    numbers = [15555550123, 3, True, None, 1.5]
    value = {"to": "+15555550123", "n": numbers, "+15555550123": {"a": "b"}}
    assert redact_json(value) == {
        "to": "[number]",
        "n": ["[number]", 3, True, None, 1.5],
        "[number]": {"a": "b"},
    }


def test_endless_json_is_cut_off() -> None:
    """A body that nests endlessly does not overflow the stack."""
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    assert "[deep]" in repr(redact_json(value))


@given(st.text(min_size=1))
def test_a_secret_shows_itself_nowhere(text: str) -> None:
    """repr, str, format, logs and pickles show only whether there is a text."""
    secret = Secret(text)
    record = logging.LogRecord("x", 10, "x", 1, "%s %r", (secret, secret), None)
    shows = {repr(secret), str(secret), f"{secret}", f"{secret:>20}".strip(), f"{secret!r}"}
    assert shows == {"Secret('***')"}
    assert record.getMessage() == "Secret('***') Secret('***')"
    assert pickle.dumps(secret) == pickle.dumps(Secret("another"))
    assert pickle.loads(pickle.dumps(secret)).reveal() == ""
    assert secret.reveal() == text


def test_copies_of_a_secret_are_the_secret() -> None:
    """Within a process a copy is complete."""
    secret = Secret("abc")
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert bool(secret)
    assert not Secret("")
    assert repr(Secret("")) == "Secret('')"
    assert not hasattr(secret, "__dict__")


def test_a_long_row_of_digits_is_searched_once() -> None:
    """The time is linear in the length, not quadratic: this took minutes."""
    text = "1" * 200_000 + " -" * 100_000 + " call +15555550123"
    assert redact(text).startswith("111")
    assert "5555550123" not in redact(text)


WORST = {
    "JSON Web Tokens": "-eyJ",
    "half tokens": "-eyJhbGciOi.",
    "bearer": "bearer ",
    "bearer and spaces": "bearer" + " " * 40,
    "vendors' keys": "pk_live_",
    "stripe-like": "-sk_",
    "digits": "5",
    "plus signs": "+1(",
    "numbers in a row": "555 ",
    "dates": "2026-11-28 ",
    "brackets": "(5",
}


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_masking_takes_time_in_proportion_to_the_text(worst: str) -> None:
    """Eight times the text costs about eight times the work, not sixty-four times."""

    def cost(size: int) -> float:
        text = worst * (size // len(worst))
        times = []
        for _ in range(3):
            began = time.process_time()
            redact(text)
            times.append(time.process_time() - began)
        return min(times)

    assert cost(320_000) <= 8 * 2.5 * max(cost(40_000), 0.0005)


@pytest.mark.parametrize("word", ["customer", "callback"])
def test_a_secret_that_is_a_word_mangles_no_other_word(word: str) -> None:
    """It is masked as a separate word, and left inside a longer word."""
    assert without(f"{word} {word}s un{word}", word) == f"[secret] {word}s un{word}"


def test_a_long_secret_is_masked_anywhere() -> None:
    """Also inside a word, if a server has put something before it."""
    secret = "0123456789abcdefghij"
    assert without(f"key{secret}", secret) == "key[secret]"


def test_of_a_long_foreign_text_only_the_start_is_shown() -> None:
    """A Location header of 100 KiB does not become the message of an error."""
    assert len(shown("x" * 100_000)) <= 4000
