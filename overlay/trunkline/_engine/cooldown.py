"""A Retry-After received by one call applies to every call of that operation."""

from __future__ import annotations

from typing import Final

#: How many operations are remembered: requests without an operation may have any path.
MAX_KEYS: Final = 100


class CooldownActive(Exception):  # noqa: N818 - a signal inside the engine
    """The request was not sent: the server asked for a pause of this operation."""


class Cooldowns:
    """The end of each operation's pause, on the monotonic clock."""

    __slots__ = ("_until",)

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._until)

    def note(self, operation_key: str, until: float) -> None:
        """Remember the end of a pause, unless a later one is known."""
        if len(self._until) >= MAX_KEYS:
            self._until.clear()
        self._until[operation_key] = max(until, self._until.get(operation_key, until))

    def remaining(self, operation_key: str, now: float) -> float:
        """Return the seconds left of a pause, 0 for none."""
        until = self._until.get(operation_key)
        return 0.0 if until is None or until <= now else until - now

    def check(self, operation_key: str, now: float) -> None:
        """Raise CooldownActive during a pause."""
        if self.remaining(operation_key, now):
            raise CooldownActive
