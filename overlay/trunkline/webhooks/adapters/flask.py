"""Flask (extra ``flask``).

``app.add_url_rule("/hooks", view_func=webhook_view(endpoint, "hooks"), methods=["POST"])``.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from trunkline.webhooks._optional_imports import missing_extra
from trunkline.webhooks.adapters.wsgi import request_from_environ

try:
    import flask
except ModuleNotFoundError as error:
    raise missing_extra("The Flask adapter", "flask") from error

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.webhooks.endpoint import WebhookEndpoint

__all__ = ["webhook_view"]


def webhook_view(
    endpoint: WebhookEndpoint[Any], name: str = "webhook"
) -> Callable[..., flask.Response]:
    """A view function for one endpoint; handlers run inside the request's context.

    Args:
        endpoint: the endpoint.
        name: the view's name; Flask requires a different one for each view.

    Raises:
        ConfigurationError: when the endpoint's store is asynchronous.
    """
    endpoint.require_blocking()

    def view(**_: object) -> flask.Response:
        body = _read(endpoint.max_body_bytes)
        response = endpoint.receive(request_from_environ(flask.request.environ, body))
        return flask.Response(response.body, response.status, response.headers)

    view.__name__ = name
    return view


def _read(limit: int) -> bytes:
    """The body, cut off after the limit; not subject to MAX_CONTENT_LENGTH."""
    with suppress(AttributeError):  # before Flask 3.1 the application's own limit cannot be changed
        flask.request.max_content_length = sys.maxsize
    length = flask.request.content_length
    is_kept = getattr(flask.request, "_cached_data", None) is not None  # by an earlier get_data()
    if not is_kept and (length is None or length > limit):
        return flask.request.stream.read(limit + 1)
    # Not the stream: something before this view may have read it, and this keeps a copy.
    return flask.request.get_data()
