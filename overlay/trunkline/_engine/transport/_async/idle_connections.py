"""Idle connections of one process and event loop."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from trunkline._engine.transport.concurrency import async_close_on_loop_exit
from trunkline._engine.transport.semaphore import AsyncSemaphore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trunkline._engine.models import Origin
    from trunkline._engine.transport._async.http11 import AsyncHTTP11Connection

#: An idle connection is kept this long for idempotent requests ...
KEEPALIVE_EXPIRY: Final = 30.0
#: ... and reused only up to this age for others: many servers close after 5 s, and a request
#: that is sent while the server closes cannot be distinguished from one that was accepted.
NON_IDEMPOTENT_MAX_IDLE: Final = 4.0


class AsyncIdleConnections:
    """The idle connections, and the semaphore that bounds how many are in use.

    A forked child must not use the sockets of its parent, nor an event loop those of another.

    Args:
        loop: the event loop. Holding it keeps its ``id()`` from being reused by a later one.
        size: how many requests may be in progress at one time.
    """

    def __init__(self, loop: object, size: int) -> None:
        self.loop, self.semaphore = loop, AsyncSemaphore(size)
        self.is_open = True
        self._idle: dict[Origin, deque[AsyncHTTP11Connection]] = {}
        self._end: Callable[[], Awaitable[None]] = self.close_idle

    def __len__(self) -> int:
        return sum(map(len, list(self._idle.values())))

    async def close_on_loop_exit(self) -> None:
        """Close the idle connections before the event loop ends."""
        self._end = await async_close_on_loop_exit(self.close_idle)

    async def aclose(self) -> None:
        """Close the idle connections; the others close as their requests end."""
        await self.close_idle()
        await self._end()

    async def close_idle(self) -> None:
        """Close the connections that are idle now, and keep none from now on."""
        self.is_open = False
        interrupted: BaseException | None = None
        for idle in list(self._idle.values()):
            while (connection := _last(idle)) is not None:
                try:
                    await connection.aclose()
                except BaseException as error:  # noqa: BLE001 - raised when all are closed
                    interrupted = error
        if interrupted is not None:
            raise interrupted

    async def acquire(
        self, origin: Origin, now: float, *, idempotent: bool
    ) -> AsyncHTTP11Connection | None:
        """Return the connection that was used last, or None where a new one is needed.

        Args:
            origin: the server.
            now: the monotonic clock.
            idempotent: whether the request may be repeated if the server is just closing.
        """
        idle = self._idle.get(origin)
        while idle and (connection := _last(idle)) is not None:
            age = now - connection.idle_since
            if age < KEEPALIVE_EXPIRY and not idempotent and age >= NON_IDEMPOTENT_MAX_IDLE:
                idle.append(connection)  # all others are older; idempotent requests use them
                break
            if age < KEEPALIVE_EXPIRY and not connection.has_expired():
                return connection
            await connection.aclose()
        await self._make_room()
        return None

    async def _make_room(self) -> None:
        """Close idle connections where a new one would exceed the limit."""
        stacks = list(self._idle.values())
        for idle in stacks:
            while (
                sum(map(len, stacks)) > self.semaphore.free
                and (connection := _first(idle)) is not None
            ):
                await connection.aclose()

    def release(
        self, connection: AsyncHTTP11Connection, now: float
    ) -> AsyncHTTP11Connection | None:
        """Take back a connection whose response is complete; return one to close, if any.

        Only the oldest is checked, so that this costs the same with any number of connections.
        """
        connection.idle_since = now
        idle = self._idle.setdefault(connection.origin, deque())
        idle.append(connection)
        if not self.is_open or _oldest(idle, now) <= now - KEEPALIVE_EXPIRY:
            return _first(idle)
        return None


def _last(idle: deque[AsyncHTTP11Connection]) -> AsyncHTTP11Connection | None:
    try:
        return idle.pop()
    except IndexError:  # another thread took it first
        return None


def _oldest(idle: deque[AsyncHTTP11Connection], now: float) -> float:
    try:
        return idle[0].idle_since
    except IndexError:
        return now


def _first(idle: deque[AsyncHTTP11Connection]) -> AsyncHTTP11Connection | None:
    try:
        return idle.popleft()
    except IndexError:
        return None
