"""Sessions as OpenTelemetry spans, made after the session.

The names are those of the GenAI semantic conventions as of 2026-11 (opentelemetry-semantic-
conventions 0.66b2), copied as strings: the package marks all of them as moved. Attributes without
a name in the conventions are under ``trunkline.``.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from trunkline._version import __version__
from trunkline.errors import ConfigurationError
from trunkline.observe._storage.outbox import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from opentelemetry.trace import Span, Tracer, TracerProvider

    from trunkline.observe._storage.journal import Delivery

__all__ = ["OpenTelemetryDestination"]

_TRACER: Final = "trunkline.observe"


class OpenTelemetryDestination:
    """Makes spans: session ``invoke_workflow``, turn ``invoke_agent``, tool ``execute_tool``.

    LiveKit 1.8 makes such spans itself while a session runs. With the same provider, every turn and
    token is counted twice; :class:`LivekitObserve` warns about that.

    Args:
        tracer_provider: receives the spans; without it the one that the application has set. This
            class never sets one.
        workflow: name of the session's span; not the call's id, to avoid too many names.
        content: whether what was said, and arguments and results of tools, become attributes.

    Raises:
        ConfigurationError: opentelemetry-api is not installed.
    """

    name: Literal["otel"] = "otel"
    target = ""
    kinds = frozenset({"ended"})

    def __init__(
        self,
        tracer_provider: TracerProvider | None = None,
        *,
        workflow: str = "voice session",
        content: bool = False,
    ) -> None:
        try:
            from opentelemetry import trace
        except ModuleNotFoundError:
            raise ConfigurationError(
                "OpenTelemetryDestination needs opentelemetry-api: pip install 'trunkline[otel]'"
            ) from None
        self._trace, self._provider = trace, tracer_provider
        self._workflow, self._content = workflow, content

    def __repr__(self) -> str:
        return f"OpenTelemetryDestination(workflow={self._workflow!r})"

    @property
    def doubles_livekit(self) -> bool:
        """Whether spans go to the same provider as LiveKit's own."""
        application = self._trace.get_tracer_provider()
        chosen = self._provider or application
        return chosen is application and not self._is_empty(application)

    def send(self, delivery: Delivery, _seconds: float) -> Outcome:
        """Make the spans of a session."""
        provider = self._provider or self._trace.get_tracer_provider()
        if self._is_empty(provider):
            return Outcome("dead", "the application has set no tracer provider")
        record = json.loads(delivery.payload or "{}")
        self._session(provider.get_tracer(_TRACER, __version__), record)
        return Outcome("sent")

    def _is_empty(self, provider: Any) -> bool:
        empty = (self._trace.ProxyTracerProvider, self._trace.NoOpTracerProvider)
        return isinstance(provider, empty)

    def _session(self, tracer: Tracer, record: Mapping[str, Any]) -> None:
        begin, end = _nanoseconds(record["call_started_at"]), _nanoseconds(record["call_ended_at"])
        ours = record["metadata"].get("trunkline", {})
        span = tracer.start_span(
            f"invoke_workflow {self._workflow}",
            start_time=begin,
            attributes=_known(
                {
                    "gen_ai.operation.name": "invoke_workflow",
                    "gen_ai.workflow.name": self._workflow,
                    "gen_ai.conversation.id": record["call_id"],
                    "trunkline.end_reason": record["call_ended_reason"],
                    "trunkline.cost_usd": ours.get("cost_usd"),
                    **_usage(record["metadata"].get("usage", {})),
                }
            ),
        )
        if record["call_ended_reason"] == "error":
            self._failed(span, "session_error")
        turns = record["transcript_with_metrics"]
        for turn in turns:
            self._turn(tracer, span, turn, record["call_id"], end)
        span.end(end)

    def _turn(
        self, tracer: Tracer, parent: Span, turn: Mapping[str, Any], call_id: str, end: int
    ) -> None:
        ours = turn.get("trunkline", {})
        llm: Mapping[str, Any] = turn.get("llm_metrics") or {}
        agent = ours.get("agent")
        begin = _nanoseconds(turn["timestamp"])
        span = tracer.start_span(
            f"invoke_agent {agent}" if agent else "invoke_agent",
            context=self._trace.set_span_in_context(parent),
            start_time=begin,
            attributes=_known(
                {
                    "gen_ai.operation.name": "invoke_agent",
                    "gen_ai.provider.name": llm.get("provider"),
                    "gen_ai.agent.name": agent,
                    "gen_ai.conversation.id": call_id,
                    "gen_ai.request.model": llm.get("model_used"),
                    "gen_ai.output.type": "speech" if turn["agent_response"] else None,
                    "gen_ai.usage.input_tokens": llm.get("prompt_tokens"),
                    "gen_ai.usage.output_tokens": llm.get("completion_tokens"),
                    "trunkline.interrupted": ours.get("interrupted"),
                    "trunkline.e2e_latency": ours.get("e2e_latency"),
                    **(self._said(turn) if self._content else {}),
                }
            ),
        )
        for call in turn["tool_calls"]:
            self._tool(tracer, span, call, begin)
        span.end(max(begin, _nanoseconds(ours["ended_at"]) if "ended_at" in ours else end))

    def _tool(self, tracer: Tracer, parent: Span, call: Mapping[str, Any], begin: int) -> None:
        start = _nanoseconds(call["execution_start"]) if "execution_start" in call else begin
        content = {
            "gen_ai.tool.call.arguments": call.get("arguments"),
            "gen_ai.tool.call.result": call.get("result"),
        }
        span = tracer.start_span(
            f"execute_tool {call.get('name') or 'unknown'}",
            context=self._trace.set_span_in_context(parent),
            start_time=start,
            attributes=_known(
                {
                    "gen_ai.operation.name": "execute_tool",
                    "gen_ai.tool.name": call.get("name"),
                    "gen_ai.tool.call.id": call.get("call_id"),
                    "gen_ai.tool.type": "function",
                    **(content if self._content else {}),
                }
            ),
        )
        if call["status"] == "error":
            self._failed(span, "tool_error")
        end = _nanoseconds(call["execution_end"]) if "execution_end" in call else start
        span.end(max(start, end))

    def _failed(self, span: Span, kind: str) -> None:
        span.set_attribute("error.type", kind)
        span.set_status(self._trace.Status(self._trace.StatusCode.ERROR))

    def _said(self, turn: Mapping[str, Any]) -> dict[str, Any]:
        said = (("input", "user", "user_transcript"), ("output", "assistant", "agent_response"))
        return {
            f"gen_ai.{way}.messages": json.dumps(
                [{"role": role, "parts": [{"type": "text", "content": turn[name]}]}]
            )
            for way, role, name in said
            if turn[name]
        }


def _usage(totals: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "gen_ai.usage.input_tokens": totals.get("llm_prompt_tokens"),
        "gen_ai.usage.output_tokens": totals.get("llm_completion_tokens"),
        "gen_ai.usage.cache_read.input_tokens": totals.get("llm_cached_tokens"),
    }


def _known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _nanoseconds(moment: str | float) -> int:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).timestamp()
    return int(moment * 1e9)
