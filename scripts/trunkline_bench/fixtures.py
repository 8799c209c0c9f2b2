"""The canned responses of the server: realistic sizes, in the shapes of the contracts."""

from __future__ import annotations

import json
from typing import Any, Final

Json = dict[str, Any]

PHONE: Final = "+15555550123"
STAMP: Final = "2026-01-05T12:00:00Z"


def _moment(number: int) -> str:
    return f"2026-01-05T12:03:{number % 60:02d}.250000Z"


def _turns(number: int) -> list[Json]:
    return [{"role": "agent", "text": "Hello, how can I help?", "at": _moment(number)}]


def stateset_call(number: int) -> Json:
    return {
        "id": f"0b5e7a52-1f8e-4b6f-9c55-{number:012d}",
        "call_sid": f"CA{number:032x}",
        "direction": "outbound" if number % 2 else "inbound",
        "status": ("completed", "failed", "in-progress")[number % 3],
        "from_number": PHONE,
        "to_number": f"+1555{number:07d}",
        "duration_seconds": 60 + number,
        "escalated": False,
        "summary": "Asked about an order and was content with the answer.",
        "agent_key": "support_primary",
        "created_at": _moment(number),
        "metadata": {"order": f"o-{number}", "crm": {"tier": "gold", "score": number / 7}},
    }


def pamela_call(number: int) -> Json:
    return {
        "id": f"call_{number:06d}",
        "status": ("completed", "failed", "in_progress")[number % 3],
        "call_session_id": f"session_{number:06d}",
        "duration_seconds": 60 + number,
        "billed_minutes": 2,
        "transcript": _turns(number),
        "summary": "Asked about an order.",
        "created_at": STAMP,
        "started_at": _moment(number),
        "ended_at": _moment(number + 5),
        "metadata": {"order": f"o-{number}", "crm": {"tier": "gold", "score": number / 7}},
    }


def whispey_call(number: int) -> Json:
    return {
        "id": f"call_{number:06d}",
        "agent_id": "agent_0123456789",
        "session_id": f"session_{number:06d}",
        "status": ("completed", "failed", "active")[number % 3],
        "duration": 60.5 + number,
        "cost": 0.25,
        "created_at": _moment(number),
        "metadata": {"customer_id": f"c-{number}", "source": "web", "score": number / 7},
    }


SIZE: Final = 100
_PAGE: Final = {"total": SIZE, "limit": SIZE, "offset": 0, "has_more": False}
STATESET_PAGE: Final[Json] = {"data": [stateset_call(n) for n in range(SIZE)], **_PAGE}
PAMELA_PAGE: Final[Json] = {"items": [pamela_call(n) for n in range(SIZE)], **_PAGE}
WHISPEY_PAGE: Final[Json] = {
    "success": True,
    "data": [whispey_call(n) for n in range(SIZE)],
    "pagination": _PAGE,
}

_STATESET_CALL: Final = {
    "ok": True,
    "call_sid": "CA" + "0" * 32,
    "status": "queued",
    "to": PHONE,
    "from": PHONE,
}
_CHAT: Final = {
    "id": "chat_1",
    "object": "chat.completion",
    "created": 1767600000,
    "model": "m",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "ok"}}
    ],
}
_CUSTOMER: Final = {
    "id": "cus_1",
    "object": "customer",
    "created": 1767600000,
    "livemode": False,
    "metadata": {"k": "v"},
}
_LIMIT: Final = {"limit": 60, "remaining": 59, "reset": 1767600000, "used": 1}
_RATE: Final = {"resources": {"core": _LIMIT, "search": _LIMIT}, "rate": _LIMIT}


def encoded(body: Any) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def answer(body: Any, status: str = "200 OK", extra: str = "") -> bytes:
    content = encoded(body)
    head = (
        f"HTTP/1.1 {status}\r\ndate: Mon, 05 Jan 2026 12:00:00 GMT\r\nserver: bench\r\n"
        "content-type: application/json\r\nx-request-id: req_0123456789abcdef\r\n"
        "x-ratelimit-limit: 100\r\nx-ratelimit-remaining: 99\r\n"
        f"{extra}content-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


ROUTES: Final[dict[bytes, bytes]] = {
    b"POST /api/v1/make-call": answer(_STATESET_CALL),
    b"GET /api/v1/call-logs": answer(STATESET_PAGE),
    b"POST /api/b2b/v1/calls": answer({"id": "call_1", "status": "queued", "created_at": STAMP}),
    b"GET /api/b2b/v1/calls": answer(PAMELA_PAGE),
    b"GET /v1/calls": answer(WHISPEY_PAGE),
    b"POST /v1/chat/completions": answer(_CHAT),
    b"POST /v1/customers": answer(_CUSTOMER),
    b"GET /rate_limit": answer(_RATE),
}
#: Each response has a new id, as a call ledger expects.
NUMBERED: Final = b"POST /numbered/api/b2b/v1/calls"
MISSING: Final = answer({"error": "not_found", "message": "no such route"}, "404 Not Found")
BUSY: Final = answer(
    {"error": "rate_limited", "message": "slow down"},
    "429 Too Many Requests",
    "retry-after: 1\r\n",
)
