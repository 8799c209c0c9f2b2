import json
import sys
from typing import Any

import pytest
from tests.webhooks.deliveries import SECRET, signed

from trunkline.webhooks import PamelaWebhook, WebhookVerificationError, canonical_json
from trunkline.webhooks.verification.canonical_json import canonical_text, parse_json


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"b": 1, "a": 1.0}', '{"a":1.0,"b":1}'),
        ('{"a": -0.0, "b": -0}', '{"a":-0.0,"b":0}'),
        ("[1e16, 1e15, 0.00001, 0.0001]", "[1e+16,1000000000000000.0,1e-05,0.0001]"),
        ("[1e400, -1e400]", "[Infinity,-Infinity]"),
        ("[1.10, 1E2, 100000000000000000000.0]", "[1.1,100.0,1e+20]"),
        ("[9007199254740993]", "[9007199254740993]"),
        ("[123456789012345678901234567890]", "[123456789012345678901234567890]"),
        (r'"\u007f\u2028\/<>&"', r'"\u007f\u2028/<>&"'),
        (r'"\u00E9\b\f\n\r\t\u0000"', r'"\u00e9\b\f\n\r\t\u0000"'),
        ('"😀é"', r'"\ud83d\ude00\u00e9"'),
        ('{"\uff5e": 1, "😀": 2}', r'{"\uff5e":1,"\ud83d\ude00":2}'),
        ('{"10": 1, "2": 2, "1": 3}', '{"1":3,"10":1,"2":2}'),
        ('{"a": 1, "a": 2}', '{"a":2}'),
        (r'"\ud800"', r'"\ud800"'),
        ('"e\u0301"', r'"e\u0301"'),
        ('\ufeff {"a" : [ ] }\n', '{"a":[]}'),
        ("[true, false, null]", "[true,false,null]"),
    ],
)
def test_traps_of_the_canonical_form(body: str, expected: str) -> None:
    """Each trap of the notes gives exactly the text that the vendor's package signs."""
    assert canonical_text(body.encode()) == expected.encode()
    assert canonical_json(parse_json(body.encode())) == expected.encode()


@pytest.mark.parametrize("digits", [600, 4300, 4301, 100_000])
def test_integers_of_any_size_are_exact(digits: int) -> None:
    """An integer that the interpreter refuses to convert is still signed and verified."""
    number = "-" + "7" * digits
    body = f'{{"n": {number}, "l": [{{"é": null}}, 0.5, "x"], "e": []}}'
    expected = f'{{"e":[],"l":[{{"\\u00e9":null}},0.5,"x"],"n":{number}}}'.encode()
    spaced = f'{{"e": [], "l": [{{"\\u00e9": null}}, 0.5, "x"], "n": {number}}}'.encode()

    assert canonical_text(body.encode()) == expected
    assert canonical_text(body.encode(), spaced=True) == spaced
    PamelaWebhook(SECRET).verify(body.encode(), signed(expected))
    assert str(parse_json(body.encode())["l"][0]) == "{'é': None}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"{'a': 1}",
        b"nul",
        b"[1,]",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        "é".encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        b"[" + b"9" * 5000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_body_that_is_not_json_has_no_canonical_form(body: bytes) -> None:
    """Broken, too deep or wrongly encoded bodies raise our error and nothing else."""
    assert canonical_text(body) is None
    with pytest.raises(WebhookVerificationError, match="not JSON in UTF-8") as caught:
        parse_json(body)
    assert caught.value.__context__ is None


def endless() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(sys.getrecursionlimit() * 50):
        value = [value]
    return value


@pytest.mark.parametrize(
    "payload", [{1, 2}, {("a",): 1}, {"a": 1, 2: 3}, b"x", object(), endless()]
)
def test_payload_that_json_cannot_hold_is_refused(payload: object) -> None:
    """The error names the fault and shows nothing of the payload."""
    with pytest.raises(WebhookVerificationError, match="cannot hold") as caught:
        canonical_json(payload)
    assert caught.value.__context__ is None


def test_payload_of_endless_depth_is_refused() -> None:
    """A depth beyond the interpreter's stack is our own error."""
    with pytest.raises(WebhookVerificationError):
        canonical_json(deep())


def test_forms_differ_in_their_separators_only() -> None:
    """The old form has a space after comma and colon, also in nested values."""
    payload = {"b": [1, 2], "a": {"d": "x, y: z", "c": None}}
    assert canonical_json(payload) == b'{"a":{"c":null,"d":"x, y: z"},"b":[1,2]}'
    assert canonical_json(payload, spaced=True) == json.dumps(payload, sort_keys=True).encode()
