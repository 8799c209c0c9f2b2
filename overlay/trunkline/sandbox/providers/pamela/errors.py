"""Pamela's errors: five envelopes, the list of its framework, and the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.http import Problem, Response, json_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline.sandbox.contract.openapi import Violation

__all__ = [
    "call_not_found",
    "envelope",
    "malformed",
    "no_key",
    "wrong_key",
]

VALIDATION, PHONE_NUMBER = 2001, 2002
#: Codes for statuses that a fault or the HTTP layer gives without one.
USUAL_CODES = {400: VALIDATION, 401: 1002, 403: 1005, 429: 6001}


def envelope(problem: Problem, style: str) -> Response:
    code = problem.code or USUAL_CODES.get(problem.status)
    response = json_response(problem.status, _body(problem, code, style))
    return response.with_headers(problem.headers)


def malformed(violations: Sequence[Violation]) -> Problem:
    """Return the problem of a request that breaks the contract.

    A number that is not E.164 is a 400 with code 2002; everything else is the framework's 422.
    """
    if any(item.location == ("body", "to") and item.keyword == "pattern" for item in violations):
        return Problem(400, "Invalid phone number format", PHONE_NUMBER, {"field": "to"})
    errors = [
        {"type": _type(item), "loc": list(item.location), "msg": item.message}
        for item in violations
    ]
    return Problem(422, "Unprocessable Entity", VALIDATION, errors=errors)


def no_key() -> Problem:
    return Problem(401, "API key required", 1001)


def wrong_key() -> Problem:
    return Problem(401, "Invalid API key", 1002)


def call_not_found() -> Problem:
    return Problem(404, "Call not found", 7003)


def _body(problem: Problem, code: int | str | None, style: str) -> Any:
    details = dict(problem.details)
    if problem.errors is not None:
        return {"detail": problem.errors}
    if code is None or style == "text":
        return {"detail": problem.message}
    if style == "nested":
        error = {"code": code, "message": problem.message, "details": details}
        return {"detail": {"error": error}}
    if style == "error":
        return {"error": {"code": code, "message": problem.message, "details": details}}
    flat = {"error_code": code, "message": problem.message, "details": details}
    return flat if style == "flat" else {"detail": flat}


def _type(violation: Violation) -> str:
    return "missing" if violation.keyword == "required" else violation.keyword
