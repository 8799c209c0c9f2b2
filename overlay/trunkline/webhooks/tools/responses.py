"""Responses to tool calls.

The vendor documents ``{"result": ...}`` for success, 400 for an unknown tool, and an echoed
``correlation_id`` on one of its pages. How a tool reports a failure is not documented: here it is
a result with an ``error`` object (inferred), because another status could make the service repeat
a call that has taken effect. No exception text and no stack trace is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from trunkline.webhooks.responses import Reply

if TYPE_CHECKING:
    from trunkline.webhooks.events.pamela import ToolExecution

__all__ = ["ToolErrorCode", "failure", "success", "unknown_tool"]

ToolErrorCode: TypeAlias = Literal[
    "invalid_arguments", "failed", "invalid_result", "timed_out", "busy", "conflict"
]

_MESSAGES: dict[ToolErrorCode, str] = {
    "invalid_arguments": "The arguments do not fit the tool's schema.",
    "failed": "The tool failed.",
    "invalid_result": "The tool gave an unusable result.",
    "timed_out": "The tool did not finish in time.",
    "busy": "Too many tools are running; try again later.",
    "conflict": "This correlation_id was used for another tool call.",
}


def success(event: ToolExecution, result: Any) -> Reply:
    return Reply.json({"result": result, "correlation_id": event.correlation_id})


def failure(
    event: ToolExecution, code: ToolErrorCode, *, message: str = "", field: str = ""
) -> Reply:
    error = {"code": code, "message": message or _MESSAGES[code]}
    if field:
        error["field"] = field
    return success(event, {"error": error})


def unknown_tool() -> Reply:
    """Respond to an unknown name, as documented."""
    return Reply.json({"error": "Unknown tool"}, status=400)
