"""When a number may be called: local times of day, in every zone where it may be."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from trunkline.campaigns.libraries import library
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CallingWindow", "is_zone", "zones_of_number"]

#: A window that does not open within this many days never does.
_DAYS: Final = 9
_UNKNOWN: Final = "Etc/Unknown"


@dataclass(frozen=True, slots=True)
class CallingWindow:
    """Local times of day between which calls may begin.

    Args:
        start: the first moment.
        end: the first moment that is too late; after ``start``, on the same day.
        days: the days of the week, 0 for Monday.

    Raises:
        ConfigurationError: the window is empty.
    """

    start: time
    end: time
    days: frozenset[int] = frozenset(range(7))

    def __post_init__(self) -> None:
        """Refuse a window that never opens."""
        if self.start.tzinfo or self.end.tzinfo:
            raise ConfigurationError("a calling window is in the number's own time: name no zone")
        if self.start >= self.end:
            raise ConfigurationError("a calling window begins before it ends, on the same day")
        if not self.days or not self.days <= set(range(7)):
            raise ConfigurationError("the days of a calling window are such as 1-5: 1 is Monday")

    @classmethod
    def parse(cls, text: str, days: str = "1-7") -> CallingWindow:
        """Read ``09:00-20:00`` and days such as ``1-5``, where 1 is Monday.

        Raises:
            ConfigurationError: the text is something else.
        """
        try:
            start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
            first, _, last = days.partition("-")
            chosen = frozenset(range(int(first) - 1, int(last or first)))
        except (ValueError, AttributeError):
            raise ConfigurationError(
                "a calling window is such as 09:00-20:00, with days such as 1-5; not "
                f"{text!r:.40} and {days!r:.40}"
            ) from None
        return cls(start, end, chosen)

    def is_open(self, zones: Sequence[str], now: datetime, margin: float = 0) -> bool:
        """Return whether it is open in all zones.

        Args:
            zones: names such as ``Europe/Berlin``.
            now: the moment, with a zone.
            margin: seconds that a call may still wait before it begins.
        """
        return all(self._holds(zone, now, margin) for zone in zones)

    def next_opening(
        self, zones: Sequence[str], now: datetime, margin: float = 0
    ) -> datetime | None:
        """Return the next moment at which it is open in all zones, or None if there is none."""
        moment = now
        limit = now + timedelta(days=_DAYS)
        while moment <= limit:
            opening = max((self._opening(zone, moment, margin) for zone in zones), default=moment)
            if opening == moment:
                return moment
            moment = opening
        return None

    def _holds(self, zone: str, moment: datetime, margin: float) -> bool:
        first = moment.astimezone(ZoneInfo(zone))
        last = (moment + timedelta(seconds=margin)).astimezone(ZoneInfo(zone))
        is_day = first.weekday() in self.days and first.date() == last.date()
        return is_day and self.start <= first.time() and last.time() < self.end

    def _opening(self, zone: str, moment: datetime, margin: float) -> datetime:
        """Return the first moment, not before this one, at which it is open in one zone."""
        if self._holds(zone, moment, margin):
            return moment
        today = moment.astimezone(ZoneInfo(zone)).date()
        for number in range(_DAYS):
            day = today + timedelta(days=number)
            opening = _utc(datetime.combine(day, self.start, ZoneInfo(zone)))
            if (
                day.weekday() in self.days
                and opening >= moment
                and self._holds(zone, opening, margin)
            ):
                return opening
        return moment + timedelta(days=_DAYS + 1)


def _utc(local: datetime) -> datetime:
    """Return a local time as UTC; for one that the clock skips, the end of the gap."""
    # For a repeated time fold=0 is the first one; in a gap it is the later of the two.
    moment, other = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    while other < moment and other.astimezone(local.tzinfo).time() < local.time():
        other += timedelta(minutes=1)
    return min(moment, other) if other < moment else moment


@functools.lru_cache(maxsize=4096)
def is_zone(name: str) -> bool:
    """Return whether a time zone has this name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return False
    except KeyError:
        return False
    return True


def zones_of_number(number: str, tz: str | None) -> tuple[str, ...] | str:
    """Return the zones in which a number may be, or what is wrong with it.

    Args:
        number: E.164.
        tz: the row's own zone, which decides.

    Raises:
        ConfigurationError: phonenumbers is not installed.
    """
    if tz is not None:
        return (tz,) if isinstance(tz, str) and is_zone(tz) else "tz is not the name of a time zone"
    phonenumbers = library("phonenumbers", "calling windows", "zones")
    zoned = library("phonenumbers.timezone", "calling windows", "zones")  # not in phonenumberslite
    try:
        zones: tuple[str, ...] = zoned.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        zones = ()
    known = tuple(zone for zone in zones if zone != _UNKNOWN and is_zone(zone))
    return known or "its number belongs to no time zone: give the row a tz column"
