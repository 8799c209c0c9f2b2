"""What servers said about waiting: heard by one call, heeded by all of its kind."""

from __future__ import annotations

from typing import Final

#: Kinds of requests that are remembered: those without an operation may have any path.
MOST: Final = 100


class CooldownActive(Exception):  # noqa: N818 - a signal inside the engine
    """A request was not sent because the server wants none of its kind just now."""


class Cooldowns:
    """Until when, on the monotonic clock, a server wants no requests of some kinds."""

    __slots__ = ("_until",)

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._until)

    def note(self, kind: str, until: float) -> None:
        """Remember the end of a pause; a later one that is known already stands."""
        if len(self._until) >= MOST:
            self._until.clear()
        self._until[kind] = max(until, self._until.get(kind, until))

    def left(self, kind: str, now: float) -> float:
        """Return the seconds that are left of a pause, 0 for none."""
        until = self._until.get(kind)
        return 0.0 if until is None or until <= now else until - now
