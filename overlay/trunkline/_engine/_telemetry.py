"""OpenTelemetry client spans: one for a call, an event for each attempt.

Attributes are an allow-list of the HTTP semantic conventions. ``url.full`` is left out on purpose:
a path may hold an id and a query a telephone number; ``url.template`` says what was called. No
trace context is sent to the vendor.

The API is never imported here. An application that traces has imported it already; where nobody
has, a call costs one look into ``sys.modules``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from trunkline._engine._wire import Broken
from trunkline.errors import APIError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from trunkline._engine._core import Core
    from trunkline._engine._wire import Answer, Trip

_LONGEST_ID = 200


def recording(core: Core, trip: Trip) -> Recording | None:
    """Return the recording of a call, or None where nobody traces.

    Args:
        core: the client.
        trip: the call; its span is noted on it.
    """
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return None
    span = _tracer(trace).start_span(
        f"{trip.method} {trip.path}", kind=trace.SpanKind.CLIENT, attributes=_known(core, trip)
    )
    if not span.is_recording():
        return None
    trip.span = span
    return Recording(trip, trace.StatusCode.ERROR)


def _tracer(trace: Any) -> Any:
    from trunkline import __version__

    return trace.get_tracer("trunkline", __version__)


def _known(core: Core, trip: Trip) -> dict[str, Any]:
    origin = trip.origin
    return {
        "http.request.method": trip.method,
        "server.address": origin.host.decode(),
        "server.port": origin.port or (443 if origin.scheme == b"https" else 80),
        "url.scheme": origin.scheme.decode(),
        "url.template": trip.path,
        "trunkline.provider": core.provider.name,
        "trunkline.operation": trip.operation_id or "",
    }


def note(trip: Trip, outcome: Answer | Broken) -> None:
    """Add the event of an attempt to the call's span."""
    facts: dict[str, Any] = {"http.request.resend_count": trip.attempts - 1}
    if isinstance(outcome, Broken):
        facts["error.type"] = "timeout" if outcome.timed_out else "connection"
        facts["trunkline.reason"] = outcome.reason
    else:
        facts["http.response.status_code"] = outcome.status
    trip.span.add_event("attempt", facts)


class Recording:
    """Ends the span of a call with what came of it; a context manager.

    Args:
        trip: the call.
        failed: OpenTelemetry's status for a failure.
    """

    __slots__ = ("_failed", "_trip")

    def __init__(self, trip: Trip, failed: Any) -> None:
        self._trip, self._failed = trip, failed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        span = self._trip.span
        span.set_attribute("http.request.resend_count", max(0, self._trip.attempts - 1))
        if error is not None:
            # The error's text is for people; its type is what can be counted.
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(self._failed)
        if isinstance(error, APIError):
            self._answered(error.status, error.request_id)
        span.end()

    def follow(self, trip: Trip) -> None:
        """Go on with another request that serves the same call, such as after a redirect."""
        trip.span, self._trip = self._trip.span, trip

    def succeeded(self, answer: Answer) -> None:
        """Note a success."""
        self._answered(answer.status, answer.headers.get("x-request-id"))

    def _answered(self, status: int | None, request_id: str | None) -> None:
        span = self._trip.span
        if status is not None:
            span.set_attribute("http.response.status_code", status)
        if request_id:
            span.set_attribute("trunkline.request_id", request_id[:_LONGEST_ID])
