"""Pamela's billing rules: the tables of the contract notes, and their edge cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.errors import InvalidArgumentError
from trunkline.pamela import billing
from trunkline.pamela.billing import (
    billed_minutes,
    billing_period,
    cost,
    current_period,
    has_access,
    month_window,
)

STARTED = datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)
PLUS_ONE = timezone(timedelta(hours=1))
NAIVE = datetime(2026, 2, 1)  # noqa: DTZ001 - what is tested


@pytest.mark.parametrize(
    ("started_at", "seconds", "minutes", "usd"),
    [
        (None, 0, 0, "0.00"),
        (None, 3600, 0, "0.00"),
        (None, None, 0, "0.00"),
        (STARTED, 0, 1, "0.10"),
        (STARTED, 59, 1, "0.10"),
        (STARTED, 60, 1, "0.10"),
        (STARTED, 61, 2, "0.20"),
        (STARTED, 119, 2, "0.20"),
        (STARTED, 120, 2, "0.20"),
        (STARTED, 121, 3, "0.30"),
        (STARTED, 299, 5, "0.50"),
        (STARTED, 3600, 60, "6.00"),
        ("2026-01-31T23:59:59Z", 60.01, 2, "0.20"),
        (STARTED, 10**30, -(-(10**30) // 60), None),
    ],
)
def test_the_table_of_minutes(started_at: Any, seconds: Any, minutes: int, usd: str | None) -> None:
    """Started minutes are charged, at least one; a call that never connected costs nothing."""
    assert billed_minutes(seconds, started_at) == minutes
    assert usd is None or str(cost(minutes)) == usd


@given(st.integers(0, 10**12))
def test_minutes_are_the_smallest_that_hold_the_call(seconds: int) -> None:
    """The billed minutes cover the whole call; one minute less would be too few, or zero."""
    minutes = billed_minutes(seconds, STARTED)
    assert minutes * 60 >= seconds
    assert minutes == 1 or (minutes - 1) * 60 < seconds


@pytest.mark.parametrize("seconds", [-1, -0.5, float("nan"), float("inf"), True, "60", None])
def test_durations_without_sense_are_refused(seconds: Any) -> None:
    """A negative, infinite or missing duration of a connected call is our own error."""
    with pytest.raises(InvalidArgumentError, match="duration_seconds"):
        billed_minutes(seconds, STARTED)


@pytest.mark.parametrize("moment", ["", "soon", 5])
def test_a_start_that_is_no_moment_is_refused(moment: Any) -> None:
    """A value that is not a datetime is neither connected nor not."""
    for ask in (lambda: billed_minutes(60, moment), lambda: billing_period(moment)):
        with pytest.raises(InvalidArgumentError, match="started_at"):
            ask()


def test_cost_is_exact() -> None:
    """Money is decimal: a thousand one-minute calls cost exactly a hundred dollars."""
    assert sum((cost(1) for _ in range(1000)), Decimal()) == Decimal(100)
    assert cost(3, rate="0.125") == Decimal("0.375")
    assert cost(2, rate=1) == 2
    assert str(billing.USD_PER_MINUTE) == "0.10"


@pytest.mark.parametrize("minutes", [-1, 1.5, True, None, "2"])
def test_cost_takes_whole_minutes_only(minutes: Any) -> None:
    """Fractions of a minute are never charged, so they are refused."""
    with pytest.raises(InvalidArgumentError, match="minutes"):
        cost(minutes)


@pytest.mark.parametrize("rate", [0.1, -1, "ten", "NaN", "Infinity", None, Decimal("-0.1")])
def test_cost_takes_a_decimal_rate_only(rate: Any) -> None:
    """A float has no exact cents, and a price is a number of at least 0."""
    with pytest.raises(InvalidArgumentError, match="rate"):
        cost(1, rate=rate)


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (STARTED, "2026-01"),
        (STARTED + timedelta(seconds=1), "2026-02"),
        (datetime(2026, 2, 1, 0, 59, 59, tzinfo=PLUS_ONE), "2026-01"),
        (datetime(2026, 2, 1, 1, tzinfo=PLUS_ONE), "2026-02"),
        (NAIVE, "2026-02"),
        (date(2026, 2, 1), "2026-02"),
        ("2026-02-01T00:30:00+01:00", "2026-01"),
        ("2024-02-29", "2024-02"),
        (datetime(33, 4, 3, tzinfo=UTC), "0033-04"),
    ],
)
def test_the_month_is_that_of_the_start_in_utc(moment: Any, period: str) -> None:
    """A call belongs to the UTC month of its start; a datetime without a zone is UTC."""
    assert billing_period(moment) == period
    assert current_period(moment) == period
    assert billing.period(moment if not isinstance(moment, str) else period) == period


def test_a_call_that_never_connected_has_no_month() -> None:
    """Such a call is billed in no month, and the function says so."""
    nothing: Any = None
    with pytest.raises(InvalidArgumentError, match="never"):
        billing_period(nothing)


def test_the_calendar_has_ends() -> None:
    """A datetime outside the calendar in UTC is our own error."""
    first = datetime(1, 1, 1, tzinfo=PLUS_ONE)
    with pytest.raises(InvalidArgumentError, match="calendar"):
        billing_period(first)
    with pytest.raises(InvalidArgumentError, match="9999"):
        month_window("9999-12")


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026-01", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        ("2024-02", datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_window_of_a_month(period: Any, start: datetime, end: datetime) -> None:
    """A month runs from midnight UTC of its first day to midnight of the next month's."""
    window = month_window(period)
    assert window == (start, end)
    assert all(edge.tzinfo is UTC for edge in window)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 11, 29), timezones=st.timezones()))  # noqa: DTZ001 - bounds of the strategy
def test_a_moment_lies_in_the_window_of_its_month(moment: datetime) -> None:
    """Every datetime is in the window of its billing period and no other."""
    start, end = month_window(billing_period(moment))
    assert start <= moment < end


@pytest.mark.parametrize(
    "period", ["2026", "2026-00", "2026-13", "0000-01", "2026-1 ", "\uff12026-01"]
)
def test_a_text_that_is_no_month_is_refused(period: str) -> None:
    """A period is four digits, a dash, and a month of the calendar."""
    with pytest.raises(InvalidArgumentError, match="YYYY-MM"):
        month_window(period)


def test_the_current_month_is_the_clock_s() -> None:
    """Without a datetime the clock decides."""
    before = billing_period(datetime.now(UTC))
    assert current_period() in {before, billing_period(datetime.now(UTC))}


END = datetime(2026, 6, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "ends_at", "now", "allowed"),
    [
        ("active", None, END, True),
        ("active", END, END + timedelta(days=9), True),
        ("past_due", END, END - timedelta(microseconds=1), True),
        ("past_due", END, END, False),
        ("past_due", END, END + timedelta(microseconds=1), False),
        ("past_due", "2026-06-08T14:00:00+02:00", "2026-06-08T11:59:59Z", True),
        ("past_due", datetime(2026, 6, 8, 12), END - timedelta(1), True),  # noqa: DTZ001 - taken as UTC
        ("past_due", None, END, False),
        ("past_due", datetime(2020, 1, 1, tzinfo=UTC), None, False),
        ("canceled", END, END - timedelta(days=1), False),
        ("trialing", None, END, False),
        (None, None, END, False),
    ],
)
def test_the_rule_of_access(status: Any, ends_at: Any, now: Any, allowed: bool) -> None:  # noqa: FBT001 - a column
    """Active has access, past due until (not at) the end of the grace period, others do not."""
    assert has_access(status, ends_at, now) is allowed
