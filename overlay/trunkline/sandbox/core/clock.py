"""The sandbox's time: it runs at any speed, or a test moves it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

__all__ = ["MANUAL_START", "Clock", "ManualClock", "RunningClock"]

#: Virtual seconds per real second: eleven days per second.
MAX_SPEED = 1_000_000.0

#: Default start of a manual clock; a Monday in the middle of a month.
MANUAL_START = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


class Clock(Protocol):
    """The interface of clocks."""

    @property
    def speed(self) -> float:
        """Virtual seconds per real second; 0 means that only `advance` moves the clock."""
        ...

    def now(self) -> datetime:
        """Return the virtual time, aware, in UTC."""
        ...

    def advance(self, seconds: float) -> None:
        """Move the virtual time forward by that many seconds."""
        ...


class ManualClock:
    """A clock that moves only when it is advanced, so that tests never wait.

    Args:
        start: the first instant; a naive value is taken as UTC.
    """

    speed = 0.0

    def __init__(self, start: datetime = MANUAL_START) -> None:
        self._now = _aware(start)

    def now(self) -> datetime:
        """Return the virtual time."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move forward; a negative number is refused with ValueError."""
        self._now += _forward(seconds)


class RunningClock:
    """A clock that runs by itself.

    Args:
        speed: virtual seconds per real second, above 0, up to a million; 60 makes a minute pass
            in a second.
        start: the first instant; the real time when None.
    """

    def __init__(self, speed: float = 1.0, start: datetime | None = None) -> None:
        if not 0 < speed <= MAX_SPEED:
            raise ValueError(f"speed is {speed!r}: give a number above 0, up to {MAX_SPEED:g}")
        self.speed = speed
        self._origin = _aware(start) if start is not None else datetime.now(UTC)
        self._started = time.monotonic()

    def now(self) -> datetime:
        """Return the start plus the real time since then, multiplied by the speed."""
        elapsed = (time.monotonic() - self._started) * self.speed
        return self._origin + timedelta(seconds=elapsed)

    def advance(self, seconds: float) -> None:
        """Jump forward; a negative number is refused with ValueError."""
        self._origin += _forward(seconds)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _forward(seconds: float) -> timedelta:
    if not seconds >= 0:
        raise ValueError(f"cannot advance by {seconds!r} seconds: time only moves forward")
    return timedelta(seconds=seconds)
