"""Maps exceptions of httpx to what they mean for the request."""

from __future__ import annotations

import ssl
import zlib
from typing import TYPE_CHECKING, Final

import httpcore
import httpx

from trunkline._engine.transport.content import ResponseTooLargeError
from trunkline._engine.transport.failures import (
    TransportError,
    causes,
    describe_cause,
    is_connection_failure,
    to_transport_error,
)

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders
    from trunkline._engine.transport.httpx_adapter import SendRecord

# These prove that nothing was sent; any other failure may have happened later.
_UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


_UNSENT_BELOW: Final = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


#: Causes of other libraries that prove it: aiohttp's failure to connect, and respx's mark of a
#: failure that the test asked for. By name, so that neither is imported.
_TRUSTED: Final = frozenset({"ClientConnectorError", "SideEffectError"})


#: Errors that quote bytes that were not HTTP, also by name: httpx, httpcore, h11 and h2 share the
#: first, the others are aiohttp's.
_QUOTING: Final = frozenset({"ProtocolError", "HttpProcessingError", "ClientResponseError"})


def from_httpx(
    error: Exception,
    request: httpx.Request | None = None,
    record: SendRecord | None = None,
    *,
    status: int | None = None,
    headers: RawHeaders | None = None,
    body: bytes = b"",
) -> TransportError:
    """Return the TransportError of an attempt through httpx that an exception ended.

    Args:
        error: the exception.
        request: the request; None where reading the body failed.
        status: the response's status, where its head had arrived.
        headers: the response's headers, likewise.
        body: what had arrived of the body.
        record: what httpcore reported; None for a body.
    """
    if isinstance(error, (httpx.DecodingError, ResponseTooLargeError, zlib.error)):
        cause = zlib.error() if isinstance(error, httpx.DecodingError) else error
        return to_transport_error(cause, sent=True, status=status, headers=headers, body=body)
    unsent = request is not None and record is not None and _is_unsent(error, request, record)
    sent = not unsent
    _join(error)
    if not sent and is_certificate_error(error):
        return TransportError(
            "a certificate is not trusted (see verify=)", sent=False, permanent=True
        )
    timed_out = isinstance(error, (httpx.TimeoutException, TimeoutError))
    words = "took too long" if timed_out else "failed"
    return TransportError(
        f"the connection {words} ({describe_cause(error)})",
        sent=sent,
        timed_out=timed_out,
        status=status,
        headers=headers,
        body=body,
    )


def safe_cause(error: Exception) -> Exception | None:
    """Return the error if a traceback may show it as the cause: None if it quotes the server."""
    seen: list[BaseException] = []
    below: BaseException | None = error
    while below is not None and below not in seen:
        if any(kind.__name__ in _QUOTING for kind in type(below).__mro__):
            return None
        seen.append(below)
        below = below.__cause__ or below.__context__
    return error


def response_from(error: Exception, request: httpx.Request, record: SendRecord) -> httpx.Response:
    """Return the response to the SDK's request for which a hook of the caller has raised.

    httpx has closed it by then: its body holds only what the hook has read.

    Raises:
        TransportError: the exception is about something else.
    """
    if (
        isinstance(error, httpx.HTTPStatusError)
        and not error.response.is_success  # refusing that is the hook's own decision
        and _is_about(error, request)
    ):
        return error.response
    if is_connection_failure(error):
        raise from_httpx(error, request, record) from safe_cause(error)
    raise error


def _join(error: Exception) -> None:
    """Add what failed below httpcore to the chain of causes, where httpcore's pool cuts it off."""
    cut = error.__cause__
    if isinstance(cut, httpcore.ConnectError) and cut.__cause__ is None:
        cut.__cause__ = cut.__context__


def is_certificate_error(error: BaseException) -> bool:
    return any(isinstance(below, ssl.SSLCertVerificationError) for below in causes(error))


def _is_about(error: httpx.RequestError | httpx.HTTPStatusError, request: httpx.Request) -> bool:
    """Return whether the SDK's own request failed, and not one that a hook has made."""
    try:
        return error.request is request
    except RuntimeError:  # httpx has not set it
        return False


def _is_unsent(error: Exception, request: httpx.Request, record: SendRecord) -> bool:
    """Return whether nothing was sent.

    What httpcore reported decides. An exception's class proves nothing by itself: a transport of
    another library, or a hook, may report a reset during the request as a failure to connect.
    """
    cause = error.__cause__
    named = isinstance(error, _UNSENT) and _is_about(error, request)
    below = isinstance(cause, _UNSENT_BELOW) or any(
        kind.__name__ in _TRUSTED for kind in type(cause).__mro__
    )
    return record.is_unsent(by_class=named and (below or (cause is None and record.in_process)))
