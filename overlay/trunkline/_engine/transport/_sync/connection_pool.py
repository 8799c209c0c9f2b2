# Derived from _engine/transport/_async/connection_pool.py by `make generate`; do not edit.
"""The connection pool: a stack of idle connections for each server.

httpcore's own pool walks all its connections twice a request and, beyond twenty calls at once,
reconnects on nearly every one. Here a request takes the connection that was used last and looks
at that one alone. HTTP/1.1 is h11's job, TLS is the standard library's.
"""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, Final

from trunkline._engine.models import Origin, RawHeaders, Request, Response, plain_headers
from trunkline._engine.transport._sync.http11 import HTTP11Connection
from trunkline._engine.transport.concurrency import (
    Semaphore,
    sync_abandon_after_fork,
    sync_close_on_loop_exit,
    sync_current_loop,
    sync_loop_is_closed,
)
from trunkline._engine.transport.content import ContentDecoder, encoding_of
from trunkline._engine.transport.failures import (
    BODY_ERRORS,
    TransportError,
    broken,
    is_connection_failure,
)
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator

    from trunkline._engine.models import Origin, RawHeaders, Request


class ConnectionPool:
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
        self._homes: dict[tuple[int, int], IdleConnections] = {}
        self._closed = False

    def send(self, request: Request) -> Response:
        """Send a request and read the whole response; raises TransportError when that fails."""
        line = self._take(request)
        status: int | None = None
        headers: RawHeaders = []
        try:
            status, headers = line.begin(request)
            inflater = ContentDecoder(encoding_of(headers), request.options.max_response_bytes)
            body = _read(line, inflater)
        except BaseException as error:
            self.discard(line)
            if is_connection_failure(error):
                raise broken(error, sent=line.sent, status=status, headers=headers) from error
            raise
        self.release(line)
        if encoding_of(headers):
            headers = plain_headers(headers)
        return Response(status, headers, body)

    def open(self, request: Request) -> PoolStream:
        """Send a request and return its response with the body still to be read."""
        line = self._take(request)
        try:
            status, headers = line.begin(request)
        except BaseException as error:
            self.discard(line)
            if is_connection_failure(error):
                raise broken(error, sent=line.sent) from error
            raise
        return PoolStream(self, request, line, status, headers)

    def _take(self, request: Request) -> HTTP11Connection:
        home = self._home()
        now = self._clock()
        if not home.slots.acquire(min(request.options.pool, request.expires_at - now)):
            raise TransportError(
                f"no connection came free within {request.options.pool:g} s ({self._size} at most)",
                sent=False,
                timed_out=True,
            )
        try:
            # Either may have happened while this one waited for its place.
            self._check_open()
            request.check_pause(self._clock())
            line = home.take(
                request.origin, self._clock(), idempotent=request.retry_rule.idempotent
            )
            return line or self._new(request.origin, home)
        except BaseException:
            home.slots.release()
            raise

    def _new(self, origin: Origin, home: IdleConnections) -> HTTP11Connection:
        context = self._context() if origin.scheme == b"https" else None
        return HTTP11Connection(home, origin, context, self._clock)

    def release(self, line: HTTP11Connection) -> None:
        """Return a line whose response is complete, and its place."""
        try:
            spare = line.home.keep(line, self._clock()) if line.is_reusable() else line
            if spare is not None:
                spare.close()
        finally:
            line.home.slots.release()

    def discard(self, line: HTTP11Connection) -> None:
        """Close a line that can carry nothing more, and return its place."""
        try:
            line.close()
        finally:
            line.home.slots.release()

    def _home(self) -> IdleConnections:
        self._check_open()
        loop = sync_current_loop()
        home = self._homes.get((os.getpid(), id(loop)))
        return home if home is not None and home.is_open else self._open_for_current_loop(loop)

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _open_for_current_loop(self, loop: object) -> IdleConnections:
        """Return a new home for this process and event loop; leave those of no more use."""
        place = (os.getpid(), id(loop))
        for key, home in list(self._homes.items()):
            if key[0] != place[0]:
                sync_abandon_after_fork(home.close_idle)
            if not home.is_open or sync_loop_is_closed(home.loop):
                self._homes.pop(key, None)
        home = self._homes.setdefault(place, IdleConnections(loop, self._size))
        home.settle()
        return home

    def close(self) -> None:
        """Close the idle connections; the others close as their requests end."""
        self._closed = True
        for home in list(self._homes.values()):
            home.is_open = False
            if home.loop is sync_current_loop():
                home.close()


def _read(line: HTTP11Connection, inflater: ContentDecoder) -> bytes:
    body: list[bytes] = []
    while piece := line.piece():
        body.append(inflater.feed(piece))
    inflater.finish()
    return body[0] if len(body) == 1 else b"".join(body)


#: An idle connection is kept this long for requests that are safe to repeat ...
KEEPALIVE_EXPIRY: Final = 30.0


#: ... and taken only this fresh for others: many servers close after 5 s, and a request that
#: crosses the close on its way cannot be told from one that was accepted.
NON_IDEMPOTENT_MAX_IDLE: Final = 4.0


class IdleConnections:
    """The connections of one process and event loop.

    A child of fork must not speak on its parent's sockets, nor an event loop on those of another.

    Args:
        loop: the event loop. Holding it keeps its identity from being given to a later one.
        size: how many requests may be under way at one time.
    """

    def __init__(self, loop: object, size: int) -> None:
        self.loop, self.slots = loop, Semaphore(size)
        self.is_open = True
        self._idle: dict[Origin, deque[HTTP11Connection]] = {}
        self._end: Callable[[], None] = self.close_idle

    def settle(self) -> None:
        """Have the idle connections closed before the event loop ends."""
        self._end = sync_close_on_loop_exit(self.close_idle)

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

    def take(self, origin: Origin, now: float, *, idempotent: bool) -> HTTP11Connection | None:
        """Return the connection that was used last, or None when a new one is to be opened.

        Args:
            origin: the server.
            now: the monotonic clock.
            idempotent: whether the request may be repeated if the server is just closing.
        """
        idle = self._idle.get(origin)
        while idle and (line := _last(idle)) is not None:
            age = now - line.idle_since
            if age < KEEPALIVE_EXPIRY and not idempotent and age >= NON_IDEMPOTENT_MAX_IDLE:
                idle.append(line)  # all others are older still; requests that are safe take them
                break
            if age < KEEPALIVE_EXPIRY and not line.is_stale():
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

    def keep(self, line: HTTP11Connection, now: float) -> HTTP11Connection | None:
        """Take a line whose response is complete; return one that is to be closed, if any.

        Only the oldest is looked at, so that this costs the same with any number of lines.
        """
        line.idle_since = now
        idle = self._idle.setdefault(line.origin, deque())
        idle.append(line)
        if not self.is_open or _oldest(idle, now) <= now - KEEPALIVE_EXPIRY:
            return _first(idle)
        return None


def _last(idle: deque[HTTP11Connection]) -> HTTP11Connection | None:
    try:
        return idle.pop()
    except IndexError:  # another thread was quicker
        return None


def _oldest(idle: deque[HTTP11Connection], now: float) -> float:
    """Return since when the longest idle line is idle; now where another thread took the last."""
    try:
        return idle[0].idle_since
    except IndexError:
        return now


def _first(idle: deque[HTTP11Connection]) -> HTTP11Connection | None:
    try:
        return idle.popleft()
    except IndexError:
        return None


class PoolStream:
    """A response with the body still to be read; it holds its connection until then."""

    def __init__(
        self,
        pool: ConnectionPool,
        request: Request,
        line: HTTP11Connection,
        status: int,
        headers: RawHeaders,
    ) -> None:
        self._pool, self._request, self._line = pool, request, line
        self.status, self.raw_headers = status, headers
        self._open = True

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the decoded body as it arrives; raises TransportError when it is cut short."""
        self._line.expires_at = self._request.expires_at  # a body may have time of its own
        inflater = ContentDecoder(
            encoding_of(self.raw_headers), self._request.options.max_response_bytes
        )
        try:
            while piece := self._line.piece():
                yield inflater.feed(piece)
            inflater.finish()
        except BODY_ERRORS as error:
            raise broken(error, sent=True, status=self.status, headers=self.raw_headers) from error
        self._open = False
        self._pool.release(self._line)

    def close(self) -> None:
        """Give the connection up unless the body was read to its end."""
        if self._open:
            self._open = False
            self._pool.discard(self._line)
