"""Calling windows by local time, across clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.campaigns import CallingWindow

ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - made UTC
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@given(moments, st.sampled_from(ZONES), st.integers(0, 22), st.integers(1, 60), st.floats(0, 1))
def test_a_call_begins_inside_its_window(
    now: datetime, zone: str, hour: int, minutes: int, part: float
) -> None:
    """The opening is the first one: nothing before it is open, and it is in local time."""
    window = CallingWindow(time(hour, 30), time(hour + 1, minutes - 1))
    if not minutes > 31:
        window = CallingWindow(time(hour, 0), time(hour, 59))
    opening = window.next_opening([zone], now)
    assert opening is not None
    assert opening >= now
    assert window.is_open([zone], opening)
    assert window.start <= opening.astimezone(ZoneInfo(zone)).time() < window.end
    before = now + (opening - now) * part
    assert before == opening or not window.is_open([zone], before)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        # New York springs forward at 02:00 on 8 March 2026, and back at 02:00 on 1 November.
        ("2026-03-08T06:00:00+00:00", "2026-03-08T07:00:00+00:00"),
        ("2026-11-01T04:00:00+00:00", "2026-11-01T07:30:00+00:00"),
        ("2026-06-01T04:00:00+00:00", "2026-06-01T06:30:00+00:00"),
    ],
)
def test_an_opening_in_a_gap_comes_after_it(now: str, opens: str) -> None:
    """02:30 does not exist on that day in March: calls may start at 03:00."""
    window = CallingWindow(time(2, 30), time(4))
    found = window.next_opening(["America/New_York"], datetime.fromisoformat(now))
    assert found is not None
    assert found == datetime.fromisoformat(opens)
    assert window.is_open(["America/New_York"], found)


def test_all_zones_of_a_number_must_be_open() -> None:
    """A number in Idaho has two: their common window is an hour shorter."""
    window = CallingWindow(time(9), time(20))
    zones = ["America/Boise", "America/Los_Angeles"]
    noon = datetime(2026, 6, 1, 18, tzinfo=UTC)
    assert window.is_open(zones, noon)
    assert not window.is_open(zones, noon.replace(hour=15, minute=30))
    assert window.next_opening(zones, noon.replace(hour=15)) == noon.replace(hour=16)
    assert CallingWindow(time(9), time(10)).next_opening(zones, noon) is None


def test_a_window_closes_by_the_wait_of_a_call_earlier() -> None:
    """No call starts after the end because it waited for its slot."""
    window = CallingWindow(time(9), time(20))
    evening = datetime(2026, 6, 1, 19, 59, 30, tzinfo=UTC)
    assert window.is_open(["UTC"], evening)
    assert not window.is_open(["UTC"], evening, margin=60)


def test_days_of_the_week() -> None:
    """From Monday to Friday: after Friday evening it opens on Monday."""
    window = CallingWindow.parse("09:00-20:00", "1-5")
    friday = datetime(2026, 6, 5, 21, tzinfo=UTC)
    assert window.next_opening(["UTC"], friday) == datetime(2026, 6, 8, 9, tzinfo=UTC)
    assert not window.is_open(["UTC"], datetime(2026, 6, 6, 12, tzinfo=UTC))
