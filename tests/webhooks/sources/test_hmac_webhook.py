import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable
from typing import Any, Literal

import pytest

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    HMACScheme,
    HMACWebhook,
    IncomingRequest,
    MemoryReplayStore,
    Reason,
    UnknownEvent,
    WebhookEndpoint,
    WebhookVerificationError,
)
from trunkline.webhooks.events import whispey

SECRET = "whsec_generic"
BODY = b'{"type": "call.ended", "id": "c1"}'
NOW = 1_792_774_577.0

STRIPE = HMACScheme(
    header="Stripe-Signature",
    algorithm="sha256",
    encoding="hex",
    signature_parameter="v1",
    timestamp_parameter="t",
    signed_content="{timestamp}.{body}",
)
SLACK = HMACScheme(
    header="X-Slack-Signature",
    algorithm="sha256",
    encoding="hex",
    prefix="v0=",
    timestamp_header="X-Slack-Request-Timestamp",
    signed_content="v0:{timestamp}:{body}",
)
GITHUB = HMACScheme(
    header="X-Hub-Signature-256", algorithm="sha256", encoding="hex", prefix="sha256="
)


class AcmeWebhook(HMACWebhook[whispey.WhispeyEvent]):
    """A provider in five lines."""

    name = "acme"
    default_scheme = STRIPE
    _event_types = whispey.EVENTS
    _parse_event = staticmethod(whispey.parse)


def digest(content: bytes, secret: str = SECRET, algorithm: str = "sha256") -> bytes:
    return hmac.new(secret.encode(), content, algorithm).digest()


def receiver(scheme: HMACScheme, secret: Any = SECRET, **options: Any) -> HMACWebhook:
    return HMACWebhook(secret, scheme, clock=lambda: NOW, **options)


def reason_of(call: Callable[[], object]) -> Reason:
    with pytest.raises(WebhookVerificationError) as caught:
        call()
    assert caught.value.__context__ is None
    return caught.value.reason


def test_signatures_of_well_known_senders_pass() -> None:
    """The forms of Stripe, Slack and GitHub, each as in its documentation."""
    stamp = str(int(NOW))
    stripe = digest(f"{stamp}.".encode() + BODY).hex()
    slack = digest(f"v0:{stamp}:".encode() + BODY).hex()
    for scheme, headers in (
        (STRIPE, {"stripe-signature": f"t={stamp},v1={stripe},v0=old"}),
        (SLACK, {"X-Slack-Signature": f"v0={slack}", "X-Slack-Request-Timestamp": stamp}),
        (GITHUB, {"X-Hub-Signature-256": f"sha256={digest(BODY).hex()}"}),
    ):
        event = receiver(scheme).unwrap(BODY, headers)
        assert isinstance(event, UnknownEvent)
        assert (event.event, event.payload["id"]) == ("call.ended", "c1")


@pytest.mark.parametrize("scheme", [STRIPE, SLACK, GITHUB])
def test_what_it_signs_it_verifies(scheme: HMACScheme) -> None:
    """The headers for tests and senders are those of a delivery."""
    webhook = receiver(scheme)
    headers = webhook.sign_headers(BODY)
    webhook.verify(BODY, headers)
    assert headers[scheme.header] == webhook.sign(BODY)
    assert reason_of(lambda: webhook.verify(BODY + b" ", headers)) is Reason.BAD_SIGNATURE


def test_several_secrets_and_several_signatures_meet_while_one_is_replaced() -> None:
    """Any secret may match any signature of the list, on either side of a rotation."""
    stamp = str(int(NOW))
    content = f"{stamp}.".encode() + BODY
    old, new = digest(content, "old").hex(), digest(content, "new").hex()
    headers = {"Stripe-Signature": f"t={stamp}, v1={old}, v1={new}"}
    for secrets in (["old"], ["new"], ["newest", "new"], ["newest", "old"]):
        receiver(STRIPE, secrets).verify(BODY, headers)
    assert reason_of(lambda: receiver(STRIPE, "other").verify(BODY, headers)) is (
        Reason.BAD_SIGNATURE
    )


@pytest.mark.parametrize(
    ("age", "reason"), [(300, None), (301, "too_old"), (-300, None), (-301, "too_new")]
)
@pytest.mark.parametrize("scheme", [STRIPE, SLACK])
def test_signed_time_is_checked_to_the_second(
    scheme: HMACScheme, age: int, reason: str | None
) -> None:
    """Five minutes either way pass, one second more does not."""
    headers = HMACWebhook(SECRET, scheme, clock=lambda: NOW - age).sign_headers(BODY)
    if reason is None:
        receiver(scheme).verify(BODY, headers)
    else:
        assert reason_of(lambda: receiver(scheme).verify(BODY, headers)) == reason
        receiver(scheme, tolerance=3600).verify(BODY, headers)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("v1={0}", "bad_timestamp"),
        ("t=,v1={0}", "bad_timestamp"),
        ("t=\u0661,v1={0}", "bad_timestamp"),
        ("t=9999999999999,v1={0}", "bad_timestamp"),
        ("t=1,t=2,v1={0}", "bad_timestamp"),
        ("t=1792774577", "malformed_header"),
        ("t=1792774577,v1=", "malformed_header"),
        ("t=1792774577,v1={0}0", "malformed_header"),
        ("t=1792774577,v2={0}", "malformed_header"),
        ("t=1792774577,v1={0}", "bad_signature"),
        ("", "bad_timestamp"),
    ],
)
def test_header_of_several_parts_is_read_strictly(header: str, reason: str) -> None:
    """Missing, duplicate and malformed parts each have their own reason."""
    headers = {"Stripe-Signature": header.format("0" * 64)}
    assert reason_of(lambda: receiver(STRIPE).verify(BODY, headers)) == reason


def test_provider_is_a_subclass_of_five_lines() -> None:
    """Its events are typed, and repetitions are recognised although each is signed anew."""
    seen = list[object]()
    body = b'{"event": "call.completed", "data": {"call_id": "c9", "duration": 61}}'
    times = iter([NOW, NOW + 7])
    sender = AcmeWebhook(SECRET, clock=lambda: next(times), tolerance=300)
    receiving = WebhookEndpoint(AcmeWebhook(SECRET, clock=lambda: NOW), store=MemoryReplayStore())
    receiving.on(whispey.CallCompleted)(seen.append)
    outcomes = [
        receiving.receive(IncomingRequest(body=body, headers=sender.sign_headers(body))).outcome
        for _ in range(2)
    ]
    assert outcomes == ["handled", "duplicate"]
    assert [event.duration for event in seen if isinstance(event, whispey.CallCompleted)] == [61]


@pytest.mark.parametrize("encoding", ["hex", "base64"])
@pytest.mark.parametrize("algorithm", ["sha1", "sha384", "sha512"])
def test_other_hashes_and_base64(algorithm: Any, encoding: Literal["hex", "base64"]) -> None:
    """The other algorithms and base64, against the standard library's HMAC."""
    scheme = HMACScheme(header="X-Sig", algorithm=algorithm, encoding=encoding)
    raw = hmac.new(SECRET.encode(), BODY, getattr(hashlib, algorithm)).digest()
    text = raw.hex() if encoding == "hex" else b64encode(raw).decode()
    receiver(scheme).verify(BODY, {"x-sig": text})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"header": ""}, "header"),
        ({"prefix": None}, "text"),
        ({"algorithm": "md5"}, "algorithm"),
        ({"encoding": "utf-8"}, "encoding"),
        ({"timestamp_parameter": "t"}, "signature_parameter"),
        ({"timestamp_header": "X-Time"}, "signed_content"),
        ({"signed_content": "{timestamp}.{body}"}, "timestamp"),
        ({"signed_content": "body"}, r"\{body\} once"),
    ],
)
def test_scheme_that_cannot_work_is_refused_when_it_is_built(
    options: dict[str, Any], said: str
) -> None:
    """The error is raised before the first delivery arrives."""
    usual = {"header": "X-Sig", "algorithm": "sha256", "encoding": "hex"}
    with pytest.raises(ConfigurationError, match=said):
        HMACScheme(**{**usual, **options})


@pytest.mark.parametrize("scheme", [None, "sha256", HMACScheme])
def test_webhook_without_a_scheme_is_refused(scheme: Any) -> None:
    """No scheme is assumed for an unknown sender."""
    with pytest.raises(ConfigurationError, match="HMACScheme"):
        HMACWebhook(SECRET, scheme)


def test_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """One variable, several secrets during a rotation; without it the error names it."""

    class FromEnvironment(AcmeWebhook):
        secret_variable = "ACME_WEBHOOK_SECRET"

    with pytest.raises(ConfigurationError, match="set ACME_WEBHOOK_SECRET"):
        FromEnvironment.from_env()
    monkeypatch.setenv("ACME_WEBHOOK_SECRET", f"new, {SECRET}")
    webhook = FromEnvironment.from_env(clock=lambda: NOW)
    webhook.verify(BODY, receiver(STRIPE).sign_headers(BODY))
    assert SECRET not in repr(webhook)
