"""Pamela's calls: their state, their events, and their representation in responses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.errors import ConfigurationError
from trunkline.sandbox.core.call_simulator import (
    CallListener,
    CallScenario,
    CallSimulator,
    LiveCall,
    Turn,
    scenario_for,
)
from trunkline.sandbox.core.http import Problem
from trunkline.sandbox.core.signing import hex_hmac, pamela_body, pamela_signed_text
from trunkline.sandbox.core.webhook_dispatcher import Delivery
from trunkline.sandbox.merge import merged
from trunkline.sandbox.providers.pamela.errors import VALIDATION
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from trunkline.sandbox.core.http import Request
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["PamelaCall", "PamelaCalls", "scripted_tools", "signed_delivery"]

SECONDS_PER_MINUTE = 60
SIGNATURE_HEADER = "X-Pamela-Signature"
FROM_NUMBER = "+15005550100"
#: Member of a call's metadata that selects its scenario.
SCRIPT_KEY = "sandbox"


@dataclass(slots=True)
class PamelaCall:
    """A call, and what Pamela stores with it."""

    live: LiveCall
    request: Mapping[str, Any]
    session_id: str
    conversation_id: str
    tool_results: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def status(self) -> str:
        """Pamela has neither ``busy`` nor ``no_answer``."""
        status = self.live.status
        return "failed" if status in {"no_answer", "busy"} else status

    @property
    def billed_minutes(self) -> int | None:
        """Started minutes, at least one once connected; None while the call lasts."""
        if self.live.duration_seconds is None:
            return None
        if self.live.started_at is None:
            return 0
        return max(-(-self.live.duration_seconds // SECONDS_PER_MINUTE), 1)


class PamelaCalls(CallListener):
    """All calls, the newest last.

    Args:
        on_connect: called when a call connects, for tool executions.
    """

    def __init__(
        self, state: SandboxState, on_connect: Callable[[CallSimulator, PamelaCall, datetime], None]
    ) -> None:
        self._state = state
        self._on_connect = on_connect
        self.simulator = CallSimulator(state.scheduler, self)
        self.by_id = state.latest(self._forget)

    def create(self, request: Request) -> PamelaCall:
        fields = request.fields()
        ids = self._state.ids
        live = LiveCall(
            id=ids.make("call"),
            to=fields["to"],
            scenario=self._scenario(fields),
            created_at=request.now,
        )
        call = PamelaCall(live, fields, ids.make("sess"), ids.make("conv"))
        self.by_id[live.id] = call
        self.simulator.start(live)
        return call

    def summary(self, call: PamelaCall, message: str) -> dict[str, Any]:
        return {
            "id": call.live.id,
            "status": call.status,
            "call_session_id": call.session_id,
            "conversation_id": call.conversation_id,
            "created_at": format_timestamp(call.live.created_at),
            "updated_at": format_timestamp(call.live.updated_at),
            "to": call.live.to,
            "from_number": FROM_NUMBER,
            "task": call.request["task"],
            "message": message,
            "success": True,
        }

    def detail(self, call: PamelaCall, now: datetime) -> dict[str, Any]:
        live = call.live
        has_text = self._has_transcript(live, now)
        return {
            "id": live.id,
            "status": call.status,
            "call_session_id": call.session_id,
            "conversation_id": call.conversation_id,
            "duration_seconds": live.duration_seconds,
            "billed_minutes": call.billed_minutes,
            "transcript": self._transcript(live) if has_text else None,
            "summary": f"{len(live.turns)} turns, {call.status}." if has_text else None,
            "created_at": format_timestamp(live.created_at),
            "started_at": format_timestamp(live.started_at),
            "ended_at": format_timestamp(live.ended_at),
            "metadata": _metadata(call),
            "message": f"The call is {call.status}",
            "success": True,
        }

    def on_status(self, call: LiveCall, when: datetime) -> None:
        ours = self.by_id[call.id]
        event = {"queued": "call.queued", "in_progress": "call.started"}.get(call.status)
        if ours.status in {"completed", "failed"}:
            event = f"call.{ours.status}"
        if event is not None:
            more = {"transcript": _entries(call)} if event == "call.completed" else {}
            self._send_event(ours, event, when, more)
        if call.status == "in_progress":
            self._on_connect(self.simulator, ours, when)

    def on_turn(self, call: LiveCall, turn: Turn) -> None:
        more = {"transcript": [_entry(turn)]}
        self._send_event(self.by_id[call.id], "call.transcript_update", turn.at, more)

    def _forget(self, call: PamelaCall) -> None:
        self.simulator.forget(call.live)

    def _scenario(self, fields: Mapping[str, Any]) -> CallScenario:
        scenario = scenario_for(fields["to"], self._state.config.calls)
        script = dict(_scripted(fields))
        script.pop("tool_calls", None)
        try:
            scenario = merged(scenario, script, f"metadata.{SCRIPT_KEY}")
        except ConfigurationError as error:
            raise Problem(400, str(error), VALIDATION) from None
        cap = fields.get("max_duration_seconds") or self._state.config.pamela.max_duration_seconds
        talk = cap if scenario.talk_seconds is None else min(scenario.talk_seconds, cap)
        return replace(scenario, talk_seconds=max(0.0, talk))

    def _has_transcript(self, call: LiveCall, now: datetime) -> bool:
        lag = timedelta(seconds=self._state.config.pamela.transcript_lag_seconds)
        return call.ended_at is not None and bool(call.turns) and now >= call.ended_at + lag

    def _transcript(self, call: LiveCall) -> Any:
        if self._state.config.pamela.transcript_style == "text":
            return "\n".join(f"{turn.speaker}: {turn.text}" for turn in call.turns)
        return _entries(call)

    def _send_event(
        self, call: PamelaCall, event: str, when: datetime, more: dict[str, Any]
    ) -> None:
        own = call.request.get("webhooks", {})
        url = own.get("webhook_url") or self._state.config.pamela.webhook_url
        if url:
            payload = {
                "event": event,
                "call_id": call.live.id,
                "status": call.status,
                "timestamp": format_timestamp(when),
                **more,
            }
            self._state.dispatcher.enqueue(signed_delivery(self._state, event, url, payload))


def signed_delivery(
    state: SandboxState, event: str, url: str, payload: Mapping[str, Any]
) -> Delivery:
    config = state.config.pamela
    signed = pamela_signed_text(payload, config.signed_form)
    headers = {
        "Content-Type": "application/json",
        SIGNATURE_HEADER: hex_hmac(config.webhook_secret, signed),
    }
    return Delivery("pamela", event, url, headers, pamela_body(payload, config.body_style))


def scripted_tools(call: PamelaCall) -> list[dict[str, Any]] | None:
    """Return the tool calls that the caller's metadata script, None without a script."""
    wanted = _scripted(call.request).get("tool_calls")
    return [item for item in wanted if is_object(item)] if is_array(wanted) else None


def _scripted(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    script = fields.get("metadata", {}).get(SCRIPT_KEY)
    return script if is_object(script) else {}


def _metadata(call: PamelaCall) -> dict[str, Any]:
    metadata = dict(call.request.get("metadata", {}))
    if call.tool_results:
        metadata["sandbox_tool_results"] = call.tool_results
    return metadata


def _entries(call: LiveCall) -> list[dict[str, Any]]:
    return [_entry(turn) for turn in call.turns]


def _entry(turn: Turn) -> dict[str, Any]:
    return {"speaker": turn.speaker, "text": turn.text, "timestamp": format_timestamp(turn.at)}
