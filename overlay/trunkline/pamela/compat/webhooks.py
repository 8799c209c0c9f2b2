"""The vendor's helpers for webhooks."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from inspect import isawaitable
from typing import Any, TypeAlias, cast

from trunkline.errors import InvalidArgumentError
from trunkline.pamela.compat.types import JSONObject, ToolWebhookParsed
from trunkline.webhooks import PamelaWebhook
from trunkline.webhooks import verify_webhook_signature as verify

WebhookPayload: TypeAlias = JSONObject
ToolResult: TypeAlias = JSONObject
AsyncHandler: TypeAlias = Callable[[WebhookPayload], Awaitable[ToolResult]]

_REQUIRED = ("tool_name", "arguments", "call_id", "correlation_id")
_REFUSAL = {"error": "Invalid signature"}


def verify_webhook_signature(
    payload: str | bytes | Mapping[str, object], signature: str | None, secret: str
) -> bool:
    """Whether a delivery is authentic.

    Args:
        payload: the parsed body, or the body itself as text or bytes (better: nothing is lost).
        signature: the value of ``X-Pamela-Signature``; None and anything malformed return False.
        secret: the signing secret.

    Raises:
        WebhookVerificationError: the secret is empty (a ValueError).
    """
    return bool(signature) and verify(payload, signature, secret)


def create_tool_handler(secret: str) -> Callable[[AsyncHandler], Callable[[Any], Awaitable[Any]]]:
    """Return a decorator that verifies a request before an async handler gets its payload.

    The result takes a request of Flask, Starlette or FastAPI: ``await handle_tool(request)``.
    A request that is not authentic gets a 401 response, and the handler is not called.

    Args:
        secret: the signing secret.

    Raises:
        WebhookVerificationError: the secret is empty (a ValueError).
    """
    PamelaWebhook(secret)  # refuses an unusable secret now

    def decorator(handler: AsyncHandler) -> Callable[[Any], Awaitable[Any]]:
        @wraps(handler)
        async def wrapper(request: Any) -> Any:
            signature = request.headers.get("X-Pamela-Signature")
            try:
                read = request.json() if callable(request.json) else request.json
                payload: Any = await read if isawaitable(read) else read
            except (ValueError, RecursionError):  # not JSON, so not signed by Pamela
                return _refusal(request)
            if not verify_webhook_signature(payload, signature, secret):
                return _refusal(request)
            return await handler(payload)

        return wrapper

    return decorator


def _refusal(request: Any) -> Any:
    # To Starlette and FastAPI a tuple with a status is a body, sent with status 200.
    starlette: Any = sys.modules.get("starlette.requests")
    if starlette is None or not isinstance(request, starlette.Request):
        return _REFUSAL, 401
    from starlette.responses import JSONResponse

    return JSONResponse(_REFUSAL, 401)


def parse_tool_webhook(payload: Mapping[str, object]) -> ToolWebhookParsed:
    """Return the fields of a tool execution.

    Raises:
        InvalidArgumentError: a required field is absent (a ValueError).
    """
    missing = [name for name in _REQUIRED if name not in payload]
    if missing:
        raise InvalidArgumentError(f"Missing required fields: {', '.join(missing)}")
    arguments = payload["arguments"]
    return {
        "tool_name": str(payload["tool_name"]),
        "arguments": arguments if isinstance(arguments, dict) else {},
        "call_id": str(payload["call_id"]),
        "correlation_id": str(payload["correlation_id"]),
        "call_session_id": cast("str | None", payload.get("call_session_id")),
        "partner_id": cast("str | None", payload.get("partner_id")),
        "project_id": cast("str | None", payload.get("project_id")),
    }
