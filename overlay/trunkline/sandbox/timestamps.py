"""RFC 3339 date-times, and the ranges that list operations filter by."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

__all__ = ["format_timestamp", "in_range", "parse_timestamp", "range_end", "range_start"]

_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?", flags=re.ASCII
)


def parse_timestamp(text: str, zone: tzinfo | None = None) -> datetime:
    """Parse an RFC 3339 date-time; raises ValueError on anything else.

    Args:
        text: the date-time.
        zone: the zone of a text without one; None refuses such a text.
    """
    found = _DATE_TIME.fullmatch(text)
    if found is None or (zone is None and found["zone"] is None):
        raise ValueError("not an RFC 3339 date-time")
    # Python keeps six digits of a second; the RFC allows any number.
    moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.upper()))
    return moment if found["zone"] else moment.replace(tzinfo=zone)


def format_timestamp(moment: datetime | None) -> str | None:
    """Format in UTC with milliseconds and a Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def range_start(text: str | None) -> datetime | None:
    return _boundary(text, time.min)


def range_end(text: str | None) -> datetime | None:
    return _boundary(text, time.max)


def in_range(moment: datetime, start: datetime | None, end: datetime | None) -> bool:
    """Compare in the milliseconds that callers see, both ends included."""
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    return (start is None or start <= moment) and (end is None or moment <= end)


def _boundary(text: str | None, part_of_day: time) -> datetime | None:
    if text is None:
        return None
    if len(text) == len("2026-01-31"):
        return datetime.combine(date.fromisoformat(text), part_of_day, UTC)
    return parse_timestamp(text)
