# Derived from _engine/_async/_pool.py by `make generate`; do not edit.
"""The connection pool: a stack of idle connections for each server.

httpcore's own pool walks all its connections twice a request and, beyond twenty calls at once,
reconnects on nearly every one. Here a request takes the connection that was used last and looks
at that one alone. HTTP/1.1 is h11's job, TLS is the standard library's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from trunkline._engine._breakage import broken, is_mishap
from trunkline._engine._shim import sync_disown, sync_ended, sync_loop
from trunkline._engine._sync._home import Home
from trunkline._engine._sync._line import Line
from trunkline._engine._sync._stream import Stream
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


class Pool:
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
        self._homes: dict[tuple[int, int], Home] = {}
        self._closed = False

    def send(self, trip: Trip) -> Answer:
        """Send a request and read the whole response; raises Broken when that fails."""
        line = self._take(trip)
        status: int | None = None
        headers: RawHeaders = []
        try:
            status, headers = line.begin(trip)
            inflater = Inflater(encoding_of(headers), trip.options.max_response_bytes)
            body = _read(line, inflater)
        except BaseException as error:
            self.discard(line)
            if is_mishap(error):
                raise broken(error, sent=line.sent, status=status, headers=headers) from error
            raise
        self.give_back(line)
        if encoding_of(headers):
            headers = plain_headers(headers)
        return Answer(status, headers, body)

    def open(self, trip: Trip) -> Stream:
        """Send a request and return its response with the body still to be read."""
        line = self._take(trip)
        try:
            status, headers = line.begin(trip)
        except BaseException as error:
            self.discard(line)
            if is_mishap(error):
                raise broken(error, sent=line.sent) from error
            raise
        return Stream(self, trip, line, status, headers)

    def _take(self, trip: Trip) -> Line:
        home = self._home()
        now = self._clock()
        if not home.slots.acquire(min(trip.options.pool, trip.expires_at - now)):
            raise Broken(
                f"no connection came free within {trip.options.pool:g} s ({self._size} at most)",
                sent=False,
                timed_out=True,
            )
        try:
            # Either may have happened while this one waited for its place.
            self._check_open()
            trip.check_pause(self._clock())
            line = home.take(trip.origin, self._clock(), safe=trip.replay.safe)
            return line or self._new(trip.origin, home)
        except BaseException:
            home.slots.release()
            raise

    def _new(self, origin: Origin, home: Home) -> Line:
        context = self._context() if origin.scheme == b"https" else None
        return Line(home, origin, context, self._clock)

    def give_back(self, line: Line) -> None:
        """Return a line whose response is complete, and its place."""
        try:
            spare = line.home.keep(line, self._clock()) if line.is_reusable() else line
            if spare is not None:
                spare.close()
        finally:
            line.home.slots.release()

    def discard(self, line: Line) -> None:
        """Close a line that can carry nothing more, and return its place."""
        try:
            line.close()
        finally:
            line.home.slots.release()

    def _home(self) -> Home:
        self._check_open()
        loop = sync_loop()
        home = self._homes.get((os.getpid(), id(loop)))
        return home if home is not None and home.is_open else self._move_in(loop)

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _move_in(self, loop: object) -> Home:
        """Return a new home for this process and event loop; leave those of no more use."""
        place = (os.getpid(), id(loop))
        for key, home in list(self._homes.items()):
            if key[0] != place[0]:
                sync_disown(home.close_idle)
            if not home.is_open or sync_ended(home.loop):
                self._homes.pop(key, None)
        home = self._homes.setdefault(place, Home(loop, self._size))
        home.settle()
        return home

    def close(self) -> None:
        """Close the idle connections; the others close as their requests end."""
        self._closed = True
        for home in list(self._homes.values()):
            home.is_open = False
            if home.loop is sync_loop():
                home.close()


def _read(line: Line, inflater: Inflater) -> bytes:
    body: list[bytes] = []
    while piece := line.piece():
        body.append(inflater.feed(piece))
    inflater.finish()
    return body[0] if len(body) == 1 else b"".join(body)
