"""Agents and calls as stored and as sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["PRICES", "Agent", "Record", "call_figures"]

#: Kind of service, provider, cost a minute. The numbers are the sandbox's own.
PRICES = (("llm", "openai", 0.06), ("stt", "deepgram", 0.02), ("tts", "elevenlabs", 0.04))
CENTS = 4


@dataclass(slots=True)
class Agent:
    """An agent."""

    id: str
    name: str
    project_id: str
    created_at: datetime
    status: str = "active"

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "project_id": self.project_id,
            "status": self.status,
            "created_at": format_timestamp(self.created_at),
        }


@dataclass(slots=True)
class Record:
    """A call; `duration` is in seconds and None while the call lasts."""

    id: str
    agent_id: str
    session_id: str
    status: Literal["completed", "failed", "in_progress"]
    created_at: datetime
    duration: float | None = None
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    transcript: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    metrics: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def minutes(self) -> float:
        return (self.duration or 0.0) / 60

    @property
    def cost(self) -> float | None:
        """At the sandbox's own prices; None while the call lasts."""
        if self.duration is None:
            return None
        return round(self.minutes * sum(price for _, _, price in PRICES), CENTS)

    def summary(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "agent_id": self.agent_id,
            "session_id": self.session_id,
            "status": self.status,
            "duration": self.duration,
            "cost": self.cost,
            "created_at": format_timestamp(self.created_at),
            "metadata": self.metadata,
        }

    def detail(self) -> dict[str, Any]:
        is_over = self.status != "in_progress"
        return {
            **self.summary(),
            "transcript": self.transcript if is_over else None,
            "metrics": self.metrics if is_over else None,
        }

    def event_data(self) -> dict[str, Any]:
        return {
            "call_id": self.id,
            "agent_id": self.agent_id,
            "duration": self.duration,
            "cost": self.cost,
            "status": self.status,
        }


def call_figures(records: Sequence[Record]) -> dict[str, Any]:
    """Totals and means; calls in progress count neither as success nor as failure."""
    over = [record for record in records if record.status != "in_progress"]
    completed = sum(record.status == "completed" for record in over)
    seconds = sum(record.duration or 0 for record in over)
    return {
        "total_calls": len(records),
        "success_rate": round(100 * completed / len(over), 2) if over else 0.0,
        "avg_duration": round(seconds / len(over), 2) if over else 0.0,
        "total_cost": round(sum(record.cost or 0 for record in over), CENTS),
    }
