"""Starlette and FastAPI (extra ``starlette``).

``Starlette(routes=[webhook_route("/hooks", endpoint)])``, or for an existing application of either
kind ``app.router.routes.append(webhook_route("/hooks", endpoint))``. The route takes the raw body
before any parsing, and does not appear in FastAPI's OpenAPI document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.webhooks._optional_imports import missing_extra
from trunkline.webhooks.adapters.asgi import ASGIWebhook

try:
    from starlette.routing import Route
except ModuleNotFoundError as error:
    raise missing_extra("The Starlette adapter", "starlette") from error

if TYPE_CHECKING:
    from trunkline.webhooks.endpoint import WebhookEndpoint

__all__ = ["webhook_route"]


def webhook_route(path: str, endpoint: WebhookEndpoint[Any], *, name: str | None = None) -> Route:
    """Return a route that receives deliveries at a path.

    Args:
        path: the path, such as ``/webhooks/pamela``.
        endpoint: the endpoint.
        name: the route's name, for URL building.
    """
    return Route(path, ASGIWebhook(endpoint), methods=["POST"], name=name)
