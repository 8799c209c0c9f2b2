"""Pamela's tools: registration, and execution during a call."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trunkline._json import is_object
from trunkline.sandbox.contract.examples import example_from_schema
from trunkline.sandbox.core.call_simulator import CallSimulator, CallStep, LiveCall, Turn
from trunkline.sandbox.core.http import Problem, Response, json_response
from trunkline.sandbox.providers.pamela.calls import PamelaCall, scripted_tools, signed_delivery
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from trunkline.sandbox.core.http import Request
    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.core.webhook_dispatcher import DeliveryResponse

__all__ = ["PamelaTools"]

DEFAULT_TIMEOUT_MS = 30_000
#: Seconds from the connection to the first execution, and between executions.
FIRST_EXECUTION, BETWEEN_EXECUTIONS = 3.0, 2.0
#: A receiver of tool executions may not block the sandbox longer than this (real seconds).
MAX_TIMEOUT = 30.0


class PamelaTools:
    """The registered tools, and their execution."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self.by_id: dict[str, dict[str, Any]] = state.latest()

    def register(self, request: Request) -> Response:
        """Registering an existing name adds a second tool."""
        tool = request.fields()["tool"]
        identifier = self._state.ids.make("tool")
        self.by_id[identifier] = {
            "id": identifier,
            "name": tool["name"],
            "description": tool["description"],
            "active": True,
            "input_schema": tool["input_schema"],
            "output_schema": tool.get("output_schema", {}),
            "timeout_ms": tool.get("timeout_ms", DEFAULT_TIMEOUT_MS),
            "created_at": format_timestamp(request.now),
            "updated_at": format_timestamp(request.now),
        }
        return json_response(200, _result(identifier, "Tool registered", self.by_id[identifier]))

    def list_all(self, _request: Request) -> Response:
        """Deleted tools stay in the list, inactive."""
        tools = list(self.by_id.values())
        is_array = self._state.config.pamela.tool_list_style == "array"
        return json_response(200, tools if is_array else {"tools": tools})

    def delete(self, request: Request) -> Response:
        tool = self.by_id.get(request.path["tool_id"])
        if tool is None:
            raise Problem(404, "Tool not found", details={"tool_id": request.path["tool_id"]})
        tool["active"], tool["updated_at"] = False, format_timestamp(request.now)
        return json_response(200, _result(tool["id"], "Tool deactivated"))

    def plan_executions(self, simulator: CallSimulator, call: PamelaCall, when: datetime) -> None:
        url = self._url(call)
        if url is None:
            return
        for index, wanted in enumerate(self._wanted(call)):
            seconds = FIRST_EXECUTION + index * BETWEEN_EXECUTIONS
            step = self._execution(call, wanted, url)
            simulator.later(call.live, when, seconds, step)

    def _execution(self, call: PamelaCall, wanted: dict[str, Any], url: str) -> CallStep:
        def execute(_live: LiveCall, _when: datetime) -> None:
            self._send(call, wanted, url)

        return execute

    def _url(self, call: PamelaCall) -> str | None:
        own = call.request.get("webhooks", {})
        return own.get("tool_webhook_url") or self._state.config.pamela.tool_webhook_url

    def _wanted(self, call: PamelaCall) -> list[dict[str, Any]]:
        scripted = scripted_tools(call)
        if scripted is not None:
            return scripted
        known = self._known(call)
        return [
            {"tool_name": name, "arguments": example_from_schema(tool["input_schema"])}
            for name, tool in known.items()
        ]

    def _known(self, call: PamelaCall) -> dict[str, Mapping[str, Any]]:
        registered = [tool for tool in self.by_id.values() if tool["active"]]
        return {tool["name"]: tool for tool in [*registered, *call.request.get("tools", [])]}

    def _send(self, call: PamelaCall, wanted: dict[str, Any], url: str) -> None:
        payload: dict[str, Any] = {
            "tool_name": wanted.get("tool_name", "unnamed"),
            "arguments": wanted.get("arguments", {}),
            "call_id": call.live.id,
            "correlation_id": self._state.ids.make("corr"),
            "call_session_id": call.session_id,
            "partner_id": "partner_sandbox",
            "project_id": None,
        }
        delivery = signed_delivery(self._state, "toolExecution", url, payload)
        tool = self._known(call).get(payload["tool_name"], {})
        milliseconds = tool.get("timeout_ms", DEFAULT_TIMEOUT_MS)
        delivery.timeout_seconds = min(max(milliseconds / 1000, 0.001), MAX_TIMEOUT)
        delivery.is_retried = False
        delivery.on_end = lambda response: self._record(call, payload, response)
        self._state.dispatcher.enqueue(delivery)

    def _record(
        self, call: PamelaCall, payload: dict[str, Any], response: DeliveryResponse
    ) -> None:
        outcome = _outcome(response)
        known = {name: payload[name] for name in ("tool_name", "correlation_id")}
        call.tool_results.append({**known, "status": response.status, **outcome})
        text = json.dumps(outcome)
        call.live.turns.append(Turn("tool", text, self._state.scheduler.now()))


def _outcome(response: DeliveryResponse) -> dict[str, Any]:
    if response.status is None:
        return {"error": response.error or "no response"}
    try:
        body = json.loads(response.body)
    except ValueError:
        return {"error": "the response is not JSON"}
    if is_object(body) and "result" in body:
        return {"result": body["result"]}
    return {"error": body}


def _result(identifier: str, message: str, tool: dict[str, Any] | None = None) -> dict[str, Any]:
    result = {"success": True, "message": message, "tool_id": identifier}
    return result if tool is None else {**result, "tool": tool}
