"""Signed deliveries and the pinned examples for several tests."""

import json
from pathlib import Path
from typing import Any

from trunkline.webhooks import PamelaWebhook

DATA = Path(__file__).with_name("data")
SECRET = "whsec_test-secret-1"
COMPLETED: dict[str, Any] = {
    "event": "call.completed",
    "call_id": "call_123",
    "status": "completed",
    "timestamp": "2026-11-02T10:00:00Z",
    "transcript": [{"speaker": "agent", "text": "Hello"}],
}
TOOL_CALL: dict[str, Any] = {
    "tool_name": "check_order_status",
    "arguments": {"order_id": "A-1001"},
    "call_id": "call_123",
    "correlation_id": "corr_1",
}


def load(name: str) -> list[dict[str, Any]]:
    vectors: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))
    return vectors


def encode(payload: Any) -> bytes:
    return json.dumps(payload).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "X-Pamela-Signature": PamelaWebhook(secret).sign(body),
    }
