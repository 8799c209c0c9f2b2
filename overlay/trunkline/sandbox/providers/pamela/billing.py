"""Pamela's minutes and months, as its package page defines them."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["billed_minutes", "period_of"]

SECONDS_PER_MINUTE = 60


def billed_minutes(duration_seconds: int, started_at: datetime | None) -> int:
    """Started minutes, at least one; nothing for a call that never connected."""
    if started_at is None:
        return 0
    return max(-(-duration_seconds // SECONDS_PER_MINUTE), 1)


def period_of(moment: datetime) -> str:
    """The calendar month in UTC, as ``YYYY-MM``."""
    return moment.astimezone(UTC).strftime("%Y-%m")
