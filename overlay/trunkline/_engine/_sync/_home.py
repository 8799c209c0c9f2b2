# Derived from _engine/_async/_home.py by `make generate`; do not edit.
"""Where connections live: in one process, and with one event loop."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from trunkline._engine._shim import sync_at_end
from trunkline._engine._slots import Slots

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine._sync._line import Line
    from trunkline._engine._wire import Origin

#: An idle connection is kept this long for requests that are safe to repeat ...
KEEP_ALIVE: Final = 30.0
#: ... and taken only this fresh for others: many servers close after 5 s, and a request that
#: crosses the close on its way cannot be told from one that was accepted.
FRESH: Final = 4.0


class Home:
    """The connections of one process and event loop.

    A child of fork must not speak on its parent's sockets, nor an event loop on those of another.

    Args:
        loop: the event loop. Holding it keeps its identity from being given to a later one.
        size: how many requests may be under way at one time.
    """

    def __init__(self, loop: object, size: int) -> None:
        self.loop, self.slots = loop, Slots(size)
        self.is_open = True
        self._idle: dict[Origin, deque[Line]] = {}
        self._end: Callable[[], None] = self.close_idle

    def settle(self) -> None:
        """Have the idle connections closed before the event loop ends."""
        self._end = sync_at_end(self.close_idle)

    def close(self) -> None:
        """Close the idle connections; the others close as their requests end."""
        self.close_idle()
        self._end()

    def close_idle(self) -> None:
        """Close what is idle now, and keep nothing from now on."""
        self.is_open = False
        interrupted: BaseException | None = None
        for idle in list(self._idle.values()):
            while (line := _last(idle)) is not None:
                try:
                    line.close()
                except BaseException as error:  # noqa: BLE001 - raised when all are closed
                    interrupted = error
        if interrupted is not None:
            raise interrupted

    def take(self, origin: Origin, now: float, *, safe: bool) -> Line | None:
        """Return the connection that was used last, or None when a new one is to be opened.

        Args:
            origin: the server.
            now: the monotonic clock.
            safe: whether the request may be repeated if the server is just closing.
        """
        idle = self._idle.get(origin)
        while idle and (line := _last(idle)) is not None:
            age = now - line.idle_since
            if age < KEEP_ALIVE and not safe and age >= FRESH:
                idle.append(line)  # all others are older still; requests that are safe take them
                break
            if age < KEEP_ALIVE and not line.is_stale():
                return line
            line.close()
        self._make_room()
        return None

    def _make_room(self) -> None:
        """Close an idle connection where a new one would be one too many."""
        lines = list(self._idle.values())
        for idle in lines:
            while sum(map(len, lines)) > self.slots.free and (line := _first(idle)) is not None:
                line.close()

    def keep(self, line: Line, now: float) -> Line | None:
        """Take a line whose response is complete; return one that is to be closed, if any.

        Only the oldest is looked at, so that this costs the same with any number of lines.
        """
        line.idle_since = now
        idle = self._idle.setdefault(line.origin, deque())
        idle.append(line)
        if not self.is_open or _oldest(idle, now) <= now - KEEP_ALIVE:
            return _first(idle)
        return None


def _last(idle: deque[Line]) -> Line | None:
    try:
        return idle.pop()
    except IndexError:  # another thread was quicker
        return None


def _oldest(idle: deque[Line], now: float) -> float:
    """Return since when the longest idle line is idle; now where another thread took the last."""
    try:
        return idle[0].idle_since
    except IndexError:
        return now


def _first(idle: deque[Line]) -> Line | None:
    try:
        return idle.popleft()
    except IndexError:
        return None
