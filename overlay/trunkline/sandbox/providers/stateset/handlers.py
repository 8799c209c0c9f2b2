"""StateSet Voice: calls, call logs, voice sessions, the inbound callback and the probe."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import MockProvider, bearer_token
from trunkline.sandbox.core.signing import twilio_signatures
from trunkline.sandbox.providers.stateset.calls import StateSetCall, StateSetCalls
from trunkline.sandbox.providers.stateset.events import StateSetEvents
from trunkline.sandbox.timestamps import in_range, range_end, range_start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from trunkline.sandbox.contract.openapi import Operation, Violation
    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["StateSetProvider"]

DEFAULT_LIMIT = 25
#: A number without a route: calls to it get the fallback response.
UNKNOWN_ROUTE = "+15005550404"
SLUGS = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "precondition_failed",
    413: "payload_too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
    502: "bad_gateway",
    503: "service_unavailable",
}
FALLBACK = "<Response><Say>This number is not in service.</Say><Hangup/></Response>"


class StateSetProvider(MockProvider):
    name = "stateset"
    mount = "/stateset"
    package = "stateset_voice_public"
    base_url_variable = "STATESET_VOICE_BASE_URL"

    def __init__(self, state: SandboxState) -> None:
        super().__init__(state)
        self.events = StateSetEvents(state)
        self.calls = StateSetCalls(state, self.events)
        self.handlers: Mapping[str, Handler] = {
            "make_call": self.make_call,
            "incoming_call": self.incoming_call,
            "list_call_logs": self.list_call_logs,
            "list_voice_sessions": self.list_voice_sessions,
            "health_ready": self.health_ready,
        }

    def credentials(self) -> Mapping[str, Sequence[str]]:
        return {"STATESET_VOICE_API_KEY": self.state.config.stateset.api_keys}

    def check_rate_limit(self, request: Request) -> Mapping[str, str]:
        """The headers describe the tighter of the two windows."""
        config, rate_limiter = self.state.config.stateset, self.state.rate_limiter
        seconds = config.rate_window_seconds
        name = f"stateset {request.client}"
        by_address = rate_limiter.hit(name, request.now, config.ip_rate_limit, seconds)
        by_tenant = rate_limiter.hit("stateset", request.now, config.tenant_rate_limit, seconds)
        tighter = min(by_address, by_tenant, key=lambda window: window.remaining)
        headers = tighter.headers
        if by_address.is_exceeded or by_tenant.is_exceeded:
            wait = {"Retry-After": str(max(1, round(tighter.seconds_left)))}
            raise Problem(429, "Too many requests", headers={**headers, **wait})
        return headers

    def authorize(self, request: Request) -> None:
        name = request.operation.operation_id
        if name == "incoming_call":
            self._require_signature(request)
        elif name != "health_ready":
            token = bearer_token(request)
            if token not in self.state.config.stateset.api_keys:
                raise Problem(401, "The API key is missing or not valid")

    def error_response(self, problem: Problem) -> Response:
        slug = problem.code or SLUGS.get(problem.status, "internal_error")
        body: dict[str, Any] = {"error": slug, "ok": False}
        if self.state.config.stateset.error_style == "general":
            body = {"error": slug, "message": problem.message, "details": dict(problem.details)}
        return json_response(problem.status, body).with_headers(problem.headers)

    def validation_problem(self, _operation: Operation, violations: Sequence[Violation]) -> Problem:
        """A 400 that names the first field; 422 is not documented."""
        first = violations[0]
        field = ".".join(map(str, first.location[1:])) or first.location[0]
        return Problem(400, f"{field}: {first.message}", details={"field": field})

    def finalize(self, response: Response) -> Response:
        return response.with_headers({"x-request-id": self.state.ids.make("req")})

    def emit(self, event: str, data: Mapping[str, object]) -> int:
        return self.events.send(event, data)

    def make_call(self, request: Request) -> Response:
        call = self.calls.make(request)
        payload = {
            "ok": True,
            "call_sid": call.live.id,
            "status": call.status,
            "to": call.live.to,
            "from": call.from_number,
        }
        return json_response(200, payload)

    def incoming_call(self, request: Request) -> Response:
        if request.body["To"] == UNKNOWN_ROUTE:
            return Response(200, FALLBACK.encode(), "text/xml")
        self.calls.receive(request.body, request.now)
        host = request.base_url.partition("://")[2]
        url = f"wss://{host}/media-stream?stream_token={self.state.ids.hex(32)}"
        text = f"<Response><Connect><Stream url={quoteattr(url)}/></Connect></Response>"
        return Response(200, text.encode(), "text/xml")

    def list_call_logs(self, request: Request) -> Response:
        """The newest first; `from` and `to` are compared with the creation time."""
        query = request.query
        start, end = range_start(query.get("from")), range_end(query.get("to"))
        found = [
            call
            for call in self.calls.newest_first()
            if self._is_logged(call, request.now)
            and query.get("status") in {None, call.status}
            and query.get("direction") in {None, call.direction}
            and in_range(call.live.created_at, start, end)
        ]
        return self._page(request, found, StateSetCall.log)

    def _is_logged(self, call: StateSetCall, now: datetime) -> bool:
        config = self.state.config.stateset
        logged = call.live.created_at + timedelta(seconds=config.log_lag_seconds)
        return now >= logged and (config.logs_running_calls or call.live.is_over)

    def list_voice_sessions(self, request: Request) -> Response:
        """Calls that connected, the newest first."""
        query = request.query
        found = [
            call
            for call in self.calls.newest_first()
            if call.live.started_at is not None
            and query.get("status") in {None, call.session_status}
            and query.get("stream_id") in {None, call.stream_sid}
            and query.get("agent_key") in {None, call.agent_key}
        ]
        return self._page(request, found, StateSetCall.session)

    def health_ready(self, _request: Request) -> Response:
        """No body is documented, so it is empty."""
        if not self.state.config.stateset.is_ready:
            raise Problem(503, "Not ready")
        return Response(200, media_type="")

    def _page(
        self,
        request: Request,
        found: Sequence[StateSetCall],
        view: Callable[[StateSetCall], dict[str, Any]],
    ) -> Response:
        config = self.state.config.stateset
        limit = min(request.query.get("limit", DEFAULT_LIMIT), config.max_page)
        offset = request.query.get("offset", 0)
        chosen = found[offset : offset + limit]
        page = {"data": [view(call) for call in chosen], "limit": limit, "offset": offset}
        if config.with_total:
            page["total"] = len(found)
        return json_response(200, page)

    def _require_signature(self, request: Request) -> None:
        config = self.state.config.stateset
        if config.twilio_auth_token is None:
            return
        url = config.public_url or request.url
        given = request.headers.get("x-twilio-signature", "").encode()
        expected = twilio_signatures(config.twilio_auth_token, url, request.raw)
        if not any(hmac.compare_digest(given, one.encode()) for one in expected):
            raise Problem(401, "The signature is missing or not valid")
