"""OpenTelemetry client spans: one for a call, an event for each attempt.

Attributes are an allow-list of the HTTP semantic conventions. ``url.full`` is left out on purpose:
a path may hold an id and a query a telephone number; ``url.template`` identifies the operation. No
trace context is sent to the vendor.

The API is never imported here. An application that traces has imported it already; otherwise
a call costs one look-up in ``sys.modules``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from trunkline._engine.session.error_mapping import sent_key
from trunkline._engine.transport.failures import TransportError
from trunkline._redact import shown
from trunkline._version import __version__
from trunkline.errors import APIError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from trunkline._engine.models import Request, Response
    from trunkline._engine.provider import Provider

_LONGEST_ID = 200


def start_call_span(provider: Provider, request: Request) -> CallSpan | None:
    """Return the span of a call, or None where tracing is off.

    Args:
        provider: the API that is called.
        request: the call; its span is stored on it.
    """
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return None
    span = _tracer(trace).start_span(
        f"{request.method} {request.path_template}",
        kind=trace.SpanKind.CLIENT,
        attributes=_attributes(provider, request),
    )
    if not span.is_recording():
        return None
    request.span = span
    return CallSpan(request, trace.StatusCode.ERROR, sent_key(provider, request))


def _tracer(trace: Any) -> Any:
    return trace.get_tracer("trunkline", __version__)


def _attributes(provider: Provider, request: Request) -> dict[str, Any]:
    origin = request.origin
    return {
        "http.request.method": request.method,
        "server.address": origin.host.decode(),
        "server.port": origin.port_number,
        "url.scheme": origin.scheme.decode(),
        "url.template": request.path_template,
        "trunkline.provider": provider.name,
        "trunkline.operation": request.operation_id or "",
    }


def record_attempt(request: Request, outcome: Response | TransportError) -> None:
    """Add the event of an attempt to the call's span."""
    facts: dict[str, Any] = {"http.request.resend_count": request.attempts - 1}
    if isinstance(outcome, TransportError):
        facts["error.type"] = "timeout" if outcome.timed_out else "connection"
        facts["trunkline.reason"] = outcome.reason
    else:
        facts["http.response.status_code"] = outcome.status
    request.span.add_event("attempt", facts)


class CallSpan:
    """Ends the span of a call with its result; a context manager.

    Args:
        request: the call.
        failed: OpenTelemetry's status for a failure.
        secret: the key, which some servers echo.
    """

    __slots__ = ("_failed", "_request", "_secret")

    def __init__(self, request: Request, failed: Any, secret: str = "") -> None:
        self._request, self._failed, self._secret = request, failed, secret

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        span = self._request.span
        span.set_attribute("http.request.resend_count", max(0, self._request.attempts - 1))
        if error is not None:
            # The error's text is for people; its type is what can be counted.
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(self._failed)
        if isinstance(error, APIError):
            self._set_response(error.status, error.request_id)
        span.end()

    def continue_with(self, request: Request) -> None:
        """Continue with another request of the same call, such as after a redirect."""
        request.span, self._request = self._request.span, request

    def succeeded(self, response: Response) -> None:
        """Note a success."""
        request_id = response.headers.get("x-request-id")
        self._set_response(response.status, request_id and shown(request_id, self._secret))

    def _set_response(self, status: int | None, request_id: str | None) -> None:
        span = self._request.span
        if status is not None:
            span.set_attribute("http.response.status_code", status)
        if request_id:
            span.set_attribute("trunkline.request_id", request_id[:_LONGEST_ID])
