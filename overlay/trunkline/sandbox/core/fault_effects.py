"""What each fault does to a response."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Literal

from trunkline._json import is_array, is_object
from trunkline.sandbox.contract.validation import JSON_TYPE
from trunkline.sandbox.core.http import Problem, Request, Response, Transfer, json_response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.sandbox.core.faults import Fault

    ErrorWriter = Callable[[Problem], Response]
    Effect = Callable[[Fault, Response], Response]

__all__ = ["apply_fault", "change_request"]

HTML = b"<!doctype html><html><head><title>Sandbox</title></head><body>Bad gateway</body></html>"
#: A valid gzip header, so that clients start to decode it, then garbage.
GZIP_GARBAGE = bytes.fromhex("1f8b0800000000000003") + b"this is not deflate"
HUGE_WAIT = 1_000_000


def change_request(fault: Fault | None, request: Request) -> Request:
    """Return the request to handle instead; only ``duplicate_page`` changes it."""
    if fault is None or fault.kind != "duplicate_page":
        return request
    return replace(request, query={**request.query, "offset": 0})


def apply_fault(
    fault: Fault, response: Response, now: datetime, error_response: ErrorWriter
) -> Response:
    """Return the response under the fault; `error_response` writes the provider's own errors."""
    if fault.kind == "status":
        response = _status(fault, error_response)
    elif fault.kind == "rate_limit":
        response = error_response(_rate_limit_problem(fault, now))
    elif fault.kind in _EFFECTS:
        response = _EFFECTS[fault.kind](fault, response)
    return response.with_headers(fault.headers)


def _status(fault: Fault, error_response: ErrorWriter) -> Response:
    status = fault.status or 503
    if isinstance(fault.body, str):
        return Response(status, fault.body.encode(), "text/plain; charset=utf-8")
    if fault.body is not None:
        return json_response(status, fault.body)
    if status < 400:
        return Response(status, media_type="")
    return error_response(Problem(status, "A fault of the sandbox"))


def _rate_limit_problem(fault: Fault, now: datetime) -> Problem:
    problem = Problem(429, "Rate limit exceeded")
    if fault.form == "details":
        return replace(problem, details={"retry_after": fault.seconds})
    return replace(problem, headers=_retry_headers(fault, now))


def _retry_headers(fault: Fault, now: datetime) -> dict[str, str]:
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


def _latency(fault: Fault, response: Response) -> Response:
    # A fault before the handling delays the request, not the response.
    delay = 0.0 if fault.delays_handling else fault.seconds
    return replace(response, transfer=Transfer(delay=delay))


def _slow_body(fault: Fault, response: Response) -> Response:
    transfer = Transfer(chunk_bytes=fault.chunk_bytes, interval=fault.seconds)
    return replace(response, transfer=transfer)


def _cut(fault: Fault, response: Response) -> Response:
    cut: Literal["reset", "close"] = "reset" if fault.kind == "reset" else "close"
    return replace(response, transfer=Transfer(cut=cut, cut_after=fault.after_bytes))


def _truncated(fault: Fault, response: Response) -> Response:
    cut_after = fault.after_bytes or None
    return replace(response, transfer=Transfer(cut="close", cut_after=cut_after, extra_length=64))


def _malformed_json(fault: Fault, response: Response) -> Response:
    body = response.body[: max(1, len(response.body) // 2)] or b"{"
    status = fault.status or response.status
    return replace(response, body=body, status=status, media_type=JSON_TYPE)


def _html(fault: Fault, response: Response) -> Response:
    status = fault.status or response.status
    return Response(status, HTML, "text/html; charset=utf-8", response.headers)


def _empty(fault: Fault, response: Response) -> Response:
    return replace(response, status=fault.status or response.status, body=b"", media_type="")


def _gzip_garbage(fault: Fault, response: Response) -> Response:
    garbled = replace(response, body=GZIP_GARBAGE, status=fault.status or response.status)
    return garbled.with_headers({"content-encoding": "gzip"})


def _on_json(change: Callable[[Fault, Any], Any]) -> Effect:
    def effect(fault: Fault, response: Response) -> Response:
        if not response.media_type.startswith(JSON_TYPE):
            return response
        body = json.dumps(change(fault, response.json())).encode("ascii")
        return replace(response, body=body)

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
                _repeat_page(paging)
    return value


def _repeat_page(paging: dict[str, Any]) -> None:
    for name, value in (("has_more", True), ("next_offset", paging["offset"])):
        if name in paging:
            paging[name] = value
    if "total" in paging:
        paging["total"] = 1_000_000


_EFFECTS: Mapping[str, Effect] = {
    "latency": _latency,
    "slow_body": _slow_body,
    "reset": _cut,
    "close": _cut,
    "truncated": _truncated,
    "malformed_json": _malformed_json,
    "html": _html,
    "empty": _empty,
    "gzip_garbage": _gzip_garbage,
    "wrong_enum": _on_json(_wrong_enum),
    "extra_fields": _on_json(_extra_fields),
    "stuck_offset": _on_json(_stuck_offset),
}
