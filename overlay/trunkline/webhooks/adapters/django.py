"""Django, synchronous or asynchronous (extra ``django``).

``urlpatterns = [path("hooks/", webhook_view(endpoint))]``. The views are exempt from the CSRF
check, which is for browsers; the signature takes its place.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from trunkline.webhooks._optional_imports import missing_extra
from trunkline.webhooks.adapters.asgi import request_from_scope
from trunkline.webhooks.adapters.wsgi import read_body, request_from_environ

# Django has no types of its own, so its requests and responses are Any here.
try:
    _http: Any = import_module("django.http")
    _csrf: Any = import_module("django.views.decorators.csrf")
except ModuleNotFoundError as error:
    raise missing_extra("The Django adapter", "django") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from trunkline.webhooks.endpoint import WebhookEndpoint
    from trunkline.webhooks.request import IncomingRequest
    from trunkline.webhooks.responses import WebhookResponse

__all__ = ["async_webhook_view", "webhook_view"]


def webhook_view(endpoint: WebhookEndpoint[Any]) -> Callable[..., Any]:
    """A view for one endpoint, under WSGI or ASGI.

    Args:
        endpoint: what decides.

    Raises:
        ConfigurationError: when the endpoint's store is asynchronous.
    """
    endpoint.require_blocking()

    def view(request: Any, **_: object) -> Any:
        return _response(endpoint.receive(_incoming(request, endpoint.max_body_bytes)))

    exempt: Callable[..., Any] = _csrf.csrf_exempt(view)
    return exempt


def async_webhook_view(
    endpoint: WebhookEndpoint[Any],
) -> Callable[..., Coroutine[Any, Any, Any]]:
    """An asynchronous view for one endpoint, for Django under ASGI.

    Args:
        endpoint: what decides.
    """

    async def view(request: Any, **_: object) -> Any:
        return _response(await endpoint.areceive(_incoming(request, endpoint.max_body_bytes)))

    exempt: Callable[..., Coroutine[Any, Any, Any]] = _csrf.csrf_exempt(view)
    return exempt


def _incoming(request: Any, limit: int) -> IncomingRequest:
    if hasattr(request, "scope"):
        return request_from_scope(request.scope, request.read(limit + 1))
    environ = request.environ
    # Without a length Django takes the body for empty, also where the server knows its end.
    read = request.read if environ.get("CONTENT_LENGTH") else partial(read_body, environ)
    return request_from_environ(environ, read(limit + 1))


def _response(response: WebhookResponse) -> Any:
    return _http.HttpResponse(response.body, status=response.status, headers=response.headers)
