"""Phone.ai in the sandbox.

The vendor documents no field. The names in responses (``callId``, ``agentId``, ``status``,
``received``) are the sandbox's own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.call_simulator import (
    CallListener,
    CallSimulator,
    LiveCall,
    scenario_for,
)
from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import MockProvider, bearer_token
from trunkline.sandbox.core.webhook_dispatcher import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["PhoneAIProvider"]


class PhoneAIProvider(MockProvider, CallListener):
    """The eight operations; responses hold the request's body as `received`."""

    name = "phone_ai"
    mount = "/phone-ai"
    package = "phone_ai"
    base_url_variable = "PHONE_AI_BASE_URL"

    def __init__(self, state: SandboxState) -> None:
        super().__init__(state)
        self._simulator = CallSimulator(state.scheduler, self)
        self._calls = state.latest(self._simulator.forget)
        self._agents: dict[str, dict[str, Any]] = state.latest()
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
        """Two headers are documented; neither gives the end of the window."""
        config = self.state.config.phone_ai
        window = self.state.rate_limiter.hit(
            "phone_ai", request.now, config.rate_limit, config.rate_window_seconds
        )
        if window.is_exceeded:
            raise Problem(429, "Too many requests", headers=window.headers)
        return window.headers

    def authorize(self, request: Request) -> None:
        if bearer_token(request) not in self.state.config.phone_ai.api_keys:
            raise Problem(401, "Authentication failed")

    def error_response(self, problem: Problem) -> Response:
        return json_response(problem.status, {"message": problem.message}).with_headers(
            problem.headers
        )

    def emit(self, event: str, data: Mapping[str, object]) -> int:
        url = self.state.config.phone_ai.webhook_url
        if url is None:
            return 0
        self.state.dispatcher.enqueue(Delivery.of_json(self.name, event, url, data))
        return 1

    def create_call(self, request: Request) -> Response:
        """`to` is not documented; a value in it selects the scenario, as for other providers."""
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
        """A PUT, so hanging up again changes nothing."""
        call = self._call(request)
        if not call.is_over:
            self._simulator.end(call, "completed", request.now)
        return _call_reply(call, request)

    def touch_call(self, request: Request) -> Response:
        call = self._call(request)
        if call.is_over:
            raise Problem(400, "The call has ended")
        return _call_reply(call, request)

    def create_agent(self, request: Request) -> Response:
        identifier = self.state.ids.make("agent")
        self._agents[identifier] = request.fields()
        return self._agent_reply(identifier, request)

    def update_agent(self, request: Request) -> Response:
        identifier = self._agent(request)
        self._agents[identifier] |= request.fields()
        return self._agent_reply(identifier, request)

    def upsert_persona(self, request: Request) -> Response:
        identifier = self._agent(request)
        self._agents[identifier]["persona"] = request.fields()
        return self._agent_reply(identifier, request)

    def _call(self, request: Request) -> LiveCall:
        call = self._calls.get(request.path["callId"])
        if call is None:
            # The vendor's page has no 404.
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
