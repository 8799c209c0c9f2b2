"""How many requests a vendor allows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trunkline.errors import ConfigurationError

__all__ = ["Budget"]


@dataclass(frozen=True, slots=True)
class Budget:
    """A vendor's rate limit.

    Args:
        name: what is counted, such as ``"stateset tenant acme"`` or ``"stateset ip 203.0.113.7"``;
            processes that give the same name share the budget.
        requests: how many the vendor allows in any window.
        seconds: the length of the window.
        burst: how many may start at once after a pause; the others are evenly spaced.

    Raises:
        ConfigurationError: a value is of the wrong kind or out of range.
    """

    name: str
    requests: int
    seconds: float
    burst: int = 1

    def __post_init__(self) -> None:
        """Reject invalid values."""
        if not isinstance(self.name, str) or not 0 < len(self.name) <= 200:
            raise ConfigurationError("the name of a Budget must be a text of 1 to 200 characters")
        for what in ("requests", "burst"):
            value = getattr(self, what)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ConfigurationError(f"{what} must be a whole number above 0, not {value!r}")
        seconds = self.seconds
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise ConfigurationError(f"seconds must be a number, not {seconds!r}")
        if not 0 < seconds <= 86_400 or not math.isfinite(seconds):
            raise ConfigurationError(f"seconds must be above 0 and at most a day, not {seconds!r}")
        if self.burst > self.requests:
            raise ConfigurationError(f"burst {self.burst} is above requests {self.requests}")

    def interval(self, headroom: float) -> float:
        """Return the seconds between two requests, with a part of the budget left unused."""
        return self.seconds / ((1 - headroom) * (self.requests - self.burst + 1))

    def share_interval(self, headroom: float, processes: int) -> float:
        """Return the interval of one process that has only its share of the budget."""
        share = self.requests // processes or self.requests / processes
        return self.seconds / ((1 - headroom) * share)
