"""Fixed windows of requests on the virtual clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from trunkline.sandbox.core.latest import LatestDict

__all__ = ["FixedWindowLimiter", "Window"]

#: Windows that are kept: StateSet has one for each address.
MAX_WINDOWS = 10_000


@dataclass(frozen=True, slots=True)
class Window:
    """The state of a window after a request.

    Attributes:
        limit: requests that the window allows.
        used: requests in it, including this one.
        reset_at: its end.
        seconds_left: seconds until then.
    """

    limit: int
    used: int
    reset_at: datetime
    seconds_left: float

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.limit

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
        }


class FixedWindowLimiter:
    """Windows by name; each starts with the first request after the end of the last."""

    def __init__(self) -> None:
        self._windows: LatestDict[str, tuple[datetime, int]] = LatestDict(lambda: MAX_WINDOWS)

    def hit(self, name: str, now: datetime, limit: int, seconds: float) -> Window:
        reset_at, used = self._windows.get(name, (now, 0))
        if now >= reset_at:
            reset_at, used = now + timedelta(seconds=seconds), 0
        self._windows[name] = reset_at, used + 1
        return Window(limit, used + 1, reset_at, (reset_at - now).total_seconds())
