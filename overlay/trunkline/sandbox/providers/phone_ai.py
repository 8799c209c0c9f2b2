"""Phone.ai in the sandbox.

The vendor documents names only. What a call or an agent is called in an answer (``callId``,
``agentId``, ``status``, ``received``) is therefore the sandbox's own choice.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from trunkline.sandbox.core.call_simulator import CallSimulator, LiveCall, Turn, scenario_for
from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import MockProvider, bearer_token
from trunkline.sandbox.core.webhook_dispatcher import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from trunkline.sandbox.contract.openapi import Violation
    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["PhoneAIProvider"]


class PhoneAIProvider(MockProvider):
    """The eight operations; whatever is sent comes back as `received`."""

    name: ClassVar[str] = "phone_ai"
    mount: ClassVar[str] = "/phone-ai"
    package: ClassVar[str] = "phone_ai"
    base_url_variable: ClassVar[str] = "PHONE_AI_BASE_URL"

    def __init__(self, state: SandboxState) -> None:
        super().__init__(state)
        self._simulator = CallSimulator(state.scheduler, self)
        self._calls: dict[str, LiveCall] = {}
        self._agents: dict[str, dict[str, Any]] = {}
        self.handlers: Mapping[str, Handler] = {
            "create_call": self.create_call,
            "hangup_call": self.hangup_call,
            "respond_to_call": self.touch_call,
            "inject_audio": self.touch_call,
            "route_call": self.touch_call,
            "create_agent": self.create_agent,
            "update_agent": self.update_agent,
            "upsert_persona": self.upsert_persona,
        }

    def credentials(self) -> Mapping[str, Sequence[str]]:
        return {"PHONE_AI_API_KEY": self.state.config.phone_ai.api_keys}

    def check_rate_limit(self, request: Request) -> Mapping[str, str]:
        """One window; the two documented headers on every answer, none that says when it ends."""
        config = self.state.config.phone_ai
        window = self.state.rate_limiter.hit(
            "phone_ai", request.now, config.rate_limit, config.rate_window_seconds
        )
        headers = {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(window.remaining),
        }
        if window.is_exceeded:
            raise Problem(429, "Too many requests", headers=headers)
        return headers

    def authorize(self, request: Request) -> None:
        """Check the bearer token."""
        if bearer_token(request) not in self.state.config.phone_ai.api_keys:
            raise Problem(401, "Authentication failed")

    def error_response(self, problem: Problem) -> Response:
        """A message; more is not documented."""
        return json_response(problem.status, {"message": problem.message}).with_headers(
            problem.headers
        )

    def validation_problem(self, violations: Sequence[Violation]) -> Problem:
        """The first violation."""
        return Problem(
            400, f"{'.'.join(map(str, violations[0].location))}: {violations[0].message}"
        )

    def emit(self, event: str, data: Mapping[str, object]) -> int:
        """Send the data as a text to the configured URL; nothing else is documented."""
        url = self.state.config.phone_ai.webhook_url
        if url is None:
            return 0
        headers = {"Content-Type": "application/json"}
        body = json.dumps(data).encode("ascii")
        self.state.dispatcher.enqueue(Delivery("phone_ai", event, url, headers, body))
        return 1

    def create_call(self, request: Request) -> Response:
        """Operation `create_call`; a text in `to` decides the fate as elsewhere."""
        number = str(request.fields().get("to", ""))
        call = LiveCall(
            id=self.state.ids.make("call"),
            to=number,
            scenario=scenario_for(number, self.state.config.calls),
            created_at=request.now,
        )
        self._calls[call.id] = call
        self._simulator.start(call)
        return _call_reply(call, request)

    def hangup_call(self, request: Request) -> Response:
        """Operation `hangup_call`; it is a PUT, so a second time changes nothing."""
        call = self._call(request)
        if not call.is_over:
            self._simulator.end(call, "completed", request.now)
        return _call_reply(call, request)

    def touch_call(self, request: Request) -> Response:
        """Operations `respond_to_call`, `inject_audio` and `route_call`."""
        call = self._call(request)
        if call.is_over:
            raise Problem(400, "The call has ended")
        return _call_reply(call, request)

    def create_agent(self, request: Request) -> Response:
        """Operation `create_agent`."""
        identifier = self.state.ids.make("agent")
        self._agents[identifier] = request.fields()
        return self._agent_reply(identifier, request)

    def update_agent(self, request: Request) -> Response:
        """Operation `update_agent`: absent members are kept."""
        identifier = self._agent(request)
        self._agents[identifier] |= request.fields()
        return self._agent_reply(identifier, request)

    def upsert_persona(self, request: Request) -> Response:
        """Operation `upsert_persona`."""
        identifier = self._agent(request)
        self._agents[identifier]["persona"] = request.fields()
        return self._agent_reply(identifier, request)

    def on_status(self, call: LiveCall, when: datetime) -> None:
        """Phone.ai documents no call events."""

    def on_turn(self, call: LiveCall, turn: Turn) -> None:
        """Phone.ai documents no transcripts."""

    def on_escalation(self, call: LiveCall, when: datetime) -> None:
        """Phone.ai documents no escalations."""

    def _call(self, request: Request) -> LiveCall:
        call = self._calls.get(request.path["callId"])
        if call is None:
            # The page knows no 404: an unknown call is a request that cannot be served.
            raise Problem(400, "There is no such call")
        return call

    def _agent(self, request: Request) -> str:
        if request.path["agentId"] not in self._agents:
            raise Problem(400, "There is no such agent")
        return request.path["agentId"]

    def _agent_reply(self, identifier: str, request: Request) -> Response:
        agent = {"agentId": identifier, "agent": self._agents[identifier]}
        return json_response(200, {**agent, "received": request.fields()})


def _call_reply(call: LiveCall, request: Request) -> Response:
    payload = {"callId": call.id, "status": call.status, "received": request.fields()}
    return json_response(200, payload)
