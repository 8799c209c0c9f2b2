"""Whispey's REST API: agents, calls, analytics, webhooks and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import MockProvider, bearer_token
from trunkline.sandbox.providers.whispey.analytics import (
    DEFAULT_PERIOD,
    agent_analytics,
    cost_analytics,
    in_period,
)
from trunkline.sandbox.providers.whispey.errors import (
    agent_not_found,
    failure,
    malformed,
    not_found,
    wrong_key,
)
from trunkline.sandbox.providers.whispey.exports import WhispeyExports
from trunkline.sandbox.providers.whispey.ingest import WhispeyIngestProvider
from trunkline.sandbox.providers.whispey.records import Record, call_figures
from trunkline.sandbox.providers.whispey.store import Webhook, WhispeyStore
from trunkline.sandbox.timestamps import format_timestamp, in_range, range_end, range_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline.sandbox.contract.openapi import Operation, Violation
    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.rate_limit import Window
    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.providers.whispey.records import Agent

__all__ = ["WhispeyProvider"]

DEFAULT_LIMIT = 50


class WhispeyProvider(MockProvider):
    name = "whispey"
    mount = "/whispey"
    package = "whispey"
    base_url_variable = "WHISPEY_BASE_URL"

    def __init__(self, state: SandboxState, store: WhispeyStore) -> None:
        super().__init__(state)
        self.store = store
        exports = WhispeyExports(state, store)
        self.handlers: Mapping[str, Handler] = {
            "listAgents": self.list_agents,
            "getAgent": self.get_agent,
            "listCalls": self.list_calls,
            "getCall": self.get_call,
            "getAgentAnalytics": self.agent_analytics,
            "getCostAnalytics": self.cost_analytics,
            "createWebhook": self.create_webhook,
            "createCallExport": exports.create,
            "getExport": exports.get,
            "downloadExport": exports.download,
        }

    @classmethod
    def create(cls, state: SandboxState) -> Sequence[MockProvider]:
        """Return the REST API and the ingest API, which fills the same store."""
        store = WhispeyStore(state)
        return [cls(state, store), WhispeyIngestProvider(state, store)]

    def credentials(self) -> Mapping[str, Sequence[str]]:
        return {"WHISPEY_API_KEY": self.state.config.whispey.api_keys}

    def check_rate_limit(self, request: Request) -> Mapping[str, str]:
        config = self.state.config.whispey
        window = self.state.rate_limiter.hit(
            "whispey", request.now, config.rate_limit, config.rate_window_seconds
        )
        headers = self._limit_headers(window)
        if window.is_exceeded:
            raise Problem(429, "Too many requests", headers=headers)
        return headers

    def authorize(self, request: Request) -> None:
        if bearer_token(request) not in self.state.config.whispey.api_keys:
            raise wrong_key()

    def error_response(self, problem: Problem) -> Response:
        return failure(problem, self.state.config.whispey.error_style)

    def validation_problem(self, _operation: Operation, violations: Sequence[Violation]) -> Problem:
        return malformed(violations)

    def emit(self, event: str, data: Mapping[str, object]) -> int:
        return self.store.send_event(event, data)

    def list_agents(self, _request: Request) -> Response:
        return _success([self._listed(agent) for agent in self.store.agents.values()])

    def get_agent(self, request: Request) -> Response:
        agent = self._agent(request)
        return _success({**agent.to_json(), "metrics": call_figures(self.store.select(agent.id))})

    def list_calls(self, request: Request) -> Response:
        """The newest first; dates are compared with `created_at`."""
        limit = request.query.get("limit", DEFAULT_LIMIT)
        offset = request.query.get("offset", 0)
        found = self._wanted(request)
        items = found[offset : offset + limit]
        page = {
            "success": True,
            "data": [record.summary() for record in items],
            "pagination": {
                "total": len(found),
                "limit": limit,
                "offset": offset,
                "has_more": bool(items) and offset + len(items) < len(found),
            },
        }
        return json_response(200, page)

    def get_call(self, request: Request) -> Response:
        record = self.store.records.get(request.path["call_id"])
        if record is None:
            raise not_found("call")
        return _success(record.detail())

    def agent_analytics(self, request: Request) -> Response:
        agent = self._agent(request)
        period = request.query.get("period", DEFAULT_PERIOD)
        records = in_period(self.store.select(agent.id), request.now, period)
        return _success(agent_analytics(agent.id, records, request.now, period))

    def cost_analytics(self, request: Request) -> Response:
        agent_id = request.query.get("agent_id")
        if agent_id is not None and agent_id not in self.store.agents:
            raise agent_not_found(agent_id)
        period = request.query.get("period", DEFAULT_PERIOD)
        records = in_period(self.store.select(agent_id), request.now, period)
        return _success(cost_analytics(records, request.now, period))

    def create_webhook(self, request: Request) -> Response:
        """The secret is not echoed."""
        fields = request.fields()
        webhook = Webhook(
            id=self.state.ids.make("webhook"),
            url=fields["url"],
            events=tuple(fields["events"]),
            secret=fields.get("secret"),
            created_at=request.now,
        )
        self.store.webhooks[webhook.id] = webhook
        payload = {
            "id": webhook.id,
            "url": webhook.url,
            "events": list(webhook.events),
            "status": "active",
            "created_at": format_timestamp(webhook.created_at),
        }
        return _success(payload, 201)

    def _limit_headers(self, window: Window) -> dict[str, str]:
        is_epoch = self.state.config.whispey.reset_style == "epoch"
        reset = window.reset_at.timestamp() if is_epoch else window.seconds_left
        return {**window.headers, "X-RateLimit-Reset": str(round(reset))}

    def _agent(self, request: Request) -> Agent:
        agent = self.store.agents.get(request.path["agent_id"])
        if agent is None:
            raise agent_not_found(request.path["agent_id"])
        return agent

    def _listed(self, agent: Agent) -> dict[str, Any]:
        figures = call_figures(self.store.select(agent.id))
        return {
            **agent.to_json(),
            "total_calls": figures["total_calls"],
            "success_rate": figures["success_rate"],
        }

    def _wanted(self, request: Request) -> list[Record]:
        query = request.query
        agent_id, status = query.get("agent_id"), query.get("status")
        if agent_id is not None and agent_id not in self.store.agents:
            raise agent_not_found(agent_id)
        start, end = range_start(query.get("start_date")), range_end(query.get("end_date"))
        if start and end and start > end:
            details = {"start_date": "after end_date"}
            raise Problem(400, "The date range is not valid", "INVALID_DATE_RANGE", details)
        return [
            record
            for record in self.store.select(agent_id)
            if status in {None, record.status} and in_range(record.created_at, start, end)
        ]


def _success(data: Any, status: int = 200) -> Response:
    return json_response(status, {"success": True, "data": data})
