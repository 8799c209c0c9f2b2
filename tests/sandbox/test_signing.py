"""Senders' signatures, against test vectors and the vendors' own code."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from trunkline.sandbox.core.signing import (
    hex_hmac,
    pamela_body,
    pamela_signed_text,
    twilio_signatures,
)

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}


@pytest.mark.parametrize(
    ("url", "signature"),
    [
        (URL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (URL, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        (URL.replace(".com", ".com:443"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (URL.replace("https", "http").replace(".com", ".com:1234"), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ],
)
def test_twilio_s_published_values(url: str, signature: str) -> None:
    """The values of Twilio's own tests, with and without a port."""
    assert signature in twilio_signatures("12345", url, urlencode(FORM).encode())


@given(st.dictionaries(st.text("aAzZ_ü", min_size=1), st.text()))
def test_twilio_s_own_validator_agrees(form: dict[str, str]) -> None:
    """The signature from Twilio's library is among the accepted ones."""
    url = "https://[::1]:8080/a?b=c"
    signature = RequestValidator("token").compute_signature(url, form)
    encoded = urlencode(form, errors="surrogatepass").encode()
    assert signature in twilio_signatures("token", url, encoded)


def test_repeated_parameters() -> None:
    """Equal values count once, different ones are sorted."""
    form = b"Digits=5678&Digits=1234&Digits=1234&Sid=CA123&SidAccount=AC123"
    assert "IK+Dwps556ElfBT0I3Rgjkr1wJU=" in twilio_signatures("12345", URL, form)


def test_pamela_s_forms() -> None:
    """The signed text is sorted ASCII; the body may have other bytes for the same JSON."""
    payload = {"b": "ü", "a": [1, 1.0]}
    assert pamela_signed_text(payload, "compact") == rb'{"a":[1,1.0],"b":"\u00fc"}'
    assert pamela_signed_text(payload, "spaced") == rb'{"a": [1, 1.0], "b": "\u00fc"}'
    assert pamela_body(payload, "unsorted") == '{"b":"ü","a":[1,1.0]}'.encode()
    assert pamela_body(payload, "compact") == pamela_signed_text(payload, "compact")


def test_pamela_s_published_vector() -> None:
    """A known payload has a known signature."""
    payload = {
        "call_id": "call_123",
        "event": "call.completed",
        "status": "completed",
        "timestamp": "2026-02-21T23:34:25Z",
        "transcript": [
            {"speaker": "agent", "text": "Hello"},
            {"speaker": "callee", "text": "Hi"},
        ],
    }
    expected = "7dc1727785155f6c8650265175a74a4645a5b49b54fab6dc05739ed7e994059d"
    signed = pamela_signed_text(payload, "compact")
    assert hex_hmac("pamela-test-secret-1", signed) == expected
