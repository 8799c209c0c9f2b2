"""aiohttp's server (extra ``aiohttp``).

``app.router.add_post("/hooks", webhook_handler(endpoint))``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.webhooks._optional_imports import missing_extra
from trunkline.webhooks.request import IncomingRequest

try:
    from aiohttp import web
except ModuleNotFoundError as error:
    raise missing_extra("The aiohttp adapter", "aiohttp") from error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trunkline.webhooks.endpoint import WebhookEndpoint

__all__ = ["webhook_handler"]


def webhook_handler(
    endpoint: WebhookEndpoint[Any],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A request handler for one endpoint."""

    async def handler(request: web.Request) -> web.Response:
        body = await _read(request, endpoint.max_body_bytes)
        response = await endpoint.areceive(_incoming(request, body))
        return web.Response(body=response.body, status=response.status, headers=response.headers)

    return handler


async def _read(request: web.Request, limit: int) -> bytes:
    """The body, cut off after the limit; not subject to the application's own limit."""
    length, own_limit = request.content_length, request.client_max_size
    fits = length is not None and length <= limit and (not own_limit or length < own_limit)
    if fits or request.content.at_eof():
        return await request.read()  # kept there, for middleware before and after
    body = bytearray()
    while len(body) <= limit and (chunk := await request.content.readany()):
        body += chunk
    if len(body) <= limit:
        request._read_bytes = bytes(body)  # noqa: SLF001 - read() would refuse it over own_limit
    return bytes(body)


def _incoming(request: web.Request, body: bytes) -> IncomingRequest:
    return IncomingRequest(
        body=body,
        headers=request.headers,
        method=request.method,
        scheme=request.scheme,
        host=request.host,
        target=request.raw_path,
        remote_address=request.remote,
    )
