"""Waits and limits in response headers, valid and absurd."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline._engine.headers import RateLimit, rate_limit, retry_after, seconds

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
WALL = NOW.timestamp()


def http_date(offset: float) -> str:
    return format_datetime(NOW + timedelta(seconds=offset), usegmt=True)


def wait(headers: dict[str, str], details: dict[str, Any] | None = None, status: int = 429) -> Any:
    return retry_after(status, headers, details or {}, WALL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("1.5", 1.5),
        (" 7 ", 7.0),
        ("1000000", 1e6),
        ("1e3", 1000.0),
        ("-1", None),
        ("-0.5", None),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("1_000", None),
        ("0x10", None),
        ("120 seconds", None),
        ("9" * 5000, None),
    ],
)
def test_retry_after_in_seconds(text: str, expected: float | None) -> None:
    """Integers and fractions count; negative, infinite or non-numeric values count as absent."""
    assert wait({"retry-after": text}) == expected


@pytest.mark.parametrize("offset", [0, 1, 30, 3600])
def test_retry_after_as_a_date(offset: int) -> None:
    """An HTTP date is a wait from now."""
    assert wait({"retry-after": http_date(offset)}) == offset


@pytest.mark.parametrize("skew", [-7200, -1, 0, 90, 86_400 * 400])
def test_a_date_is_read_by_the_server_s_own_clock(skew: int) -> None:
    """With a Date header the difference counts, whatever this machine's clock says."""
    headers = {"retry-after": http_date(skew + 30), "date": http_date(skew)}
    assert wait(headers) == 30


def test_a_date_in_the_past_is_no_wait() -> None:
    """A time in the past means no wait, but the header is not absent."""
    assert wait({"retry-after": http_date(-100)}) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Sat, 21 Nov 2026 12:00:30 GMT",
        "Saturday, 21-Nov-26 12:00:30 GMT",
        "Sat Nov 21 12:00:30 2026",
        "Sat, 21 Nov 2026 12:00:30 -0000",
    ],
)
def test_all_forms_of_http_dates_are_in_gmt(text: str) -> None:
    """The obsolete forms of RFC 9110, section 5.6.7, and a date without a zone are GMT."""
    assert wait({"retry-after": text}) == 30


@pytest.mark.parametrize(
    "text", ["Sat, 99 Nov 2026 12:00:30 GMT", "tomorrow", "\x00", "1;2", "(" * 99]
)
def test_a_damaged_date_counts_as_absent(text: str) -> None:
    """A value that is neither a number nor a date means no wait."""
    assert wait({"retry-after": text}) is None
    assert wait({"retry-after": http_date(5), "date": text}) == 5


@pytest.mark.parametrize(
    ("value", "expected"),
    [(30, 30.0), (1.5, 1.5), ("30", 30.0), (-1, None), (True, None), ([3], None), ({}, None)],
)
def test_the_wait_in_a_body(value: object, expected: float | None) -> None:
    """Pamela's details.retry_after is used if there is no header."""
    assert wait({}, {"retry_after": value}) == expected
    assert wait({"retry-after": "2"}, {"retry_after": value}) == 2.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42", 42.0),
        (str(int(WALL) + 60), 60.0),
        (str(WALL * 1000 + 60_000), 60.0),
        (str(int(WALL) - 60), 0.0),
        ("-5", None),
        ("never", None),
    ],
)
def test_rate_limit_reset_is_a_delta_or_an_epoch(text: str, expected: float | None) -> None:
    """Seconds, an epoch, and an epoch in milliseconds are distinguished by their size."""
    assert wait({"x-ratelimit-reset": text}) == expected


def test_rate_limit_reset_counts_for_a_429_alone() -> None:
    """With another status it is not a request to wait: many servers always send it."""
    headers = {"x-ratelimit-reset": "42"}
    assert wait(headers, status=503) is None
    assert wait({**headers, "retry-after": "3"}, status=503) == 3.0


def test_rate_limit_as_data() -> None:
    """Limit, remaining and reset are numbers, or None if absent or absurd."""
    headers = {
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "7",
        "x-ratelimit-reset": str(int(WALL) + 9 + 3600),
        "date": http_date(3600),
    }
    assert rate_limit(headers, WALL) == RateLimit(100, 7, 9.0)
    assert rate_limit({"x-ratelimit-limit": "lots"}, WALL) == RateLimit()


@given(st.dictionaries(st.sampled_from(["retry-after", "date", "x-ratelimit-reset"]), st.text()))
def test_no_header_text_raises(headers: dict[str, str]) -> None:
    """For any text, the wait is None or a finite number that is not negative."""
    for status in (429, 503):
        found = retry_after(status, headers, {}, WALL)
        assert found is None or (math.isfinite(found) and found >= 0)
    rate_limit(headers, WALL)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(json_values)
def test_no_json_value_raises(value: Any) -> None:
    """For any body, the wait is a usable number or None."""
    found = seconds(value)
    assert found is None or (math.isfinite(found) and found >= 0)
