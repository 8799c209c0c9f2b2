"""Bare WSGI: an application for one webhook, to be served or mounted as it is."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from trunkline.webhooks.request import IncomingRequest, spell_target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from trunkline.webhooks.endpoint import WebhookEndpoint

__all__ = ["WSGIWebhook", "exceeds", "read_body", "request_from_environ"]

_MOST_DIGITS = 18


class WSGIWebhook:
    """A WSGI application that serves one endpoint at every path.

    Args:
        endpoint: the endpoint.

    Raises:
        ConfigurationError: when the endpoint's store is asynchronous.
    """

    def __init__(self, endpoint: WebhookEndpoint[Any]) -> None:
        endpoint.require_blocking()
        self._endpoint = endpoint

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; see PEP 3333."""
        body = read_body(environ, self._endpoint.max_body_bytes + 1)
        response = self._endpoint.receive(request_from_environ(environ, body))
        headers = {**response.headers, "Content-Length": str(len(response.body))}
        start_response(f"{response.status} {_phrase(response.status)}", list(headers.items()))
        return [response.body]


def request_from_environ(environ: WSGIEnvironment, body: bytes) -> IncomingRequest:
    """The request of a WSGI environment and a body that was already read."""
    headers = {
        name[5:].replace("_", "-"): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["Content-Type"] = environ.get("CONTENT_TYPE", "")
    targets = _targets(environ)
    return IncomingRequest(
        body=body,
        headers=headers,
        method=environ["REQUEST_METHOD"],
        scheme=environ["wsgi.url_scheme"],
        host=f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}",
        target=targets[0],
        other_targets=targets[1:],
        remote_address=environ.get("REMOTE_ADDR"),
    )


def _targets(environ: WSGIEnvironment) -> tuple[str, ...]:
    # PEP 3333 gives the path decoded; most servers also keep it as it was requested.
    raw: str = environ.get("REQUEST_URI") or environ.get("RAW_URI") or ""
    if raw:
        return (_without_origin(raw),)
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return spell_target(path, environ.get("QUERY_STRING", ""), encoding="latin-1")


def _without_origin(raw: str) -> str:
    _, mark, rest = raw.partition("://")
    if raw.startswith("/") or not mark:
        return raw
    # Not urlsplit, which raises for some targets that a client may send.
    origin = rest.partition("?")[0].partition("/")[0]
    return rest.removeprefix(origin)


def read_body(environ: WSGIEnvironment, limit: int) -> bytes:
    """The body of a WSGI environment, cut off after a limit in bytes."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isascii() and length.isdecimal():
        limit = limit if exceeds(length, limit) else int(length)
    elif not environ.get("wsgi.input_terminated"):
        return b""  # without a length, and without a server that knows the end, reading may hang
    body: bytes = environ["wsgi.input"].read(limit)
    return body


def exceeds(length: str, limit: int) -> bool:
    """Return whether a Content-Length is a number above a limit."""
    if not (length.isascii() and length.isdecimal()):
        return False
    # Python refuses to convert thousands of digits; such a number is above any limit.
    return len(length) > _MOST_DIGITS or int(length) > limit


def _phrase(status: int) -> str:
    known = {member.value: member.phrase for member in HTTPStatus}
    return known.get(status, "Unknown")
