"""Simulated calls: queued, ringing, in progress, ended.

The number called selects the scenario, so that a test needs only a number:

============== =====================================================================
+15005550001   fails before it connects
+15005550002   rings 30 s, is not answered
+15005550003   busy
+15005550004   connects, fails after 10 s
+15005550005   stays queued forever
+15005550006   rings forever
+15005550007   talks until it is hung up (or until its longest duration)
+15005550008   completes after 0 s
+15005550009   is escalated to a person, then completes
+15005552NNN   talks NNN seconds
anything else  completes after the configured time
============== =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline.sandbox.config import CallConfig
    from trunkline.sandbox.core.scheduler import Scheduler, Timer

__all__ = [
    "CallListener",
    "CallScenario",
    "CallSimulator",
    "CallStep",
    "LiveCall",
    "Status",
    "Turn",
    "scenario_for",
]

Status = Literal[
    "queued", "ringing", "in_progress", "completed", "failed", "no_answer", "busy", "cancelled"
]
FINAL = frozenset({"completed", "failed", "no_answer", "busy", "cancelled"})
ESCALATION_SECONDS = 4.0

#: Seconds after the connection, speaker, text.
SCRIPT = (
    (1.0, "agent", "Hello, this is an automated assistant calling on behalf of a customer."),
    (4.0, "callee", "Hello, how can I help?"),
    (8.0, "agent", "I would like to settle one thing, it will not take long."),
    (12.0, "callee", "Of course, that is done. Goodbye."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScenario:
    """The course of a call, in virtual seconds.

    Attributes:
        queue_seconds: until it rings; None for never.
        ring_seconds: until it is answered (or not); None for never.
        talk_seconds: until it ends; None for never.
        connects: whether it is answered.
        escalates: whether it is handed to a person.
        outcome: how it ends.
    """

    queue_seconds: float | None = None
    ring_seconds: float | None = None
    talk_seconds: float | None = None
    connects: bool = True
    escalates: bool = False
    outcome: Literal["completed", "failed", "no_answer", "busy"] = "completed"


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that was said."""

    speaker: str
    text: str
    at: datetime


@dataclass(slots=True)
class LiveCall:
    """One call; times are virtual, None until they occur."""

    id: str
    to: str
    scenario: CallScenario
    created_at: datetime
    status: Status = "queued"
    started_at: datetime | None = None
    ended_at: datetime | None = None
    updated_at: datetime | None = None
    is_escalated: bool = False
    opening: str | None = None
    turns: list[Turn] = field(default_factory=list[Turn])
    timers: list[Timer] = field(default_factory=list["Timer"])

    @property
    def is_over(self) -> bool:
        return self.status in FINAL

    @property
    def duration_seconds(self) -> int | None:
        """Whole seconds from the connection to the end; None while the call lasts."""
        if self.ended_at is None:
            return None
        if self.started_at is None:
            return 0
        return int((self.ended_at - self.started_at).total_seconds())


CallStep = Callable[[LiveCall, "datetime"], None]


class CallListener:
    """Receives the events of a call; providers override those that they document."""

    def on_status(self, call: LiveCall, when: datetime) -> None: ...

    def on_turn(self, call: LiveCall, turn: Turn) -> None: ...

    def on_escalation(self, call: LiveCall, when: datetime) -> None: ...


def scenario_for(number: str, config: CallConfig) -> CallScenario:
    usual = CallScenario(
        queue_seconds=config.queue_seconds,
        ring_seconds=config.ring_seconds,
        talk_seconds=config.talk_seconds,
    )
    if (
        number.startswith("+15005552")
        and len(number) == len("+15005552000")
        and number[1:].isdecimal()
    ):
        return replace(usual, talk_seconds=float(number[-3:]))
    return replace(usual, **_MAGIC.get(number, {}))


_MAGIC: dict[str, dict[str, Any]] = {
    "+15005550001": {"connects": False, "outcome": "failed"},
    "+15005550002": {"connects": False, "outcome": "no_answer", "ring_seconds": 30.0},
    "+15005550003": {"connects": False, "outcome": "busy"},
    "+15005550004": {"talk_seconds": 10.0, "outcome": "failed"},
    "+15005550005": {"queue_seconds": None},
    "+15005550006": {"ring_seconds": None},
    "+15005550007": {"talk_seconds": None},
    "+15005550008": {"talk_seconds": 0.0},
    "+15005550009": {"escalates": True},
}


class CallSimulator:
    """Schedules the steps of calls and notifies the listener."""

    def __init__(self, scheduler: Scheduler, listener: CallListener) -> None:
        self._scheduler = scheduler
        self._listener = listener

    def start(self, call: LiveCall) -> None:
        self._change(call, "queued", call.created_at)
        self.later(call, call.created_at, call.scenario.queue_seconds, self._ring)

    def connect(self, call: LiveCall, when: datetime) -> None:
        """Connect a ringing or inbound call."""
        call.started_at = when
        self._change(call, "in_progress", when)
        self._schedule_turns(call, when)
        if call.scenario.escalates:
            self.later(call, when, ESCALATION_SECONDS, self._escalate)
        self.later(call, when, call.scenario.talk_seconds, self._finish)

    def end(self, call: LiveCall, status: Status, when: datetime) -> None:
        self.forget(call)
        call.ended_at = when
        self._change(call, status, when)

    def _ring(self, call: LiveCall, when: datetime) -> None:
        self._change(call, "ringing", when)
        step = self.connect if call.scenario.connects else self._finish
        self.later(call, when, call.scenario.ring_seconds, step)

    def _finish(self, call: LiveCall, when: datetime) -> None:
        self.end(call, call.scenario.outcome, when)

    def _escalate(self, call: LiveCall, when: datetime) -> None:
        call.is_escalated = True
        self._listener.on_escalation(call, when)

    def _schedule_turns(self, call: LiveCall, when: datetime) -> None:
        for index, (seconds, speaker, text) in enumerate(SCRIPT):
            said = call.opening if index == 0 and call.opening else text
            self.later(call, when, seconds, self._turn(speaker, said))

    def _turn(self, speaker: str, text: str) -> CallStep:
        def say(call: LiveCall, when: datetime) -> None:
            turn = Turn(speaker, text, when)
            call.turns.append(turn)
            self._listener.on_turn(call, turn)

        return say

    def _change(self, call: LiveCall, status: Status, when: datetime) -> None:
        call.status, call.updated_at = status, when
        self._listener.on_status(call, when)

    def forget(self, call: LiveCall) -> None:
        for timer in call.timers:
            timer.cancel()
        call.timers.clear()

    def later(self, call: LiveCall, since: datetime, seconds: float | None, do: CallStep) -> None:
        """Schedule a step that runs only if the call has not ended by then; None for never."""
        if seconds is not None:
            due = since + timedelta(seconds=seconds)
            call.timers.append(self._scheduler.at(due, lambda when: do(call, when)))
