import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, load, signed

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    PamelaWebhook,
    Reason,
    StateSetWebhook,
    TwilioSignature,
    UnconfirmedScheme,
    WebhookVerificationError,
    WhispeyWebhook,
    canonical_json,
    verify_webhook_signature,
)

VECTORS = load("pamela-signatures.json")
BODY = encode(COMPLETED)


def reason_of(call: Callable[[], object]) -> Reason:
    with pytest.raises(WebhookVerificationError) as caught:
        call()
    assert caught.value.__context__ is None
    return caught.value.reason


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_vectors_verify_in_their_modes(vector: dict[str, Any]) -> None:
    """Raw and compact signatures pass, the spaced one only when old senders are allowed."""
    body = vector["raw_body"].encode()
    strict = PamelaWebhook(vector["secret"])
    lenient = PamelaWebhook(vector["secret"], accept_legacy_spaced=True)

    assert strict.sign(body) == vector["raw"]
    strict.verify(body, {"X-Pamela-Signature": vector["raw"]})
    strict.verify(body, {"X-Pamela-Signature": vector["compact"]})
    strict.verify_payload(json.loads(body), vector["compact"])
    lenient.verify(body, {"X-Pamela-Signature": vector["spaced"]})
    lenient.verify_payload(json.loads(body), vector["spaced"])
    if vector["spaced"] not in (vector["raw"], vector["compact"]):
        spaced = {"X-Pamela-Signature": vector["spaced"]}
        assert reason_of(lambda: strict.verify(body, spaced)) is Reason.BAD_SIGNATURE


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_page_function_verifies_the_vectors(vector: dict[str, Any]) -> None:
    """The function of the vendor's page returns True for parsed payloads and for text."""
    payload, secret = json.loads(vector["raw_body"]), vector["secret"]
    assert verify_webhook_signature(payload, vector["compact"], secret)
    assert verify_webhook_signature(vector["raw_body"], vector["raw"], secret)
    assert verify_webhook_signature(vector["raw_body"].encode(), vector["raw"], secret)
    assert verify_webhook_signature(payload, vector["spaced"], secret, accept_legacy_spaced=True)


@pytest.mark.parametrize(
    "signature",
    [None, "", "0" * 64, "0" * 63, "ä" * 64, "\x00", "sha256=" + "0" * 64, "x" * 1_000_000],
    ids=["none", "empty", "wrong", "short", "non-ascii", "binary", "prefixed", "huge"],
)
def test_page_function_is_false_for_odd_signatures(signature: str | None) -> None:
    """No value in the signature header raises."""
    assert verify_webhook_signature(COMPLETED, signature, SECRET) is False
    assert verify_webhook_signature(BODY, signature, SECRET) is False


@pytest.mark.parametrize("payload", [None, object(), {1: 2, "a": 3}, {"a": {1}}, "\ud800", b"\xff"])
def test_page_function_is_false_for_odd_payloads(payload: object) -> None:
    """What is not JSON was not signed."""
    assert verify_webhook_signature(payload, "0" * 64, SECRET) is False


@pytest.mark.parametrize("secret", ["", " ", b"", [], [""], ["good", ""], None, [None], 7])
def test_empty_secrets_are_refused(secret: Any) -> None:
    """An empty secret would let anybody sign; the error is also a ValueError."""
    assert reason_of(lambda: PamelaWebhook(secret)) is Reason.EMPTY_SECRET
    with pytest.raises(ValueError, match="secret"):
        verify_webhook_signature(COMPLETED, "0" * 64, secret)


@pytest.mark.parametrize(
    "spoil",
    [str.upper, lambda s: "sha256=" + s, lambda s: s + " ", lambda s: " " + s, lambda s: s + "\n"],
    ids=["upper", "prefix", "trailing space", "leading space", "newline"],
)
def test_other_spellings_of_a_right_signature_are_refused(spoil: Callable[[str], str]) -> None:
    """Only the documented form of the header counts."""
    header = {"X-Pamela-Signature": spoil(signed(BODY)["X-Pamela-Signature"])}
    assert reason_of(lambda: PamelaWebhook(SECRET).verify(BODY, header)) is Reason.MALFORMED_HEADER


def test_any_of_several_secrets_verifies_and_the_first_one_signs() -> None:
    """A secret can be replaced without losing a delivery."""
    both = PamelaWebhook(["new", "old"])
    both.verify(BODY, signed(BODY, "old"))
    both.verify(BODY, signed(BODY, "new"))
    assert both.sign(BODY) == PamelaWebhook("new").sign(BODY)
    assert reason_of(lambda: both.verify(BODY, signed(BODY, "other"))) is Reason.BAD_SIGNATURE


@pytest.mark.parametrize("position", range(3))
def test_every_secret_is_tried_whichever_matches(
    position: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of comparisons does not show which secret is in use."""
    compared: list[int] = []
    genuine = hmac.compare_digest

    def counting(a: bytes, b: bytes) -> bool:
        compared.append(1)
        return genuine(a, b)

    monkeypatch.setattr("hmac.compare_digest", counting)
    secrets = ["a", "b", "c"]
    PamelaWebhook(secrets).verify(BODY, signed(BODY, secrets[position]))
    assert len(compared) == 3


def test_secret_is_used_as_it_is() -> None:
    """Neither the usual prefix nor surrounding space is removed from the secret."""
    for secret in ("whsec_abc", " abc ", "ключ-🔑"):
        expected = hmac.new(secret.encode(), BODY, hashlib.sha256).hexdigest()
        assert PamelaWebhook(secret).sign(BODY) == expected


def test_unwrap_verifies_before_it_parses() -> None:
    """Any forged body is a bad signature; an authentic broken one is undecodable."""
    webhook = PamelaWebhook(SECRET)
    broken = b'{"event": '
    forged = {"X-Pamela-Signature": "0" * 64}
    assert reason_of(lambda: webhook.unwrap(broken, forged)) is Reason.BAD_SIGNATURE
    authentic = signed(broken)
    assert reason_of(lambda: webhook.unwrap(broken, authentic)) is Reason.UNDECODABLE_BODY
    webhook.verify(broken, authentic)


def test_body_above_the_limit_is_refused_before_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge body costs no hashing, whatever its signature."""
    webhook = PamelaWebhook(SECRET, max_body_bytes=len(BODY))
    webhook.verify(BODY, signed(BODY))

    def no_hash(*_: object) -> bytes:
        raise AssertionError("hashed")

    monkeypatch.setattr("hmac.digest", no_hash)
    longer, headers = BODY + b" ", {"X-Pamela-Signature": "0" * 64}
    assert reason_of(lambda: webhook.verify(longer, headers)) is Reason.BODY_TOO_LARGE
    assert reason_of(lambda: webhook.sign(longer)) is Reason.BODY_TOO_LARGE
    spaced = {"padding": " " * len(BODY)}
    assert reason_of(lambda: webhook.verify_payload(spaced, "0" * 64)) is Reason.BODY_TOO_LARGE


@pytest.mark.parametrize("body", ["text", None, [], 7, {"a": 1}])
def test_body_that_is_not_bytes_is_refused(body: Any) -> None:
    """A decoded or parsed body is not what was signed."""
    headers = {"X-Pamela-Signature": "0" * 64}
    webhook = PamelaWebhook(SECRET)
    assert reason_of(lambda: webhook.verify(body, headers)) is Reason.BODY_NOT_BYTES


def test_bytearray_is_bytes() -> None:
    """A mutable buffer is read as its bytes."""
    body: Any = bytearray(BODY)
    PamelaWebhook(SECRET).verify(body, signed(BODY))


def at(seconds: float) -> Callable[[], float]:
    start = 1793613600.0  # 2026-11-02T10:00:00Z, the timestamp of the example
    return lambda: start + seconds


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [(0, None), (300, None), (-300, None), (300.5, Reason.TOO_OLD), (-300.5, Reason.TOO_NEW)],
)
def test_tolerance_bounds_the_age_both_ways(seconds: float, reason: Reason | None) -> None:
    """Exactly the tolerance still passes; verify and unwrap agree."""
    webhook = PamelaWebhook(SECRET, tolerance=300, clock=at(seconds))
    canonical = webhook.sign(canonical_json(COMPLETED))
    for check in (
        lambda: webhook.verify(BODY, signed(BODY)),
        lambda: webhook.unwrap(BODY, signed(BODY)),
        lambda: webhook.verify_payload(COMPLETED, canonical),
    ):
        if reason is None:
            check()
        else:
            assert reason_of(check) is reason


@pytest.mark.parametrize("timestamp", [None, "yesterday", 1793613600, "", "0001-01-01T00:00+23:00"])
def test_tolerance_needs_a_readable_timestamp(timestamp: object) -> None:
    """With a tolerance, a call event of unknown age is refused."""
    body = encode({**COMPLETED, "timestamp": timestamp})
    webhook = PamelaWebhook(SECRET, tolerance=300, clock=at(0))
    assert reason_of(lambda: webhook.verify(body, signed(body))) is Reason.BAD_TIMESTAMP
    PamelaWebhook(SECRET).verify(body, signed(body))


def test_tolerance_leaves_tool_calls_alone() -> None:
    """Tool calls carry no timestamp, so a tolerance does not refuse them."""
    body = encode(TOOL_CALL)
    PamelaWebhook(SECRET, tolerance=300, clock=at(9999)).verify(body, signed(body))


def test_verify_payload_takes_text_as_the_body() -> None:
    """Text is signed as it is, so a changed space is detected."""
    webhook = PamelaWebhook(SECRET)
    text = '{"b": 1,  "a": 2}'
    webhook.verify_payload(text, signed(text.encode())["X-Pamela-Signature"])
    assert reason_of(lambda: webhook.verify_payload(text, None)) is Reason.MISSING_HEADER
    assert reason_of(lambda: webhook.verify_payload({}, "0" * 64)) is Reason.BAD_SIGNATURE


def test_canonical_signature_also_passes_for_a_reordered_body() -> None:
    """A body that was serialised again in transit still has its canonical signature."""
    payload = {"event": "call.failed", "call_id": "ü"}
    canonical = b'{"call_id":"\\u00fc","event":"call.failed"}'
    rewritten = json.dumps(payload, indent=2, ensure_ascii=False).encode()
    event = PamelaWebhook(SECRET).unwrap(rewritten, signed(canonical))
    assert event.payload == payload


@pytest.mark.parametrize("tolerance", ["5", float("nan"), float("inf"), -1, [5], True])
def test_tolerance_that_checks_nothing_is_refused(tolerance: Any) -> None:
    """Checked when the receiver is built: NaN would accept any age."""
    with pytest.raises(ConfigurationError, match="tolerance is a finite number"):
        PamelaWebhook(SECRET, tolerance=tolerance)


@pytest.mark.parametrize("limit", [None, 0, -1, 2.5, True, "1000"])
def test_limit_of_the_body_that_is_none_is_refused(limit: Any) -> None:
    """By every receiver, when it is built; not with another error at the first delivery."""
    builders: list[Callable[[], object]] = [
        lambda: PamelaWebhook(SECRET, max_body_bytes=limit),
        lambda: TwilioSignature(SECRET, max_body_bytes=limit),
        lambda: StateSetWebhook(max_body_bytes=limit),
        lambda: WhispeyWebhook(
            SECRET,
            UnconfirmedScheme(header="X-Signature", algorithm="sha256", encoding="hex"),
            max_body_bytes=limit,
        ),
    ]
    for build in builders:
        with pytest.raises(ConfigurationError, match="max_body_bytes is an integer above 0"):
            build()


def test_replay_key_is_the_same_for_a_body_that_is_written_and_signed_anew() -> None:
    """Whichever form was signed; other content is another delivery."""
    webhook = PamelaWebhook(SECRET, accept_legacy_spaced=True)

    def key(body: bytes, signature_of: bytes | None = None) -> str:
        headers = signed(body if signature_of is None else signature_of)
        return webhook.accept(IncomingRequest(body=body, headers=headers)).key

    spaced = json.dumps(COMPLETED, sort_keys=True).encode()
    keys = {
        key(BODY),
        key(json.dumps(COMPLETED, indent=2).encode()),
        key(BODY, canonical_json(COMPLETED)),
        key(BODY, spaced),
    }
    assert len(keys) == 1
    assert key(encode({**COMPLETED, "status": "other"})) not in keys


def test_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """PAMELA_WEBHOOK_SECRET holds one secret or several; without it the error names it."""
    for value in (None, "", " , "):
        if value is None:
            monkeypatch.delenv("PAMELA_WEBHOOK_SECRET", raising=False)
        else:
            monkeypatch.setenv("PAMELA_WEBHOOK_SECRET", value)
        with pytest.raises(ConfigurationError, match="set PAMELA_WEBHOOK_SECRET"):
            PamelaWebhook.from_env()
    body = b'{"event": "new"}'
    for value in (SECRET, f"another, {SECRET}"):
        monkeypatch.setenv("PAMELA_WEBHOOK_SECRET", value)
        webhook = PamelaWebhook.from_env(refuse_unknown=True)
        webhook.verify(body, signed(body))
        assert reason_of(lambda w=webhook: w.unwrap(body, signed(body))) is Reason.UNKNOWN_EVENT
