"""What each fault does to an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.messages import JSON_TYPE, Problem, Reply, json_reply
from trunkline.sandbox.shapes import is_array, is_object
from trunkline.sandbox.wire import Sending

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.sandbox.faults import Fault

__all__ = ["rate_limit_problem", "sending", "spoiled", "status_reply"]

HTML = b"<!doctype html><html><head><title>Sandbox</title></head><body>Bad gateway</body></html>"
#: The start of a gzip member, so that a client believes it, and then nonsense.
GZIP_GARBAGE = bytes.fromhex("1f8b0800000000000003") + b"this is not deflate"
HUGE_WAIT = 1_000_000


def spoiled(fault: Fault, reply: Reply) -> Reply:
    """The genuine answer after the fault."""
    spoil = _SPOILERS.get(fault.kind)
    if spoil is not None:
        reply = spoil(fault, reply)
    return reply.with_headers(fault.headers)


def sending(fault: Fault) -> Sending:
    """How the answer leaves under the fault."""
    if fault.kind == "slow_body":
        return Sending(chunk_bytes=fault.chunk_bytes, interval=fault.seconds)
    if fault.kind == "truncated":
        return Sending(cut="close", cut_after=fault.after_bytes or None, extra_length=64)
    if fault.kind == "reset":
        return Sending(cut="reset", cut_after=fault.after_bytes)
    if fault.kind == "close":
        return Sending(cut="close", cut_after=fault.after_bytes)
    return Sending()


def status_reply(fault: Fault) -> Reply | None:
    """The answer of a ``status`` fault; None when the provider's own error shape is wanted."""
    status = fault.status or 503
    if fault.body is None:
        return Reply(status, media_type="") if status < 400 else None  # HTTP
    if isinstance(fault.body, str):
        return Reply(status, fault.body.encode(), "text/plain; charset=utf-8")
    return json_reply(status, fault.body)


def rate_limit_problem(fault: Fault, now: datetime) -> Problem:
    """A 429 that says in the wanted form when to come back."""
    problem = Problem(429, "Rate limit exceeded")
    if fault.form == "details":
        return replace(problem, details={"retry_after": fault.seconds})
    return replace(problem, headers=_wait_headers(fault, now))


def _wait_headers(fault: Fault, now: datetime) -> dict[str, str]:
    later = now + timedelta(seconds=fault.seconds)
    return {
        "seconds": {"Retry-After": str(round(fault.seconds))},
        "float": {"Retry-After": str(float(fault.seconds))},
        "http_date": {"Retry-After": format_datetime(later, usegmt=True)},
        "reset_epoch": {"X-RateLimit-Reset": str(round(later.timestamp()))},
        "reset_delta": {"X-RateLimit-Reset": str(round(fault.seconds))},
        "negative": {"Retry-After": str(-abs(round(fault.seconds)))},
        "huge": {"Retry-After": str(HUGE_WAIT)},
        "text": {"Retry-After": "soon"},
        "none": {},
    }[fault.form]


def _cut_json(fault: Fault, reply: Reply) -> Reply:
    body = reply.body[: max(1, len(reply.body) // 2)] or b"{"
    return replace(reply, body=body, status=fault.status or reply.status, media_type=JSON_TYPE)


def _html(fault: Fault, reply: Reply) -> Reply:
    return Reply(fault.status or reply.status, HTML, "text/html; charset=utf-8", reply.headers)


def _empty(fault: Fault, reply: Reply) -> Reply:
    return replace(reply, status=fault.status or reply.status, body=b"", media_type="")


def _gzip_garbage(fault: Fault, reply: Reply) -> Reply:
    garbled = replace(reply, body=GZIP_GARBAGE, status=fault.status or reply.status)
    return garbled.with_headers({"content-encoding": "gzip"})


def _on_json(change: Callable[[Fault, Any], Any]) -> Callable[[Fault, Reply], Reply]:
    def spoil(fault: Fault, reply: Reply) -> Reply:
        if not reply.media_type.startswith(JSON_TYPE):
            return reply
        return replace(reply, body=json.dumps(change(fault, reply.json())).encode("ascii"))

    return spoil


def _wrong_enum(fault: Fault, value: Any) -> Any:
    if is_array(value):
        return [_wrong_enum(fault, item) for item in value]
    if is_object(value):
        return {
            name: fault.value if name == fault.field else _wrong_enum(fault, item)
            for name, item in value.items()
        }
    return value


def _extra_fields(fault: Fault, value: Any) -> Any:
    if is_array(value):
        return [_extra_fields(fault, item) for item in value]
    if is_object(value):
        inner = {name: _extra_fields(fault, item) for name, item in value.items()}
        return {**inner, "sandbox_extra": {"nested": [1, None, "two"]}}
    return value


def _stuck_offset(_fault: Fault, value: Any) -> Any:
    if is_object(value):
        for paging in (value, value.get("pagination")):
            if is_object(paging) and "offset" in paging:
                _stick(paging)
    return value


def _stick(paging: dict[str, Any]) -> None:
    for name, value in (("has_more", True), ("next_offset", paging["offset"])):
        if name in paging:
            paging[name] = value
    if "total" in paging:
        paging["total"] = 1_000_000


_SPOILERS: Mapping[str, Callable[[Fault, Reply], Reply]] = {
    "malformed_json": _cut_json,
    "html": _html,
    "empty": _empty,
    "gzip_garbage": _gzip_garbage,
    "wrong_enum": _on_json(_wrong_enum),
    "extra_fields": _on_json(_extra_fields),
    "stuck_offset": _on_json(_stuck_offset),
}
