"""Bare ASGI: an application for one webhook, to be served or mounted as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias

from trunkline.webhooks.request import IncomingRequest, spell_target

if TYPE_CHECKING:
    from trunkline.webhooks.endpoint import WebhookEndpoint
    from trunkline.webhooks.responses import WebhookResponse

__all__ = ["ASGIWebhook", "request_from_scope"]

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class ASGIWebhook:
    """An ASGI application that serves one endpoint at every path.

    Args:
        endpoint: the endpoint. The server must run an asyncio event loop.
    """

    def __init__(self, endpoint: WebhookEndpoint[Any]) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; see the ASGI specification."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._respond(scope, receive, send)
        else:
            # The specification's way to refuse a WebSocket before it is accepted.
            await send({"type": "websocket.close"})

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive, self._endpoint.max_body_bytes + 1)
        if body is not None:
            response = await self._endpoint.areceive(request_from_scope(scope, body))
            await _send(response, send)


def request_from_scope(scope: Scope, body: bytes) -> IncomingRequest:
    """The request of an ASGI scope and a body that was already read."""
    targets = _targets(scope)
    server, client = scope.get("server") or ("", None), scope.get("client")
    return IncomingRequest(
        body=body,
        headers=scope["headers"],
        method=scope["method"],
        scheme=scope.get("scheme", "http"),
        host=server[0] if server[1] is None else f"{server[0]}:{server[1]}",
        target=targets[0],
        other_targets=targets[1:],
        remote_address=client[0] if client else None,
    )


def _targets(scope: Scope) -> tuple[str, ...]:
    query = scope.get("query_string", b"")
    if isinstance(query, bytes):  # Django's AsyncClient gives it as text
        query = query.decode("latin-1")
    raw = scope.get("raw_path")  # optional in the specification
    if raw is None:
        return spell_target(scope["path"], query)
    return (raw.decode("latin-1") + (f"?{query}" if query else ""),)


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body, at most a little over the limit; None when the sender disconnected."""
    body, more = bytearray(), True
    while more and len(body) < limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


async def _send(response: WebhookResponse, send: Send) -> None:
    headers = {**response.headers, "Content-Length": str(len(response.body))}
    pairs = [(name.lower().encode("latin-1"), v.encode("latin-1")) for name, v in headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": pairs})
    await send({"type": "http.response.body", "body": response.body})


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})
