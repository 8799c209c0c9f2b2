"""Pamela's 15 operations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import MockProvider
from trunkline.sandbox.providers.pamela.account import PamelaAccount
from trunkline.sandbox.providers.pamela.calls import PamelaCall, PamelaCalls, signed_delivery
from trunkline.sandbox.providers.pamela.errors import (
    VALIDATION,
    call_not_found,
    envelope,
    malformed,
)
from trunkline.sandbox.providers.pamela.tools import PamelaTools
from trunkline.sandbox.timestamps import in_range, range_end, range_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline.sandbox.contract.openapi import Operation, Violation
    from trunkline.sandbox.core.call_simulator import Status
    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["PamelaProvider"]

DEFAULT_LIMIT = 50
#: Countries that the sandbox refuses, with code and message.
REFUSED_COUNTRIES = {
    "AQ": (7004, "No phone number for country"),
    "ZZ": (7005, "Unsupported country"),
}


class PamelaProvider(MockProvider):
    name = "pamela"
    mount = "/pamela"
    package = "pamela"
    base_url_variable = "PAMELA_BASE_URL"

    def __init__(self, state: SandboxState) -> None:
        super().__init__(state)
        self.tools = PamelaTools(state)
        self.calls = PamelaCalls(state, self.tools.plan_executions)
        self.account = PamelaAccount(state, self.calls)
        self.handlers: Mapping[str, Handler] = {
            "create_call": self.create_call,
            "list_calls": self.list_calls,
            "get_call": self.get_call,
            "cancel_call": self.cancel_call,
            "hangup_call": self.hangup_call,
            "register_tool": self.tools.register,
            "list_tools": self.tools.list_all,
            "delete_tool": self.tools.delete,
            "get_usage": self.account.usage,
            "create_api_key": self.account.create_key,
            "list_api_keys": self.account.list_keys,
            "revoke_api_key": self.account.revoke_key,
            "get_subscription": self.account.subscription,
            "create_checkout_session": self.account.checkout,
            "create_portal_session": self.account.portal,
        }

    def credentials(self) -> Mapping[str, Sequence[str]]:
        config = self.state.config.pamela
        return {
            "PAMELA_API_KEY": config.api_keys,
            "PAMELA_USER_TOKEN": config.user_tokens,
            "PAMELA_WEBHOOK_SECRET": [config.webhook_secret],
        }

    def check_rate_limit(self, request: Request) -> Mapping[str, str]:
        """The vendor documents `Retry-After` and no other header."""
        config = self.state.config.pamela
        if config.rate_limit is None:
            return {}
        window = self.state.rate_limiter.hit(
            "pamela", request.now, config.rate_limit, config.rate_window_seconds
        )
        if window.is_exceeded:
            wait = max(1, round(window.seconds_left))
            details, headers = {"retry_after": wait}, {"Retry-After": str(wait)}
            raise Problem(429, "Rate limit exceeded", 6001, details, headers)
        return {}

    def authorize(self, request: Request) -> None:
        if "/partner/" in request.operation.template:
            self.account.require_user(request)
        else:
            self.account.require_subscriber(request)

    def error_response(self, problem: Problem) -> Response:
        return envelope(problem, self.state.config.pamela.error_style)

    def validation_problem(self, _operation: Operation, violations: Sequence[Violation]) -> Problem:
        return malformed(violations)

    def emit(self, event: str, data: Mapping[str, object]) -> int:
        url = self.state.config.pamela.webhook_url
        if url is None:
            raise Problem(400, "pamela.webhook_url is not configured")
        payload = {"event": event, **data}
        self.state.dispatcher.enqueue(signed_delivery(self.state, event, url, payload))
        return 1

    def create_call(self, request: Request) -> Response:
        country = request.fields().get("country")
        if country in REFUSED_COUNTRIES:
            code, message = REFUSED_COUNTRIES[country]
            raise Problem(400, message, code, {"country": country})
        self.account.require_quota(request.now)
        call = self.calls.create(request)
        return json_response(200, self.calls.summary(call, "Call queued"))

    def list_calls(self, request: Request) -> Response:
        """The newest first; dates are compared with `created_at`."""
        found = [self.calls.detail(call, request.now) for call in self._wanted(request)]
        limit = request.query.get("limit", DEFAULT_LIMIT)
        offset = request.query.get("offset", 0)
        items = found[offset : offset + limit]
        has_more = offset + len(items) < len(found) and bool(items)
        page = {
            "items": items,
            "total": len(found),
            "limit": limit,
            "offset": offset,
            "has_more": has_more,
            "next_offset": offset + len(items) if has_more else None,
        }
        return json_response(200, page)

    def get_call(self, request: Request) -> Response:
        return json_response(200, self.calls.detail(self._call(request), request.now))

    def cancel_call(self, request: Request) -> Response:
        call = self._lasting(request)
        self.calls.simulator.end(call.live, "cancelled", request.now)
        return json_response(200, self.calls.summary(call, "Call cancelled"))

    def hangup_call(self, request: Request) -> Response:
        """A call that has connected becomes completed, any other cancelled."""
        call = self._lasting(request)
        status: Status = "cancelled" if call.live.started_at is None else "completed"
        self.calls.simulator.end(call.live, status, request.now)
        return json_response(200, self.calls.summary(call, "Call hung up"))

    def _call(self, request: Request) -> PamelaCall:
        call = self.calls.by_id.get(request.path["call_id"])
        if call is None:
            raise call_not_found()
        return call

    def _lasting(self, request: Request) -> PamelaCall:
        call = self._call(request)
        if call.live.is_over:
            raise Problem(400, "The call has ended", VALIDATION, {"status": call.status})
        return call

    def _wanted(self, request: Request) -> list[PamelaCall]:
        query = request.query
        start, end = range_start(query.get("start_date")), range_end(query.get("end_date"))
        status = query.get("status_filter")
        listed = request.now - timedelta(seconds=self.state.config.pamela.list_lag_seconds)
        return [
            call
            for call in reversed(self.calls.by_id.values())
            if status in {None, call.status}
            and call.live.created_at <= listed
            and in_range(call.live.created_at, start, end)
        ]
