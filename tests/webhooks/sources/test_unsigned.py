from collections.abc import Callable
from typing import Any

import pytest
from tests.webhooks.deliveries import encode

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    PhoneAIWebhook,
    Reason,
    SharedSecret,
    StateSetWebhook,
    WebhookVerificationError,
)

BODY = encode({"event": "voice.call.started", "data": {"call_sid": "CA1"}})


def reason_of(call: Callable[[], object]) -> Reason:
    with pytest.raises(WebhookVerificationError) as caught:
        call()
    assert caught.value.__context__ is None
    return caught.value.reason


def test_nothing_checked_is_said_so() -> None:
    """A delivery that anybody can send has no check and is never called signed."""
    delivery = StateSetWebhook().unwrap(BODY, {"X-Idempotency-Key": "evt-1"})
    assert (delivery.signed, delivery.checks) == (False, frozenset())
    assert delivery.idempotency_key == "evt-1"
    assert not hasattr(StateSetWebhook, "verify")


def test_shared_secret_is_required_once_it_is_configured() -> None:
    """Absent, wrong, duplicate and right values of the header."""
    secret = SharedSecret("X-Hook-Secret", ["new", "old"])
    webhook = StateSetWebhook(shared_secret=secret)
    assert reason_of(lambda: webhook.unwrap(BODY, {})) is Reason.MISSING_HEADER
    for wrong in ("", "New", "ol", "öld", "\ud800"):
        headers = {"X-Hook-Secret": wrong}
        assert reason_of(lambda h=headers: webhook.unwrap(BODY, h)) is Reason.BAD_SIGNATURE
    doubled = [("X-Hook-Secret", "new"), ("x-hook-secret", "other")]
    assert reason_of(lambda: webhook.unwrap(BODY, doubled)) is Reason.MALFORMED_HEADER
    for right in ("new", "old"):
        assert webhook.unwrap(BODY, {"x-hook-secret": right}).checks == {"shared_secret"}
    assert "new" not in repr(webhook)


def test_shared_secret_that_could_not_arrive_is_refused_when_it_is_built() -> None:
    """Servers decode other characters differently; the secret is not shown."""
    for value in ("pässwort", ["fine", "pässwort"], b"p\xe4sswort"):
        with pytest.raises(ConfigurationError, match="must be ASCII") as caught:
            SharedSecret("X-Hook-Secret", value)
        assert "sswort" not in str(caught.value)
    with pytest.raises(ConfigurationError, match="header"):
        SharedSecret("", "secret")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("192.0.2.7", True),
        ("::ffff:192.0.2.7", True),
        ("2001:db8::1", True),
        ("192.0.3.7", False),
        ("2001:db9::1", False),
        ("unix:", False),
        ("", False),
        (None, False),
    ],
)
def test_networks_narrow_down_the_sender(address: str | None, allowed: bool) -> None:  # noqa: FBT001 - a column of the table
    """Only addresses in the listed networks pass, in either notation."""
    webhook = StateSetWebhook(networks=["192.0.2.0/24", "2001:db8::/32"])
    if allowed:
        assert webhook.unwrap(BODY, {}, remote_address=address).checks == {"network"}
    else:
        assert (
            reason_of(lambda: webhook.unwrap(BODY, {}, remote_address=address))
            is Reason.FOREIGN_NETWORK
        )


@pytest.mark.parametrize(
    ("hops", "forwarded", "allowed"),
    [
        (0, ["192.0.2.7"], False),
        (1, ["192.0.2.7"], True),
        (1, ["192.0.2.7, 203.0.113.9"], False),
        (2, ["192.0.2.7, 203.0.113.9"], True),
        (2, ["192.0.2.7", "203.0.113.9"], True),
        (3, ["192.0.2.7, 203.0.113.9"], False),
        (1, [], False),
    ],
)
def test_address_is_read_through_trusted_proxies_only(
    hops: int,
    forwarded: list[str],
    allowed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """The address is counted from the right, over all lines of the header."""
    webhook = StateSetWebhook(networks=["192.0.2.0/24"], trusted_hops=hops)
    headers = [("x-forwarded-for", line) for line in forwarded]
    call = lambda: webhook.unwrap(BODY, headers, remote_address="10.0.0.1")  # noqa: E731 - used twice
    if allowed:
        assert call().checks == {"network"}
    else:
        assert reason_of(call) is Reason.FOREIGN_NETWORK


def test_something_that_is_no_network_is_a_configuration_error() -> None:
    """The value is named; a host address with a mask is not accepted as a network."""
    for text in ("example.com", "192.0.2.7/24", ""):
        with pytest.raises(ConfigurationError, match="not a network"):
            StateSetWebhook(networks=[text])


def test_replay_key_prefers_the_idempotency_header() -> None:
    """A retry with a rebuilt body is the same delivery; without the header the body counts."""
    webhook = StateSetWebhook()

    def key(body: bytes, **headers: str) -> str:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return webhook.accept(IncomingRequest(body=body, headers=given)).key

    assert key(BODY, X_Idempotency_Key="1") == key(BODY + b" ", X_Idempotency_Key="1")
    assert key(BODY, X_Idempotency_Key="1") != key(BODY, X_Idempotency_Key="2")
    assert key(BODY) == key(BODY) != key(BODY + b" ")
    for blank in ("", " "):
        assert key(BODY, X_Idempotency_Key=blank) == key(BODY)
        assert webhook.unwrap(BODY, {"X-Idempotency-Key": blank}).idempotency_key is None
    imitation = encode({"event": "voice.call.started"})
    assert key(imitation) != key(BODY, X_Idempotency_Key=imitation.decode())


def test_unknown_events_can_be_refused() -> None:
    """refuse_unknown turns an event outside the contract into an error."""
    body = encode({"event": "voice.call.paused"})
    assert StateSetWebhook().unwrap(body, {}).event.event == "voice.call.paused"
    strict = StateSetWebhook(refuse_unknown=True)
    assert reason_of(lambda: strict.unwrap(body, {})) is Reason.UNKNOWN_EVENT


@pytest.mark.parametrize("payload", [{}, {"anything": ["goes", 1]}, {"type": "x", "text": "hi"}])
def test_phone_ai_takes_any_object(payload: dict[str, Any]) -> None:
    """No field is documented, so none is required and all are kept."""
    delivery = PhoneAIWebhook().unwrap(encode(payload), {})
    assert delivery.event.payload == payload
    assert delivery.idempotency_key is None


@pytest.mark.parametrize("body", [b"[]", b"1", b"null", b'"text"', b"true"])
def test_phone_ai_wants_an_object(body: bytes) -> None:
    """Other JSON values are malformed events, and the error names their kind."""
    assert reason_of(lambda: PhoneAIWebhook().unwrap(body, {})) is Reason.MALFORMED_EVENT
