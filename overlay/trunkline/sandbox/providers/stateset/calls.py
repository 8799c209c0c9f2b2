"""StateSet's calls: call logs and voice sessions are two views of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from trunkline.sandbox.core.call_simulator import (
    CallListener,
    CallSimulator,
    LiveCall,
    scenario_for,
)
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from trunkline.sandbox.core.http import Request
    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.providers.stateset.events import StateSetEvents

__all__ = ["StateSetCall", "StateSetCalls"]

#: Twilio's spelling.
WORDS = {"in_progress": "in-progress", "no_answer": "no-answer", "cancelled": "canceled"}


@dataclass(slots=True)
class StateSetCall:
    """A call, and what StateSet stores with it."""

    live: LiveCall
    log_id: str
    direction: Literal["inbound", "outbound"]
    from_number: str
    stream_sid: str
    session_id: str
    agent_key: str | None = None

    @property
    def status(self) -> str:
        return WORDS.get(self.live.status, self.live.status)

    @property
    def session_status(self) -> str:
        if not self.live.is_over:
            return "active"
        return "completed" if self.live.status == "completed" else "failed"

    @property
    def summary(self) -> str | None:
        return f"{len(self.live.turns)} turns, {self.status}." if self.live.is_over else None

    def log(self) -> dict[str, Any]:
        return {
            "id": self.log_id,
            "call_sid": self.live.id,
            "direction": self.direction,
            "status": self.status,
            "duration_seconds": self.live.duration_seconds,
            "escalated": self.live.is_escalated,
            "summary": self.summary,
            "from_number": self.from_number,
            "to_number": self.live.to,
            "stream_sid": self.stream_sid,
            "agent_key": self.agent_key,
        }

    def session(self) -> dict[str, Any]:
        """The members of transcript turns are the sandbox's own choice."""
        return {
            "stream_id": self.stream_sid,
            "call_sid": self.live.id,
            "transcript": [
                {"speaker": turn.speaker, "text": turn.text, "timestamp": format_timestamp(turn.at)}
                for turn in self.live.turns
            ],
            "function_calls": [],
            "summary": self.summary,
            "tags": ["escalated"] if self.live.is_escalated else [],
        }

    def completed_data(self) -> dict[str, Any]:
        return {
            "call_sid": self.live.id,
            "voice_session_id": self.session_id,
            "stream_sid": self.stream_sid,
            "from_number": self.from_number,
            "to_number": self.live.to,
            "direction": self.direction,
            "status": self.status,
            "duration_seconds": self.live.duration_seconds,
            "escalated": self.live.is_escalated,
            "function_call_count": 0,
            "transcript_turn_count": len(self.live.turns),
            "summary": self.summary,
        }


class StateSetCalls(CallListener):
    """All calls, the newest last.

    Args:
        events: sends starts, escalations and ends.
    """

    def __init__(self, state: SandboxState, events: StateSetEvents) -> None:
        self._state = state
        self._events = events
        self._simulator = CallSimulator(state.scheduler, self)
        self.by_sid = state.latest(self._forget)

    def make(self, request: Request) -> StateSetCall:
        fields = request.fields()
        sid = "CA" + self._state.ids.hex(32)
        live = self._live(sid, fields["to"], fields["to"], request.now)
        live.opening = fields.get("greeting")
        from_number = fields.get("from", self._state.config.stateset.from_number)
        call = self._stored(live, "outbound", from_number, fields.get("agent_key"))
        self._simulator.start(live)
        return call

    def receive(self, form: Mapping[str, str], now: datetime) -> StateSetCall:
        """Connect an inbound call; a repeated callback returns the same call."""
        sid = form["CallSid"]
        if sid not in self.by_sid:
            live = self._live(sid, form["To"], form["From"], now)
            self._stored(live, "inbound", form["From"], None)
            self._simulator.connect(live, now)
        return self.by_sid[sid]

    def newest_first(self) -> list[StateSetCall]:
        return list(reversed(self.by_sid.values()))

    def on_status(self, call: LiveCall, when: datetime) -> None:
        del when
        ours = self.by_sid[call.id]
        if call.status == "in_progress":
            tenant = self._state.config.stateset.tenant_id
            started = {"call_sid": call.id, "stream_sid": ours.stream_sid, "tenant_id": tenant}
            self._events.send("voice.call.started", started)
        elif call.is_over:
            self._events.send("voice.call.completed", ours.completed_data())

    def on_escalation(self, call: LiveCall, when: datetime) -> None:
        del when
        data = {
            "call_sid": call.id,
            "stream_sid": self.by_sid[call.id].stream_sid,
            "target": "support_queue",
            "initiated_by": "agent",
        }
        self._events.send("voice.call.escalated", data)

    def _forget(self, call: StateSetCall) -> None:
        self._simulator.forget(call.live)

    def _live(self, sid: str, to: str, selector: str, now: datetime) -> LiveCall:
        scenario = scenario_for(selector, self._state.config.calls)
        return LiveCall(id=sid, to=to, scenario=scenario, created_at=now)

    def _stored(
        self,
        live: LiveCall,
        direction: Literal["inbound", "outbound"],
        from_number: str,
        agent_key: str | None,
    ) -> StateSetCall:
        ids = self._state.ids
        call = StateSetCall(
            live=live,
            log_id=ids.uuid(),
            direction=direction,
            from_number=from_number,
            stream_sid="MZ" + ids.hex(32),
            session_id=ids.make("vs"),
            agent_key=agent_key,
        )
        self.by_sid[live.id] = call
        return call
