"""Whispey's errors: the documented object, or the text that its server sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.sandbox.core.http import Problem, Response, json_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline.sandbox.contract.openapi import Violation

__all__ = ["agent_not_found", "failure", "malformed", "not_found", "wrong_key"]

#: Of these only INVALID_API_KEY and RATE_LIMIT_EXCEEDED are documented for a status.
USUAL_CODES = {
    400: "INVALID_REQUEST",
    401: "INVALID_API_KEY",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMIT_EXCEEDED",
}
DATE_FIELDS = frozenset({"start_date", "end_date", "date_range"})


def failure(problem: Problem, style: str) -> Response:
    error: object = problem.message
    if style == "object":
        code = problem.code or USUAL_CODES.get(problem.status, "INTERNAL_ERROR")
        error = {"code": code, "message": problem.message, "details": dict(problem.details)}
    response = json_response(problem.status, {"success": False, "error": error})
    return response.with_headers(problem.headers)


def malformed(violations: Sequence[Violation]) -> Problem:
    details = {".".join(map(str, item.location[1:])) or "body": item.message for item in violations}
    is_date = any(str(name) in DATE_FIELDS for item in violations for name in item.location)
    if is_date:
        return Problem(400, "The date range is not valid", "INVALID_DATE_RANGE", details)
    return Problem(400, "The request is not valid", details=details)


def wrong_key() -> Problem:
    return Problem(401, "The provided API key is invalid", details={"api_key": "invalid"})


def agent_not_found(agent_id: str) -> Problem:
    return Problem(404, "The agent does not exist", "AGENT_NOT_FOUND", {"agent_id": agent_id})


def not_found(what: str) -> Problem:
    """No code is documented for an unknown call or export."""
    return Problem(404, f"The {what} does not exist", f"{what.upper()}_NOT_FOUND")
