"""A month of past calls, the same for the same seed."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from trunkline.sandbox.providers.whispey.records import Agent, Record
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["seeded_agents", "seeded_records"]

PROJECT = "proj-sandbox"
FAILING_SHARE = 0.08
SPAN = timedelta(days=30)
TURNS = (
    ("user", "I need help with my account"),
    ("agent", "Gladly. What seems to be the matter?"),
    ("user", "The last bill is too high"),
    ("agent", "I have corrected it, a new one is on its way"),
)


def seeded_agents(now: datetime) -> list[Agent]:
    return [
        Agent("agent-support", "Customer Support Bot", PROJECT, now - 3 * SPAN),
        Agent("agent-sales", "Sales Assistant", PROJECT, now - 2 * SPAN),
        Agent("agent-survey", "Survey Caller", PROJECT, now - SPAN, status="inactive"),
    ]


def seeded_records(now: datetime, count: int, seed: int) -> list[Record]:
    """Return past calls, evenly spread over the last thirty days, the oldest first."""
    # Test data has to be reproducible, not secret.
    source = random.Random(seed)  # noqa: S311
    step = SPAN / max(1, count)
    return [_record(index, now - step * (count - index), source) for index in range(count)]


def _record(index: int, created_at: datetime, source: random.Random) -> Record:
    is_failed = source.random() < FAILING_SHARE
    return Record(
        id=f"call-{index + 1:04d}",
        agent_id="agent-support" if index % 3 else "agent-sales",
        session_id=f"session-{source.getrandbits(32):08x}",
        status="failed" if is_failed else "completed",
        created_at=created_at,
        duration=float(source.randint(5, 30) if is_failed else source.randint(30, 420)),
        metadata={"phone_number": f"+1500555{index % 1000:04d}", "conversation_type": "support"},
        transcript=_transcript(created_at, 1 if is_failed else len(TURNS)),
        metrics={
            "stt_accuracy": round(source.uniform(88, 99), 1),
            "tts_quality": round(source.uniform(3.5, 5), 1),
            "response_time_avg": round(source.uniform(0.6, 2.5), 2),
            "user_satisfaction": None if is_failed else round(source.uniform(3, 5), 1),
        },
    )


def _transcript(start: datetime, count: int) -> list[dict[str, object]]:
    return [
        {
            "speaker": speaker,
            "text": text,
            "timestamp": format_timestamp(start + timedelta(seconds=5 * turn)),
        }
        for turn, (speaker, text) in enumerate(TURNS[:count], start=1)
    ]
