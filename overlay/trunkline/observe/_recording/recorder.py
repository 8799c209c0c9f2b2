"""Builds a session from entries, without clock, I/O or threads.

An entry is a small JSON object: ``k`` says what happened, ``t`` when it arrived in epoch seconds.
The same entries give the same session, whether they are applied as they happen or read back from
the journal of a process that has died.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline.observe._recording.turns import Message, Turn, Turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Entry", "Head", "SessionRecord", "replayed"]

Entry = dict[str, Any]

#: This many changes of state are kept per turn; they are the least important entries.
MAX_STATES: Final = 40
MAX_ERRORS: Final = 50

#: Summed to get the usage where a stack reports no totals.
_SUMMED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "llm": (
        ("prompt_tokens", "input_tokens"),
        ("prompt_cached_tokens", "input_cached_tokens"),
        ("completion_tokens", "output_tokens"),
    ),
    "tts": (("characters_count", "characters_count"), ("audio_duration", "audio_duration")),
    "stt": (("audio_duration", "audio_duration"),),
}

_AMOUNTS: Final = frozenset(source for pairs in _SUMMED.values() for source, _ in pairs)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known about a session when it starts.

    Attributes:
        session_id: its id, which is the call's id on the server.
        agent_id: the agent's id on the server.
        started_at: epoch seconds.
        customer_number: telephone number of the other side, empty if not known.
        environment: name of the deployment, None if not given.
        metadata: JSON values of the application.
        reason: the application's own reason for a normal end.
    """

    session_id: str
    agent_id: str
    started_at: float
    customer_number: str = ""
    environment: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])
    reason: str | None = None


class SessionRecord:
    """Everything that is known about a session.

    Attributes:
        head: what was known at its start.
        turns: its turns.
        errors: failures that the stack reported.
        agents: names of the agents in the order in which they took over.
        configuration: prompts and tools, only with ``capture="full"``.
        ended_at: epoch seconds, None while it runs.
        reason: why it ended.
        close_reason: the stack's own value for that.
        error: the failure that ended it.
        last_at: when the latest entry arrived.
        dropped: what was not kept, counted by kind.
    """

    def __init__(self, head: Head) -> None:
        self.head = head
        self.turns = Turns()
        self._usage: list[dict[str, Any]] | None = None
        self.errors: list[dict[str, Any]] = []
        self.agents: list[str] = []
        self.configuration: list[dict[str, Any]] = []
        self.ended_at: float | None = None
        self.reason: str | None = None
        self.close_reason: str | None = None
        self.error: str | None = None
        self.last_at = head.started_at
        self.dropped: dict[str, int] = {}
        self._heard: list[Message] = []
        self._summed: dict[tuple[str, str | None, str | None], dict[str, Any]] = {}

    @property
    def agent(self) -> str | None:
        """Name of the current agent."""
        return self.agents[-1] if self.agents else None

    @property
    def usage(self) -> list[dict[str, Any]] | None:
        """Totals by kind, provider and model, None while nothing is known."""
        if self._usage is not None or not self._summed:
            return self._usage
        return [
            {"type": kind, "provider": provider, "model": model, **totals}
            for (kind, provider, model), totals in self._summed.items()
        ]

    def apply(self, entry: Entry) -> None:
        """Apply an entry; unknown kinds are ignored."""
        handle = getattr(self, f"_on_{entry['k']}", None)
        if handle is not None and self.ended_at is None:
            self.last_at = entry["t"]
            handle(entry)

    def count_dropped(self, kind: str) -> None:
        """Count something that was not kept."""
        self.dropped[kind] = self.dropped.get(kind, 0) + 1

    def _on_speech(self, entry: Entry) -> None:
        self.turns.begin(Turn(entry.get("id"), entry["t"], self.agent, entry.get("source")))

    def _on_message(self, entry: Entry) -> None:
        message = Message(
            entry.get("id"),
            entry.get("text"),
            entry["t"],
            bool(entry.get("interrupted")),
            entry.get("metrics") or {},
        )
        if entry.get("role") == "user":
            self._heard = []  # the message is made of them
            self.turns.add_user(message)
        else:
            self.turns.add_reply(message, self.agent)

    def _on_heard(self, entry: Entry) -> None:
        self._heard.append(Message(None, entry.get("text"), entry["t"]))

    def _on_done(self, entry: Entry) -> None:
        items: set[str] = set(entry.get("items") or ())
        calls: set[str] = set(entry.get("calls") or ())
        interrupted = bool(entry.get("interrupted"))
        self.turns.finish(entry["id"], items, calls, interrupted=interrupted)

    def _on_tool(self, entry: Entry) -> None:
        call = self.turns.tool(entry.get("call_id"), entry["t"], self.agent)
        for name in ("name", "arguments", "output", "status", "error", "started_at", "ended_at"):
            # The batch event arrives last, with approximate times: known times are kept.
            keep = name.endswith("_at") and getattr(call, name) is not None
            if entry.get(name) is not None and not keep:
                setattr(call, name, entry[name])

    def _on_turn(self, entry: Entry) -> None:
        turn = Turn(None, entry["at"], entry.get("agent"), done=True)
        for name, said in (("user", turn.user), ("reply", turn.replies)):
            if name in entry:
                said.append(Message(None, entry[name], entry["t"]))
        turn.cut_short = bool(entry.get("interrupted"))
        turn.metrics = dict(entry.get("metrics") or {})
        self.turns.begin(turn)

    def _on_metric(self, entry: Entry) -> None:
        kind, values = entry["type"], entry["values"]
        turn = self.turns.of_speech(entry.get("speech_id")) or self.turns.latest
        if turn is not None:
            _merge(turn.metrics.setdefault(kind, {}), values)
        if kind in _SUMMED:
            self._add(kind, values, _SUMMED[kind])

    def _on_consumed(self, entry: Entry) -> None:
        values = entry["values"]
        names = [name for name in values if name not in {"provider", "model"}]
        self._add(entry["type"], values, [(name, name) for name in names])

    def _add(self, kind: str, values: Mapping[str, Any], names: Iterable[tuple[str, str]]) -> None:
        key = (kind, values.get("provider"), values.get("model"))
        totals = self._summed.setdefault(key, {})
        for source, target in names:
            if values.get(source) is not None:
                totals[target] = totals.get(target, 0) + values[source]

    def _on_usage(self, entry: Entry) -> None:
        self._usage = entry["models"]

    def _on_state(self, entry: Entry) -> None:
        turn = self.turns.latest
        if turn is None or len(turn.states) >= MAX_STATES:
            self.count_dropped("state")
            return
        turn.states.append({"who": entry["who"], "state": entry["new"], "timestamp": entry["at"]})

    def _on_agent(self, entry: Entry) -> None:
        if entry["name"] != self.agent:
            self.agents.append(entry["name"])

    def _on_configure(self, entry: Entry) -> None:
        self.configuration.append(entry["values"])

    def _on_error(self, entry: Entry) -> None:
        if len(self.errors) >= MAX_ERRORS:
            self.count_dropped("error")
            return
        self.errors.append({name: entry[name] for name in entry if name != "k"})

    def _on_end(self, entry: Entry) -> None:
        self.turns.close(self._heard, entry["t"], self.agent)
        self.ended_at = entry["t"]
        self.reason, self.close_reason = entry["reason"], entry.get("close_reason")
        self.error = entry.get("error")


def _merge(known: dict[str, Any], values: Mapping[str, Any]) -> None:
    # A turn with a tool calls the model twice: amounts add up, the first request's times stay.
    for name, value in values.items():
        if name in _AMOUNTS and name in known:
            known[name] += value
        else:
            known.setdefault(name, value)


def replayed(head: Head, entries: Iterable[Entry], ended: str) -> SessionRecord:
    """Return the session that entries describe.

    Args:
        head: what was known at its start.
        entries: in the order in which they arrived.
        ended: the reason of a session whose end is not among the entries.
    """
    record = SessionRecord(head)
    for entry in entries:
        record.apply(entry)
    if record.ended_at is None:
        record.apply({"k": "end", "t": record.last_at, "reason": ended})
    return record
