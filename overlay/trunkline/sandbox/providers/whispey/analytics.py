"""Figures over a period, computed from the calls."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.providers.whispey.records import CENTS, PRICES, Record, call_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["agent_analytics", "cost_analytics", "days_of", "in_period"]

DEFAULT_PERIOD = "30d"
DAYS = {"1d": 1, "7d": 7, "30d": 30, "90d": 90, "1y": 365}


def days_of(period: str) -> int:
    return DAYS[period]


def in_period(records: Sequence[Record], now: datetime, period: str) -> list[Record]:
    start = now - timedelta(days=days_of(period))
    return [record for record in records if start < record.created_at <= now]


def agent_analytics(
    agent_id: str, records: Sequence[Record], now: datetime, period: str
) -> dict[str, Any]:
    """Trends have one value a day, the oldest first."""
    figures = call_figures(records)
    total = figures["total_calls"]
    days = [call_figures(day) for day in _by_day(records, now, period)]
    return {
        "agent_id": agent_id,
        "period": period,
        "metrics": {
            **figures,
            "cost_per_call": round(figures["total_cost"] / total, CENTS) if total else 0.0,
        },
        "trends": {
            "calls_per_day": [day["total_calls"] for day in days],
            "cost_per_day": [day["total_cost"] for day in days],
            "success_rate_per_day": [day["success_rate"] for day in days],
        },
        "provider_breakdown": {
            provider: {"calls": total, "cost": _cost(records, price)}
            for _, provider, price in PRICES
        },
    }


def cost_analytics(records: Sequence[Record], now: datetime, period: str) -> dict[str, Any]:
    """Days are UTC days counted back from now."""
    total = sum(_cost(records, price) for _, _, price in PRICES)
    start = now - timedelta(days=days_of(period))
    return {
        "period": period,
        "total_cost": round(total, CENTS),
        "cost_breakdown": {
            kind: _share(_cost(records, price), total, provider) for kind, provider, price in PRICES
        },
        "daily_costs": [
            {
                "date": (start + timedelta(days=index + 1)).date().isoformat(),
                "cost": call_figures(day)["total_cost"],
            }
            for index, day in enumerate(_by_day(records, now, period))
        ],
    }


def _by_day(records: Sequence[Record], now: datetime, period: str) -> list[list[Record]]:
    count = days_of(period)
    days: list[list[Record]] = [[] for _ in range(count)]
    for record in records:
        days[count - 1 - (now - record.created_at).days].append(record)
    return days


def _cost(records: Sequence[Record], price: float) -> float:
    return round(sum(record.minutes for record in records) * price, CENTS)


def _share(cost: float, total: float, provider: str) -> dict[str, Any]:
    percentage = round(100 * cost / total, 1) if total else 0.0
    return {"total": cost, "percentage": percentage, "providers": {provider: cost}}
