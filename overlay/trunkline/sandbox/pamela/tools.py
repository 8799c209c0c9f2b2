"""Pamela's tools: the register, and their execution during a call."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.calls import CallStep, LiveCall, Switchboard, Turn
from trunkline.sandbox.messages import Problem, Reply, json_reply
from trunkline.sandbox.moments import stamp
from trunkline.sandbox.pamela.calls import PamelaCall, signed_delivery, steered_tools
from trunkline.sandbox.samples import sample
from trunkline.sandbox.shapes import is_object

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from trunkline.sandbox.delivery import Answer
    from trunkline.sandbox.messages import Request
    from trunkline.sandbox.world import World

__all__ = ["PamelaTools"]

DEFAULT_TIMEOUT_MS = 30_000
#: Seconds from the connection to the first execution, and between executions.
FIRST_EXECUTION, BETWEEN_EXECUTIONS = 3.0, 2.0
#: A receiver of tool executions may not hold the sandbox longer than this (real seconds).
LONGEST_WAIT = 30.0


class PamelaTools:
    """The register of tools, and who runs them.

    Args:
        world: the sandbox.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.by_id: dict[str, dict[str, Any]] = {}

    def register(self, request: Request) -> Reply:
        """Operation `register_tool`; a name that exists already gets a second tool."""
        tool = request.fields()["tool"]
        identifier = self._world.ids.make("tool")
        self.by_id[identifier] = {
            "id": identifier,
            "name": tool["name"],
            "description": tool["description"],
            "active": True,
            "input_schema": tool["input_schema"],
            "output_schema": tool.get("output_schema", {}),
            "timeout_ms": tool.get("timeout_ms", DEFAULT_TIMEOUT_MS),
            "created_at": stamp(request.now),
            "updated_at": stamp(request.now),
        }
        return json_reply(200, _result(identifier, "Tool registered", self.by_id[identifier]))

    def list_all(self, _request: Request) -> Reply:
        """Operation `list_tools`; tools that were deleted stay, inactive."""
        tools = list(self.by_id.values())
        is_array = self._world.config.pamela.tool_list_style == "array"
        return json_reply(200, tools if is_array else {"tools": tools})

    def delete(self, request: Request) -> Reply:
        """Operation `delete_tool`."""
        tool = self.by_id.get(request.path["tool_id"])
        if tool is None:
            raise Problem(404, "Tool not found", details={"tool_id": request.path["tool_id"]})
        tool["active"], tool["updated_at"] = False, stamp(request.now)
        return json_reply(200, _result(tool["id"], "Tool deactivated"))

    def plan_executions(self, switchboard: Switchboard, call: PamelaCall, when: datetime) -> None:
        """Plan what the agent will ask during a call that has just connected."""
        url = self._url(call)
        if url is None:
            return
        for index, wanted in enumerate(self._wanted(call)):
            seconds = FIRST_EXECUTION + index * BETWEEN_EXECUTIONS
            step = self._execution(call, wanted, url)
            switchboard.later(call.live, when, seconds, step)

    def _execution(self, call: PamelaCall, wanted: dict[str, Any], url: str) -> CallStep:
        def execute(_live: LiveCall, _when: datetime) -> None:
            self._send(call, wanted, url)

        return execute

    def _url(self, call: PamelaCall) -> str | None:
        own = call.request.get("webhooks", {})
        return own.get("tool_webhook_url") or self._world.config.pamela.tool_webhook_url

    def _wanted(self, call: PamelaCall) -> list[dict[str, Any]]:
        steered = steered_tools(call)
        if steered is not None:
            return steered
        known = self._known(call)
        return [
            {"tool_name": name, "arguments": sample(tool["input_schema"])}
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
            "correlation_id": self._world.ids.make("corr"),
            "call_session_id": call.session_id,
            "partner_id": "partner_sandbox",
            "project_id": None,
        }
        delivery = signed_delivery(self._world, "toolExecution", url, payload)
        tool = self._known(call).get(payload["tool_name"], {})
        milliseconds = tool.get("timeout_ms", DEFAULT_TIMEOUT_MS)
        delivery.timeout_seconds = min(max(milliseconds / 1000, 0.001), LONGEST_WAIT)
        delivery.is_retried = False
        delivery.on_end = lambda answer: self._record(call, payload, answer)
        self._world.courier.post(delivery)

    def _record(self, call: PamelaCall, payload: dict[str, Any], answer: Answer) -> None:
        outcome = _outcome(answer)
        known = {name: payload[name] for name in ("tool_name", "correlation_id")}
        call.tool_results.append({**known, "status": answer.status, **outcome})
        text = json.dumps(outcome)
        call.live.turns.append(Turn("tool", text, self._world.timeline.now()))


def _outcome(answer: Answer) -> dict[str, Any]:
    if answer.status is None:
        return {"error": answer.error or "no answer"}
    try:
        body = json.loads(answer.body)
    except ValueError:
        return {"error": "the answer is not JSON"}
    if is_object(body) and "result" in body:
        return {"result": body["result"]}
    return {"error": body}


def _result(identifier: str, message: str, tool: dict[str, Any] | None = None) -> dict[str, Any]:
    result = {"success": True, "message": message, "tool_id": identifier}
    return result if tool is None else {**result, "tool": tool}
