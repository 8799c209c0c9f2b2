"""Django, synchronous or asynchronous (extra ``django``).

``urlpatterns = [path("hooks/", webhook_view(endpoint))]``. The views are exempt from the CSRF
check, which is for browsers; the signature replaces it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trunkline.webhooks._optional_imports import missing_extra
from trunkline.webhooks.adapters.asgi import request_from_scope
from trunkline.webhooks.adapters.wsgi import exceeds, read_body, request_from_environ

# Django has no types of its own, so its requests and responses are Any here.
try:
    _http: Any = import_module("django.http")
    _database: Any = import_module("django.db")
    _transaction: Any = import_module("django.db.transaction")
    _csrf: Any = import_module("django.views.decorators.csrf")
    _exceptions: Any = import_module("django.core.exceptions")
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
        endpoint: the endpoint.

    Raises:
        ConfigurationError: when the endpoint's store is asynchronous.
    """
    endpoint.require_blocking()

    def view(request: Any, **_: object) -> Any:
        response = endpoint.receive(_incoming(request, endpoint.max_body_bytes))
        if response.outcome == "failed":
            _roll_back()
        return _response(response)

    exempt: Callable[..., Any] = _csrf.csrf_exempt(view)
    return exempt


def async_webhook_view(
    endpoint: WebhookEndpoint[Any],
) -> Callable[..., Coroutine[Any, Any, Any]]:
    """An asynchronous view for one endpoint, for Django under ASGI.

    Args:
        endpoint: the endpoint.
    """

    async def view(request: Any, **_: object) -> Any:
        return _response(await endpoint.areceive(_incoming(request, endpoint.max_body_bytes)))

    exempt: Callable[..., Coroutine[Any, Any, Any]] = _csrf.csrf_exempt(view)
    # With ATOMIC_REQUESTS Django refuses to call any other asynchronous view.
    return _transaction.non_atomic_requests(exempt)  # type: ignore[no-any-return]  # it is Any


def _roll_back() -> None:
    """Roll back the writes of a failed handler, where Django does so for exceptions."""
    for connection in _database.connections.all(initialized_only=True):
        if connection.settings_dict["ATOMIC_REQUESTS"] and connection.in_atomic_block:
            connection.set_rollback(True)


def _incoming(request: Any, limit: int) -> IncomingRequest:
    body = _read(request, limit)
    if hasattr(request, "scope"):
        return request_from_scope(request.scope, body)
    return request_from_environ(request.environ, body)


def _read(request: Any, limit: int) -> bytes:
    """The body, cut off after the limit; not subject to DATA_UPLOAD_MAX_MEMORY_SIZE."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and not hasattr(request, "_body"):
        return _keep(request, _read_without_length(request, limit + 1), limit)
    if exceeds(length, limit):
        found: bytes = request.read(limit + 1)
        return found
    try:
        kept: bytes = request.body
    except _http.RawPostDataException:
        return b""  # something before this view has read it and kept nothing
    except _exceptions.RequestDataTooBig:
        return _keep(request, request.read(limit + 1), limit)
    return kept


def _read_without_length(request: Any, size: int) -> bytes:
    if hasattr(request, "scope"):
        body: bytes = request.read(size)
        return body
    # Without a length Django treats the body as empty, even where the server knows its end.
    return read_body(request.environ, size)


def _keep(request: Any, body: bytes, limit: int) -> bytes:
    if len(body) <= limit:
        request._body = body  # noqa: SLF001 - where request.body keeps what it has read itself
    return body


def _response(response: WebhookResponse) -> Any:
    return _http.HttpResponse(response.body, status=response.status, headers=response.headers)
