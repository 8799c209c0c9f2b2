import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from tests.webhooks.deliveries import encode

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    Reason,
    SharedSecret,
    UnconfirmedScheme,
    UnsignedDelivery,
    UnsignedWhispeyWebhook,
    WebhookVerificationError,
    WhispeyWebhook,
)
from trunkline.webhooks.events import whispey

SECRET = "shared with the dashboard"
BODY = encode(
    {
        "event": "call.completed",
        "timestamp": "2026-11-02T14:30:00Z",
        "data": {"call_id": "call-789", "agent_id": "agent-123", "duration": 180, "cost": 0.15},
    }
)
HEX = UnconfirmedScheme(header="X-Signature", algorithm="sha256", encoding="hex", prefix="sha256=")


def reason_of(call: Callable[[], object]) -> Reason:
    with pytest.raises(WebhookVerificationError) as caught:
        call()
    assert caught.value.__context__ is None
    return caught.value.reason


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("encoding", ["hex", "base64"])
def test_scheme_is_what_its_user_says(algorithm: Any, encoding: Any) -> None:
    """Each combination signs the raw body as a plain HMAC and verifies it."""
    scheme = UnconfirmedScheme(header="X-Sig", algorithm=algorithm, encoding=encoding, prefix="v=")
    digest = hmac.new(SECRET.encode(), BODY, algorithm).digest()
    text = digest.hex() if encoding == "hex" else b64encode(digest).decode()
    webhook = WhispeyWebhook(SECRET, scheme)

    assert webhook.sign(BODY) == f"v={text}"
    webhook.verify(BODY, {"x-sig": f"v={text}"})
    event = webhook.unwrap(BODY, {"x-sig": f"v={text}"})
    assert isinstance(event, whispey.CallCompleted)
    assert (event.call_id, event.duration, event.cost) == ("call-789", 180, 0.15)


def test_what_is_not_signed_never_counts_as_verified() -> None:
    """A missing or wrong header, a missing prefix, or another case: each has its reason."""
    webhook = WhispeyWebhook([SECRET, "older"], HEX)
    right = hashlib.sha256().hexdigest()
    assert reason_of(lambda: webhook.verify(BODY, {})) is Reason.MISSING_HEADER
    for value, reason in (
        (f"sha256={right}", Reason.BAD_SIGNATURE),
        (right, Reason.MALFORMED_HEADER),
        (f"sha256={right.upper()}", Reason.MALFORMED_HEADER),
        ("sha256=", Reason.MALFORMED_HEADER),
        ("sha256=zz", Reason.MALFORMED_HEADER),
        ("ü", Reason.MALFORMED_HEADER),
    ):
        assert reason_of(lambda v=value: webhook.unwrap(BODY, {"X-Signature": v})) is reason
    webhook.verify(BODY, {"X-Signature": WhispeyWebhook("older", HEX).sign(BODY)})
    assert SECRET not in repr(webhook)


@pytest.mark.parametrize(
    "option",
    [{"algorithm": "md5"}, {"algorithm": ["sha256"]}, {"encoding": "latin"}, {"encoding": ["hex"]}],
)
def test_scheme_that_is_none_is_refused(option: dict[str, Any]) -> None:
    """A misspelt algorithm or encoding is refused when the scheme is created."""
    options: dict[str, Any] = {"header": "X", "algorithm": "sha256", "encoding": "hex", **option}
    with pytest.raises(ConfigurationError):
        UnconfirmedScheme(**options)


def test_unknown_events_can_be_refused() -> None:
    """An event outside the contract is kept, unless the user refuses such events."""
    body = encode({"event": "budget.gone", "data": {}})
    header = {"X-Signature": WhispeyWebhook(SECRET, HEX).sign(body)}
    assert WhispeyWebhook(SECRET, HEX).unwrap(body, header).event == "budget.gone"
    strict = WhispeyWebhook(SECRET, HEX, refuse_unknown=True)
    assert reason_of(lambda: strict.unwrap(body, header)) is Reason.UNKNOWN_EVENT


def test_without_a_scheme_a_delivery_says_that_it_is_unsigned() -> None:
    """The other receiver returns another type, whatever was checked."""
    webhook = UnsignedWhispeyWebhook(shared_secret=SharedSecret("Authorization", "Bearer x"))
    delivery = webhook.unwrap(BODY, {"Authorization": "Bearer x"})
    assert isinstance(delivery, UnsignedDelivery)
    assert not delivery.signed
    assert delivery.checks == {"shared_secret"}
    assert reason_of(lambda: webhook.unwrap(BODY, {})) is Reason.MISSING_HEADER


def test_both_receivers_accept_and_know_the_flat_body() -> None:
    """The endpoint can dispatch the flat body by name and remember it by its digest."""
    body = encode({"call_id": "c1", "agent_id": "a1", "duration_seconds": 61.5})
    signed = WhispeyWebhook(SECRET, HEX)
    for source, headers in (
        (signed, {"X-Signature": signed.sign(body)}),
        (UnsignedWhispeyWebhook(), {}),
    ):
        accepted = source.accept(IncomingRequest(body=body, headers=headers))
        assert accepted.key == f"whispey:{hashlib.sha256(body).hexdigest()}"
        assert source.event_types()["call_log"] is type(accepted.event)


@pytest.mark.parametrize("scheme", [None, "sha256", UnconfirmedScheme])
def test_receiver_without_a_scheme_is_refused_when_it_is_built(scheme: Any) -> None:
    """There is no default scheme, and the error names the receiver without one."""
    with pytest.raises(ConfigurationError, match="UnsignedWhispeyWebhook"):
        WhispeyWebhook("secret", scheme)
