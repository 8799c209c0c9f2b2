import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.webhooks.deliveries import load

from trunkline.webhooks import (
    IncomingRequest,
    Reason,
    TwilioSignature,
    WebhookVerificationError,
)

VECTORS = load("twilio-signatures.json")
TOKEN = "test-auth-token"
URL = "https://voice.example.com/inbound?tenant=7"
PARAMS = {"CallSid": "CA1", "From": "+15555555678", "To": "+15555551234", "Digits": ""}
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


def form(params: Any) -> bytes:
    return urlencode(params, doseq=True).encode()


def headers(signature: str, kind: str = FORM, **more: str) -> dict[str, str]:
    return {"Content-Type": kind, "X-Twilio-Signature": signature, **more}


def reason_of(call: Callable[[], object]) -> Reason:
    with pytest.raises(WebhookVerificationError) as caught:
        call()
    assert caught.value.__context__ is None
    return caught.value.reason


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_published_vectors_verify(vector: dict[str, Any]) -> None:
    """Twilio's own test values pass; with any one character changed they do not."""
    twilio = TwilioSignature(vector["token"])
    kind = "application/json" if vector["body"] else FORM
    body = vector["body"].encode() if vector["body"] else form(vector["params"])
    given = headers(vector["signature"], kind)

    assert twilio.sign(vector["url"], vector["params"]) == vector["signature"]
    twilio.verify(vector["url"], body, given)
    for url, other in ((vector["url"] + "x", body), (vector["url"], body + b"x")):
        assert reason_of(lambda u=url, b=other: twilio.verify(u, b, given)) is Reason.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("signed_for", "seen_as"),
    [
        ("https://a.example/x", "https://a.example:443/x"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example/x", "https://a.example:8443/x"),
        ("http://a.example:80", "http://a.example"),
        ("https://[2001:db8::1]/x?y#z", "https://[2001:db8::1]:443/x?y#z"),
        ("https://u:p@a.example/x", "https://u:p@a.example:443/x"),
    ],
)
def test_port_may_be_present_or_absent(signed_for: str, seen_as: str) -> None:
    """A port that only one side includes makes no difference."""
    twilio = TwilioSignature(TOKEN)
    signature = twilio.sign(signed_for, PARAMS)
    twilio.verify(seen_as, form(PARAMS), headers(signature))


def test_repeated_and_blank_parameters_count() -> None:
    """Values of a repeated name are all signed, in any order; a blank one is kept."""
    twilio = TwilioSignature(TOKEN)
    signature = twilio.sign(URL, {"A": ["2", "1", "2"], "B": "", "a": "x"})
    twilio.verify(URL, b"a=x&A=1&B=&A=2&A=2", headers(signature))
    callback = twilio.unwrap(URL, b"A=2&a=x&B=&A=1", headers(signature))
    assert callback.params == {"A": ("2", "1"), "a": ("x",), "B": ("",)}
    assert (
        reason_of(lambda: twilio.verify(URL, b"A=1&A=2&a=x", headers(signature)))
        is Reason.BAD_SIGNATURE
    )


def test_callback_shows_the_usual_fields_and_hides_numbers() -> None:
    """The documented parameters have their own fields; repr shows no phone number."""
    twilio = TwilioSignature(TOKEN)
    callback = twilio.unwrap(URL, form(PARAMS), headers(twilio.sign(URL, PARAMS)))
    assert (callback.call_sid, callback.from_, callback.to) == (
        "CA1",
        "+15555555678",
        "+15555551234",
    )
    assert callback.get("Digits") == ""
    assert callback.get("Absent", "other") == "other"
    assert "+1555" not in repr(callback)


def test_json_body_is_covered_by_the_hash_in_the_url() -> None:
    """The URL has the hash; another body, or a missing hash, is refused."""
    twilio = TwilioSignature(TOKEN)
    body = b'{"a": 1}'
    url = f"{URL}&bodySHA256={hashlib.sha256(body).hexdigest()}#part"
    given = headers(twilio.sign(url), "application/json")
    twilio.verify(url, body, given)
    assert reason_of(lambda: twilio.verify(url, b'{"a": 2}', given)) is Reason.BAD_SIGNATURE
    bare = headers(twilio.sign(URL), "application/json")
    assert reason_of(lambda: twilio.verify(URL, body, bare)) is Reason.BAD_SIGNATURE
    twilio.verify(URL, b"", bare)


def test_form_type_does_not_smuggle_an_unsigned_body() -> None:
    """A body of separators only has no parameters, so no signature covers it."""
    twilio = TwilioSignature(TOKEN)
    given = headers(twilio.sign(URL))
    assert reason_of(lambda: twilio.verify(URL, b"&&&", given)) is Reason.BAD_SIGNATURE


def test_sha256_is_used_where_the_settings_header_names_it() -> None:
    """The newer algorithm is read from its header; an unknown one is refused."""
    twilio = TwilioSignature(TOKEN)
    signature = twilio.sign(URL, PARAMS, algorithm="HMAC_SHA256")
    name = "X-Twilio-Webhooks-Signature-Settings"
    body = form(PARAMS)
    twilio.verify(URL, body, {**headers(signature), name: "key=k1, algorithm=HMAC_SHA256"})
    for settings in ("", "key=k1", "algorithm="):
        given = {**headers(twilio.sign(URL, PARAMS)), name: settings}
        twilio.verify(URL, body, given)
    assert reason_of(lambda: twilio.verify(URL, body, headers(signature))) is Reason.BAD_SIGNATURE
    odd = {**headers(signature), name: "algorithm=HMAC_MD5"}
    assert reason_of(lambda: twilio.verify(URL, body, odd)) is Reason.MALFORMED_HEADER
    assert reason_of(lambda: twilio.sign(URL, algorithm="none")) is Reason.MALFORMED_HEADER


@pytest.mark.parametrize("signature", ["", "!", "ä", "AAA", " ", "RSOYDt4T1cUTdK1PDd93/VVr8B9="])
def test_malformed_signatures_are_refused(signature: str) -> None:
    """A signature that is not base64, or an unusual spelling of it, never verifies."""
    twilio = TwilioSignature(TOKEN)
    expected = Reason.BAD_SIGNATURE if signature == "" else Reason.MALFORMED_HEADER
    assert reason_of(lambda: twilio.verify(URL, form(PARAMS), headers(signature))) is expected


def test_old_and_new_token_verify() -> None:
    """A token can be replaced without losing a call."""
    both = TwilioSignature(["new", "old"])
    both.verify(URL, form(PARAMS), headers(TwilioSignature("old").sign(URL, PARAMS)))
    assert both.sign(URL) == TwilioSignature("new").sign(URL)
    assert "old" not in repr(both)


def test_limits_hold_before_anything_is_computed() -> None:
    """Too many fields and too many bytes are refused."""
    twilio = TwilioSignature(TOKEN, max_body_bytes=5000)
    many = "&".join(f"a{i}=" for i in range(1001)).encode()
    signature = headers(twilio.sign(URL))
    assert len(many) > 5000
    assert reason_of(lambda: twilio.verify(URL, many, signature)) is Reason.BODY_TOO_LARGE
    wide = TwilioSignature(TOKEN)
    assert reason_of(lambda: wide.verify(URL, many, signature)) is Reason.UNDECODABLE_BODY


def request(target: str = "/inbound?tenant=7", **headers: str) -> IncomingRequest:
    body = form(PARAMS)
    given = {"Content-Type": FORM, "Host": "10.0.0.7:8000"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return IncomingRequest(body=body, headers=given, host="10.0.0.7:8000", target=target)


@pytest.mark.parametrize(
    ("options", "forwarded"),
    [
        ({"public_origin": "https://voice.example.com/"}, {}),
        (
            {"trusted_hops": 1},
            {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "voice.example.com"},
        ),
        (
            {"trusted_hops": 2},
            {
                "X_Forwarded_Proto": "gopher, https, http",
                "X_Forwarded_Host": "evil, voice.example.com, inner",
            },
        ),
        (
            {"trusted_hops": 1},
            {"X_Forwarded_Proto": "HTTPS", "X_Forwarded_Port": "443", "Host": "voice.example.com"},
        ),
    ],
)
def test_public_url_is_rebuilt_behind_proxies(
    options: dict[str, Any], forwarded: dict[str, str]
) -> None:
    """The URL that Twilio requested comes from the setting or from trusted proxies."""
    twilio = TwilioSignature(TOKEN, **options)
    given = request(X_Twilio_Signature=twilio.sign(URL, PARAMS), **forwarded)
    accepted = twilio.accept(given)
    assert accepted.event.call_sid == "CA1"


@pytest.mark.parametrize(
    ("hops", "forwarded"),
    [
        (0, {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "voice.example.com"}),
        (2, {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "voice.example.com"}),
        (1, {"X_Forwarded_Proto": "https, http", "X_Forwarded_Host": "voice.example.com"}),
    ],
)
def test_forwarded_headers_of_strangers_are_not_read(hops: int, forwarded: dict[str, str]) -> None:
    """Without trust, or further left than the trusted proxies, the headers are ignored."""
    twilio = TwilioSignature(TOKEN, trusted_hops=hops)
    given = request(X_Twilio_Signature=twilio.sign(URL, PARAMS), **forwarded)
    assert reason_of(lambda: twilio.accept(given)) is Reason.BAD_SIGNATURE


def test_replay_key_is_of_the_signed_text() -> None:
    """One request has one key, however its parameters are ordered or its port is written."""
    twilio = TwilioSignature(TOKEN, public_origin="https://voice.example.com")
    shown = TwilioSignature(TOKEN, public_origin="https://voice.example.com:443")
    given = request(X_Twilio_Signature=twilio.sign(URL, PARAMS))
    turned = IncomingRequest(
        body=form(dict(reversed(PARAMS.items()))), headers=given.headers, target=given.target
    )
    keys = {source.accept(r).key for source in (twilio, shown) for r in (given, turned)}
    assert len(keys) == 1


@pytest.mark.parametrize("url", [None, 5, b"https://h/p", object()])
def test_url_that_is_no_text_is_our_error(url: Any) -> None:
    """A framework's URL object may have changed the spelling, so it is not converted to text."""
    twilio = TwilioSignature(TOKEN)
    given = {"X-Twilio-Signature": twilio.sign("https://h/p")}
    for call in (
        lambda: twilio.verify(url, b"", given),
        lambda: twilio.unwrap(url, b"", given),
        lambda: twilio.sign(url),
    ):
        with pytest.raises(WebhookVerificationError, match="not the text that was signed"):
            call()
