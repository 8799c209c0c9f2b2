"""Connections under asyncio, with our own protocol: anyio's streams cost three times as much."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Final, cast

from trunkline._engine.transport.network.base import (
    HasFileno,
    addresses,
    ended_cleanly,
    is_readable,
    stagger,
)
from trunkline._engine.transport.network.native_locks import getaddrinfo, with_tracked_handshakes

if TYPE_CHECKING:
    import ssl

    from trunkline._engine.transport.network.base import AddressInfo

#: Bytes that are buffered for a reader; above this, reading from the socket is paused.
_MAX_BUFFER: Final = 256 * 1024


async def connect_tcp(host: str, port: int, limit: float) -> AsyncIOStream:
    """Open a connection; raises TimeoutError or another OSError."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(limit):
        if is_literal(host):
            _, stream = await loop.create_connection(AsyncIOStream, host, port)
        else:
            connected = await happy_eyeballs_connect(host, port, limit)
            _, stream = await loop.create_connection(AsyncIOStream, sock=connected)
    return stream


class AsyncIOStream(asyncio.Protocol):
    """A connection; received bytes are buffered until they are read."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []
        self._size = 0
        self._ended = self._is_lost = False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._ends = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport."""
        self._transport = self._socket_transport = cast("asyncio.Transport", transport)
        self._socket: HasFileno = transport.get_extra_info("socket")

    def data_received(self, data: bytes) -> None:
        """Buffer what arrived."""
        self._held.append(data)
        self._size += len(data)
        if self._size > _MAX_BUFFER:
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        """Note that nothing more will come; the transport closes itself."""
        self._ended = True
        _wake(self._reader)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note why, and wake all waiters."""
        self._ended = self._is_lost = True
        self._error = exc
        _wake(self._reader)
        _wake(self._writer)
        if self._timer is not None:
            self._timer.cancel()

    def pause_writing(self) -> None:
        """Make writers wait."""
        self._writer = self._loop.create_future()

    def resume_writing(self) -> None:
        """Let writers continue."""
        writer, self._writer = self._writer, None
        _wake(writer)

    async def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        if not self._held and not self._ended:
            self._reader = self._loop.create_future()
            await self._within(limit, self._reader)
        if not self._held:
            self._raise_error()
            if not ended_cleanly(self._transport.get_extra_info("ssl_object")):
                raise ConnectionResetError
            return b""
        data = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        if self._size > _MAX_BUFFER:
            self._transport.resume_reading()
        self._held, self._size = [], 0
        return data

    async def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        if self._is_closing():
            self._raise_error()
            raise ConnectionResetError
        self._transport.write(data)
        if self._writer is not None:
            await self._within(limit, self._writer)
            self._raise_error()

    def _is_closing(self) -> bool:
        # Before Python 3.12, TLS learns only in the loop's next iteration that the socket is lost,
        # and asyncio logs each write until then.
        return self._transport.is_closing() or self._socket_transport.is_closing()

    def _raise_error(self) -> None:
        if self._error is not None:
            raise ConnectionResetError from self._error

    async def _within(self, limit: float, waiter: asyncio.Future[None]) -> None:
        self._waiter, self._ends = waiter, self._loop.time() + limit
        if self._timer is None or self._timer.when() > self._ends:
            self._start_timer()
        try:
            await waiter
        finally:
            self._waiter = None

    def _start_timer(self) -> None:
        # It keeps running when the wait is over, and serves later waits: creating and cancelling
        # one for each wait costs a twentieth of a call.
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._ends, self._expire)

    def _expire(self) -> None:
        self._timer = None
        if self._waiter is None or self._waiter.done():
            return
        if self._loop.time() < self._ends:
            self._start_timer()
        else:
            self._waiter.set_exception(TimeoutError())

    async def start_tls(self, context: ssl.SSLContext, hostname: str, limit: float) -> None:
        """Encrypt the connection from here on."""
        if self._held:  # in TLS the client sends first (RFC 8446, section 2)
            raise ConnectionResetError
        async with asyncio.timeout(limit):
            upgraded = await self._loop.start_tls(
                self._transport, self, with_tracked_handshakes(context), server_hostname=hostname
            )
        if upgraded is None:
            raise ConnectionResetError
        self._transport = upgraded

    def is_readable(self) -> bool:
        """Return whether something has arrived on an idle connection."""
        if self._held or self._ended or self._is_closing():
            return True
        # The event loop may not have noticed yet that the server closed.
        return is_readable(self._socket)

    async def aclose(self) -> None:
        """Close it at once."""
        # A transport that was closed while it still had bytes to send, and has sent them since,
        # has no loop any more: its abort() fails.
        if not self._is_lost:
            self._transport.abort()
        await asyncio.sleep(0)  # the transport closes its socket in the loop's next iteration


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


def is_literal(host: str) -> bool:
    """Return whether a host is an address already."""
    return ":" in host or host.replace(".", "").isdigit()


async def happy_eyeballs_connect(host: str, port: int, limit: float) -> socket.socket:
    """Return a socket connected to the first address that accepts (RFC 8305).

    asyncio's happy_eyeballs_delay loses a socket when it is cancelled at the wrong moment.

    Raises:
        OSError: no address accepts a connection.
    """
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(None, getaddrinfo, host, port)
    pause = stagger(limit, len(found))
    found = addresses.sort(host, port, found)
    attempts: list[asyncio.Task[socket.socket]] = []
    winner: asyncio.Task[socket.socket] | None = None
    try:
        for info in found:
            attempts.append(loop.create_task(_connect_one(loop, info)))
            last = len(attempts) == len(found)
            winner = await _winner(attempts, None if last else pause)
            if winner is not None:
                addresses.note(host, port, found[attempts.index(winner)])
                return winner.result()
    finally:
        for attempt in attempts:
            if attempt is not winner:
                attempt.cancel()
                attempt.add_done_callback(_close)
    raise next((attempt.exception() for attempt in attempts), None) or OSError("no address")


async def _connect_one(loop: asyncio.AbstractEventLoop, info: AddressInfo) -> socket.socket:
    *kind, _, address = info
    connecting = socket.socket(*kind)
    try:
        connecting.setblocking(False)
        await loop.sock_connect(connecting, address)
    except BaseException:
        connecting.close()
        raise
    return connecting


async def _winner(
    attempts: list[asyncio.Task[socket.socket]], timeout: float | None
) -> asyncio.Task[socket.socket] | None:
    """Return an attempt that has succeeded; wait while others are in progress."""
    pending = {attempt for attempt in attempts if not attempt.done()}
    while pending:
        done, pending = await asyncio.wait(
            pending, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
        )
        for attempt in done:
            if attempt.exception() is None:
                return attempt
        if timeout is not None:
            break
    return None


def _close(attempt: asyncio.Task[socket.socket]) -> None:
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().close()
