"""Verification of a large delivery, compared with the bare HMAC."""

from __future__ import annotations

import hmac
import json
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from trunkline.webhooks import PamelaWebhook
from trunkline_bench.results import OURS
from trunkline_bench.timing import interleave, ratios

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

SECRET: Final = "whsec_0123456789abcdef0123456789abcdef"  # noqa: S105 - it guards nothing
SIZE: Final = 50_000
_BARE: Final = "bare hmac"


def measure(results: Results, settings: Settings) -> None:
    """Measure verification alone; parsing follows it and costs as much as json.loads."""
    body = _body()
    cases = {**_own(body), **_peers(body)}
    costs = interleave(cases, settings.calls * 10, settings.rounds)
    results.add("webhook_verify", ratios(costs, _BARE))


def _body() -> bytes:
    turn = {"role": "agent", "text": "Hello, how can I help you today?"}
    turns = [turn] * (SIZE // len(json.dumps(turn)))
    event = {"event": "call.completed", "call_id": "call_1", "data": {"transcript": turns}}
    return json.dumps(event, separators=(",", ":"), sort_keys=True).encode()


def _own(body: bytes) -> dict[str, Callable[[], Any]]:
    secret = SECRET.encode()
    signature = hmac.digest(secret, body, "sha256").hex()
    # A server passes a new mapping for every request.
    headers = {"Host": "h", "X-Pamela-Signature": signature, "Content-Type": "application/json"}
    webhook = PamelaWebhook(SECRET)
    return {
        _BARE: lambda: hmac.compare_digest(hmac.digest(secret, body, "sha256").hex(), signature),
        OURS: lambda: webhook.verify(body, {**headers}),
    }


def _peers(body: bytes) -> dict[str, Callable[[], Any]]:
    if not find_spec("pamela"):
        return {}
    verify = import_module("pamela").verify_webhook_signature
    payload = json.loads(body)
    signature = hmac.digest(SECRET.encode(), body, "sha256").hex()
    return {"thisispamela, parsed payload": lambda: verify(payload, signature, SECRET)}
