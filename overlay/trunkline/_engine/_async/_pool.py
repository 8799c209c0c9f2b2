"""The connection pool: a stack of idle connections for each server.

httpcore's own pool walks all its connections twice a request and, beyond twenty calls at once,
reconnects on nearly every one. Here a request takes the connection that was used last and looks
at that one alone. HTTP/1.1 is h11's job, TLS is the standard library's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from trunkline._engine._async._home import AsyncHome
from trunkline._engine._async._line import AsyncLine
from trunkline._engine._async._stream import AsyncStream
from trunkline._engine._breakage import broken, is_mishap
from trunkline._engine._shim import async_disown, async_ended, async_loop
from trunkline._engine._wire import (
    Answer,
    Broken,
    Inflater,
    Origin,
    RawHeaders,
    Trip,
    encoding_of,
    plain_headers,
)
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable


class AsyncPool:
    """Connections to any number of servers, bounded together.

    Args:
        context: makes the TLS settings; called when the first https connection is opened.
        clock: the monotonic clock.
        max_connections: how many may be open at one time, in one process and event loop.
    """

    def __init__(
        self,
        context: Callable[[], ssl.SSLContext],
        clock: Callable[[], float],
        max_connections: int,
    ) -> None:
        self._context, self._clock, self._size = context, clock, max_connections
        self._homes: dict[tuple[int, int], AsyncHome] = {}
        self._closed = False

    async def send(self, trip: Trip) -> Answer:
        """Send a request and read the whole response; raises Broken when that fails."""
        line = await self._take(trip)
        status: int | None = None
        headers: RawHeaders = []
        try:
            status, headers = await line.begin(trip)
            inflater = Inflater(encoding_of(headers), trip.options.max_response_bytes)
            body = await _read(line, inflater)
        except BaseException as error:
            await self.discard(line)
            if is_mishap(error):
                raise broken(error, sent=line.sent, status=status, headers=headers) from error
            raise
        await self.give_back(line)
        if encoding_of(headers):
            headers = plain_headers(headers)
        return Answer(status, headers, body)

    async def open(self, trip: Trip) -> AsyncStream:
        """Send a request and return its response with the body still to be read."""
        line = await self._take(trip)
        try:
            status, headers = await line.begin(trip)
        except BaseException as error:
            await self.discard(line)
            if is_mishap(error):
                raise broken(error, sent=line.sent) from error
            raise
        return AsyncStream(self, trip, line, status, headers)

    async def _take(self, trip: Trip) -> AsyncLine:
        home = await self._home()
        now = self._clock()
        if not await home.slots.acquire(min(trip.options.pool, trip.expires_at - now)):
            raise Broken(
                f"no connection came free within {trip.options.pool:g} s ({self._size} at most)",
                sent=False,
                timed_out=True,
            )
        try:
            # Either may have happened while this one waited for its place.
            self._check_open()
            trip.check_pause(self._clock())
            line = await home.take(trip.origin, self._clock(), safe=trip.replay.safe)
            return line or self._new(trip.origin, home)
        except BaseException:
            home.slots.release()
            raise

    def _new(self, origin: Origin, home: AsyncHome) -> AsyncLine:
        context = self._context() if origin.scheme == b"https" else None
        return AsyncLine(home, origin, context, self._clock)

    async def give_back(self, line: AsyncLine) -> None:
        """Return a line whose response is complete, and its place."""
        try:
            spare = line.home.keep(line, self._clock()) if line.is_reusable() else line
            if spare is not None:
                await spare.aclose()
        finally:
            line.home.slots.release()

    async def discard(self, line: AsyncLine) -> None:
        """Close a line that can carry nothing more, and return its place."""
        try:
            await line.aclose()
        finally:
            line.home.slots.release()

    async def _home(self) -> AsyncHome:
        self._check_open()
        loop = async_loop()
        home = self._homes.get((os.getpid(), id(loop)))
        return home if home is not None and home.is_open else await self._move_in(loop)

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    async def _move_in(self, loop: object) -> AsyncHome:
        """Return a new home for this process and event loop; leave those of no more use."""
        place = (os.getpid(), id(loop))
        for key, home in list(self._homes.items()):
            if key[0] != place[0]:
                await async_disown(home.close_idle)
            if not home.is_open or async_ended(home.loop):
                self._homes.pop(key, None)
        home = self._homes.setdefault(place, AsyncHome(loop, self._size))
        await home.settle()
        return home

    async def aclose(self) -> None:
        """Close the idle connections; the others close as their requests end."""
        self._closed = True
        for home in list(self._homes.values()):
            home.is_open = False
            if home.loop is async_loop():
                await home.aclose()


async def _read(line: AsyncLine, inflater: Inflater) -> bytes:
    body: list[bytes] = []
    while piece := await line.piece():
        body.append(inflater.feed(piece))
    inflater.finish()
    return body[0] if len(body) == 1 else b"".join(body)
