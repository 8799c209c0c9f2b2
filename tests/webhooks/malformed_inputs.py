"""Malformed input from senders and callers; also a separate program for long runs.

``python -m tests.webhooks.malformed_inputs 300`` searches for 300 seconds and prints what it tried.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from tests.webhooks.deliveries import SECRET

from trunkline.webhooks import (
    HMACScheme,
    HMACWebhook,
    IncomingRequest,
    PamelaWebhook,
    PhoneAIWebhook,
    SharedSecret,
    StateSetWebhook,
    TwilioSignature,
    UnconfirmedScheme,
    UnsignedWhispeyWebhook,
    WebhookVerificationError,
    WhispeyWebhook,
    verify_webhook_signature,
)

SCHEME = UnconfirmedScheme(header="X-Whispey-Signature", algorithm="sha256", encoding="base64")
PAMELA = PamelaWebhook(["a", SECRET], accept_legacy_spaced=True, tolerance=60)
TWILIO = TwilioSignature(["a", SECRET], trusted_hops=1)
WHISPEY = WhispeyWebhook(SECRET, SCHEME)
ACME = HMACWebhook(
    ["a", SECRET],
    HMACScheme(
        header="Acme-Signature",
        algorithm="sha256",
        encoding="hex",
        signature_parameter="v1",
        timestamp_parameter="t",
        signed_content="{timestamp}.{body}",
    ),
)
STATESET = StateSetWebhook(
    shared_secret=SharedSecret("X-Secret", SECRET), networks=["10.0.0.0/8"], trusted_hops=1
)
NAMES = (
    "X-Pamela-Signature",
    "X-Twilio-Signature",
    "X-Twilio-Webhooks-Signature-Settings",
    "X-Whispey-Signature",
    "X-Secret",
    "Acme-Signature",
    "X-Idempotency-Key",
    "Content-Type",
    "Host",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
header_names = st.sampled_from(NAMES) | st.sampled_from(NAMES).map(str.encode) | scalars
header_values = (
    st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)
    | st.sampled_from(
        [
            "t=1,v1=" + "0" * 64,
            "application/x-www-form-urlencoded",
            "algorithm=HMAC_SHA256",
            "A" * 99_999,
        ]
    )
    | scalars
    | st.lists(st.text(), max_size=2)
)
headers_of_any_kind = (
    st.dictionaries(header_names, header_values, max_size=6)
    | st.lists(st.tuples(header_names, header_values), max_size=6)
    | values
)
bodies_of_any_kind = (
    st.binary()
    | values
    | values.map(lambda value: json.dumps(value, default=str).encode())
    | st.sampled_from(
        [b"[" * 50_000, b"9" * 5_000, b"\xef\xbb\xbf{}", b"a=%ff&a=&=&&", b"x" * 1_048_577]
    )
)


def endings(body: Any, headers: Any, url: str) -> list[str]:
    """The result of each public entry point: ``passed``, or the reason of our own error."""
    request = IncomingRequest(body=body, headers=headers, target=url, host=url, remote_address=url)
    entries: list[Callable[[], object]] = [
        lambda: PAMELA.verify(body, headers),
        lambda: PAMELA.unwrap(body, headers),
        lambda: PAMELA.verify_payload(body, headers),
        lambda: verify_webhook_signature(body, headers, SECRET),
        lambda: PAMELA.accept(request),
        lambda: TWILIO.verify(url, body, headers),
        lambda: TWILIO.accept(request),
        lambda: WHISPEY.unwrap(body, headers),
        lambda: ACME.unwrap(body, headers),
        lambda: ACME.accept(request),
        lambda: STATESET.unwrap(body, headers, remote_address=url),
        lambda: STATESET.accept(request),
        lambda: StateSetWebhook().unwrap(body, headers),
        lambda: UnsignedWhispeyWebhook().unwrap(body, headers),
        lambda: PhoneAIWebhook().unwrap(body, headers),
        lambda: PAMELA.sign(body),
    ]
    return [_ending(entry) for entry in entries]


def authentic_endings(body: bytes) -> list[str]:
    """The same for a body with valid signatures: only its content can be wrong."""
    headers = {
        "X-Pamela-Signature": PamelaWebhook(SECRET).sign(body),
        "X-Whispey-Signature": WHISPEY.sign(body),
        "Acme-Signature": HMACWebhook(SECRET, ACME.scheme).sign(body),
    }
    entries: list[Callable[[], object]] = [
        lambda: PAMELA.unwrap(body, headers),
        lambda: PamelaWebhook(SECRET, refuse_unknown=True).unwrap(body, headers),
        lambda: WHISPEY.unwrap(body, headers),
        lambda: ACME.unwrap(body, headers),
    ]
    return [_ending(entry) for entry in entries]


def _ending(entry: Callable[[], object]) -> str:
    try:
        entry()
    except WebhookVerificationError as error:
        return error.reason.value
    return "passed"


SEEDS = (
    b'{"event":"call.completed","call_id":"c","timestamp":"2026-11-02T10:00:00Z","transcript":[]}',
    b'{"tool_name":"t","arguments":{"a":1},"call_id":"c","correlation_id":"x"}',
    b'{"event":"voice.call.completed","data":{"call_sid":"CA1","duration_seconds":1.5}}',
    b'{"call_id":"c","call_started_at":"2026-11-02T10:00:00","metadata":{"a":[1e400,-0.0]}}',
    b"CallSid=CA1&From=%2B1555&To=&Digits=1&Digits=2",
)


def mutated(chance: random.Random) -> bytes:
    """A seed with some bytes changed, doubled, dropped or replaced by tokens of JSON."""
    body = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(body) + 1)
        what = chance.choice(
            (bytes([chance.randrange(256)]), b"null", b'"', b"{", b"[", b"1e999", b"\\ud800", b"")
        )
        body[at : at + chance.randrange(4)] = what * chance.choice((1, 1, 1, 50))
    return bytes(body)


def mutated_headers(chance: random.Random) -> dict[str, str]:
    def value() -> str:
        size = chance.choice((0, 1, 5, 28, 64, 64, 64, 300))
        return "".join(chance.choice("0123456789abcdefAZ=,; +/é\x00") for _ in range(size))

    return {name: value() for name in chance.sample(NAMES, chance.randrange(len(NAMES)))}


def _search(seconds: float, seed: int) -> None:
    chance, count, seen = random.Random(seed), 0, dict[str, int]()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        body, headers = mutated(chance), mutated_headers(chance)
        for ending in endings(body, headers, headers.get("Host", "")) + authentic_endings(body):
            count += 1
            seen[ending] = seen.get(ending, 0) + 1
    print(f"{count} calls, seed {seed}: {dict(sorted(seen.items()))}")  # noqa: T201 - a program here


if __name__ == "__main__":
    _search(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns())
