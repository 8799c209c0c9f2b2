"""What each fault does to an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.sandbox.core.http import JSON_TYPE, Problem, Response, json_response
from trunkline.sandbox.core.response_writer import WriteOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.sandbox.core.faults import Fault

__all__ = ["apply_fault", "rate_limit_problem", "status_response", "write_options"]

HTML = b"<!doctype html><html><head><title>Sandbox</title></head><body>Bad gateway</body></html>"
#: The start of a gzip member, so that a client believes it, and then nonsense.
GZIP_GARBAGE = bytes.fromhex("1f8b0800000000000003") + b"this is not deflate"
HUGE_WAIT = 1_000_000


def apply_fault(fault: Fault, response: Response) -> Response:
    """The genuine answer after the fault."""
    effect = _EFFECTS.get(fault.kind)
    if effect is not None:
        response = effect(fault, response)
    return response.with_headers(fault.headers)


def write_options(fault: Fault) -> WriteOptions:
    """How the answer leaves under the fault."""
    if fault.kind == "slow_body":
        return WriteOptions(chunk_bytes=fault.chunk_bytes, interval=fault.seconds)
    if fault.kind == "truncated":
        return WriteOptions(cut="close", cut_after=fault.after_bytes or None, extra_length=64)
    if fault.kind == "reset":
        return WriteOptions(cut="reset", cut_after=fault.after_bytes)
    if fault.kind == "close":
        return WriteOptions(cut="close", cut_after=fault.after_bytes)
    return WriteOptions()


def status_response(fault: Fault) -> Response | None:
    """The answer of a ``status`` fault; None when the provider's own error shape is wanted."""
    status = fault.status or 503
    if fault.body is None:
        return Response(status, media_type="") if status < 400 else None  # HTTP
    if isinstance(fault.body, str):
        return Response(status, fault.body.encode(), "text/plain; charset=utf-8")
    return json_response(status, fault.body)


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


def _malformed_json(fault: Fault, response: Response) -> Response:
    body = response.body[: max(1, len(response.body) // 2)] or b"{"
    return replace(
        response, body=body, status=fault.status or response.status, media_type=JSON_TYPE
    )


def _html(fault: Fault, response: Response) -> Response:
    return Response(
        fault.status or response.status, HTML, "text/html; charset=utf-8", response.headers
    )


def _empty(fault: Fault, response: Response) -> Response:
    return replace(response, status=fault.status or response.status, body=b"", media_type="")


def _gzip_garbage(fault: Fault, response: Response) -> Response:
    garbled = replace(response, body=GZIP_GARBAGE, status=fault.status or response.status)
    return garbled.with_headers({"content-encoding": "gzip"})


def _on_json(change: Callable[[Fault, Any], Any]) -> Callable[[Fault, Response], Response]:
    def effect(fault: Fault, response: Response) -> Response:
        if not response.media_type.startswith(JSON_TYPE):
            return response
        return replace(response, body=json.dumps(change(fault, response.json())).encode("ascii"))

    return effect


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


_EFFECTS: Mapping[str, Callable[[Fault, Response], Response]] = {
    "malformed_json": _malformed_json,
    "html": _html,
    "empty": _empty,
    "gzip_garbage": _gzip_garbage,
    "wrong_enum": _on_json(_wrong_enum),
    "extra_fields": _on_json(_extra_fields),
    "stuck_offset": _on_json(_stuck_offset),
}
