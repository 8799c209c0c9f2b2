# Derived from _engine/transport/_async/connection_pool.py by `make generate`; do not edit.
"""The connection pool: a stack of idle connections for each server.

httpcore's own pool walks all its connections twice a request and, beyond twenty calls at once,
reconnects on nearly every one. Here a request takes the connection that was used last and checks
only that one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from trunkline._engine.models import Response
from trunkline._engine.transport._sync.http11 import HTTP11Connection
from trunkline._engine.transport._sync.idle_connections import IdleConnections
from trunkline._engine.transport._sync.response_stream import PoolStream
from trunkline._engine.transport.concurrency import (
    sync_abandon_after_fork,
    sync_current_loop,
    sync_loop_is_closed,
)
from trunkline._engine.transport.content import encoding_of, without_encoding
from trunkline._engine.transport.failures import (
    TransportError,
    is_pool_failure,
    to_transport_error,
)
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.models import Origin, Request
    from trunkline._engine.proxies import Proxy
    from trunkline._engine.transport.semaphore import Permit


class ConnectionPool:
    """Connections to any number of servers, bounded together.

    Args:
        context: returns the TLS settings; called when the first https connection is opened.
        clock: the monotonic clock.
        max_connections: how many may be open at one time, in one process and event loop.
        proxy_for: returns the proxy of a server, None for a direct connection.
    """

    def __init__(
        self,
        context: Callable[[], ssl.SSLContext],
        clock: Callable[[], float],
        max_connections: int,
        proxy_for: Callable[[Origin], Proxy | None],
    ) -> None:
        self._context, self._clock, self._size = context, clock, max_connections
        self._proxy_for = proxy_for
        self._idle: dict[tuple[int, int], IdleConnections] = {}
        self._closed = False

    def handle_request(self, request: Request, cooldowns: Cooldowns | None = None) -> Response:
        """Send a request; return its response with the body unread.

        Raises:
            TransportError: there is no response.
            CooldownActive: nothing was sent, because of a cooldown.
            ClientClosedError: the pool is closed.
        """
        idle = self._connections()
        permit = self._permit(idle, request)
        connection: HTTP11Connection | None = None
        try:
            # Either may have happened while this request waited for its permit.
            self._check_open()
            if cooldowns is not None:
                cooldowns.check(request.operation_key, self._clock())
            connection = self._connection(idle, request)
            status, headers = connection.send_request(request)
        except BaseException as error:
            if connection is not None:
                connection.close()
            permit = None
            idle.semaphore.wake_next()
            if connection is not None and is_pool_failure(error):
                raise to_transport_error(error, sent=connection.sent) from error
            raise
        encoding = encoding_of(headers)
        stream = PoolStream(
            idle, permit, connection, request, self._clock, encoding, status, headers
        )
        return Response(status, without_encoding(headers) if encoding else headers, stream=stream)

    def _permit(self, idle: IdleConnections, request: Request) -> Permit | None:
        limit = min(request.options.pool, request.expires_at - self._clock())
        permit = idle.semaphore.acquire(limit)
        if permit is None:
            raise TransportError(
                f"no connection came free within {request.options.pool:g} s ({self._size} at most)",
                sent=False,
                timed_out=True,
            )
        return permit

    def _connection(self, idle: IdleConnections, request: Request) -> HTTP11Connection:
        idempotent = request.retry_rule.idempotent
        found = idle.acquire(request.origin, self._clock(), idempotent=idempotent)
        return found or self._open(request.origin)

    def _open(self, origin: Origin) -> HTTP11Connection:
        context = self._context() if origin.scheme == b"https" else None
        return HTTP11Connection(origin, context, self._clock, self._proxy_for(origin))

    def _connections(self) -> IdleConnections:
        self._check_open()
        loop = sync_current_loop()
        idle = self._idle.get((os.getpid(), id(loop)))
        return idle if idle is not None and idle.is_open else self._open_for_loop(loop)

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _open_for_loop(self, loop: object) -> IdleConnections:
        """Create the idle set for this process and loop.

        Drops those of closed loops and of the parent process. None is closed: a closed loop cannot
        close sockets, and after a fork the connections belong to the parent.
        """
        here = (os.getpid(), id(loop))
        for key, idle in list(self._idle.items()):
            if key[0] != here[0]:
                sync_abandon_after_fork(idle.close_idle)
            if not idle.is_open or sync_loop_is_closed(idle.loop):
                self._idle.pop(key, None)
        idle = self._idle.setdefault(here, IdleConnections(loop, self._size))
        idle.close_on_loop_exit()
        return idle

    def close(self) -> None:
        """Close the idle connections; the others close as their requests end."""
        self._closed = True
        for idle in list(self._idle.values()):
            idle.is_open = False
            if idle.loop is sync_current_loop():
                idle.close()

    def __repr__(self) -> str:
        sets = [idle for (pid, _), idle in list(self._idle.items()) if pid == os.getpid()]
        active = sum(idle.semaphore.size - idle.semaphore.free for idle in sets)
        waiting = sum(idle.semaphore.waiting for idle in sets)
        kept = sum(map(len, sets))
        return (
            f"<{type(self).__name__} [requests: {active} active, {waiting} waiting | "
            f"connections: {kept} idle, {self._size} at most]>"
        )
