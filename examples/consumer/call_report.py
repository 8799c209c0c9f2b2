"""A service that reports the calls of a day: it reads StateSet's call logs, and makes no calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline import StateSetVoice


@dataclass(frozen=True)
class DayReport:
    """The figures of one day for the dashboard."""

    calls: int
    escalated: int
    seconds: int


def report(stateset: StateSetVoice, since: datetime) -> DayReport:
    """Add up the calls that ended since a moment."""
    logs = list(stateset.call_logs.list(status="completed", from_=since))
    return DayReport(
        calls=len(logs),
        escalated=sum(1 for log in logs if log.escalated),
        seconds=sum(log.duration_seconds or 0 for log in logs),
    )
