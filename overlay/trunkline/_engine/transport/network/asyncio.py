"""Connections of asyncio, by a protocol of its own.

The streams of anyio serve trio as well and cost three times as much here.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Final, cast

from trunkline._engine.transport.network.base import HasFile, is_readable

if TYPE_CHECKING:
    import ssl

    from trunkline._engine.models import Origin

#: Bytes that may wait for their reader; above it the server is made to wait.
_MOST_HELD: Final = 256 * 1024


async def connect(origin: Origin, context: ssl.SSLContext | None, limit: float) -> Socket:
    """Open a connection; raises TimeoutError or another OSError."""
    loop = asyncio.get_running_loop()
    host, port = origin.host.decode("ascii"), origin.port_number
    options: dict[str, Any] = {}
    if context is not None:
        options.update(ssl=context, server_hostname=host)
    async with asyncio.timeout(limit):
        if is_literal(host):
            _, made = await loop.create_connection(Socket, host, port, **options)
        else:
            answered = await happy_eyeballs_connect(host, port)
            _, made = await loop.create_connection(Socket, sock=answered, **options)
    return made


class Socket(asyncio.Protocol):
    """A connection: what arrives is held until it is read."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []
        self._size = 0
        self._ended = False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hold what arrived."""
        self._held.append(data)
        self._size += len(data)
        if self._size > _MOST_HELD:
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        """Note that nothing more will come; the transport closes itself."""
        self._ended = True
        _wake(self._reader)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note why, and let nobody wait any longer."""
        self._ended, self._error = True, exc
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        """Let writers wait."""
        self._writer = self._loop.create_future()

    def resume_writing(self) -> None:
        """Let writers go on."""
        writer, self._writer = self._writer, None
        _wake(writer)

    async def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        if not self._held and not self._ended:
            self._reader = self._loop.create_future()
            await self._within(limit, self._reader)
        if not self._held:
            self._raise_error()
            return b""
        data = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        if self._size > _MOST_HELD:
            self._transport.resume_reading()
        self._held, self._size = [], 0
        return data

    async def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        if self._transport.is_closing():
            self._raise_error()
            raise ConnectionResetError
        self._transport.write(data)
        if self._writer is not None:
            await self._within(limit, self._writer)
            self._raise_error()

    def _raise_error(self) -> None:
        if self._error is not None:
            raise ConnectionResetError from self._error

    async def _within(self, limit: float, waiter: asyncio.Future[None]) -> None:
        timer = self._loop.call_later(limit, _expire, waiter)
        try:
            await waiter
        finally:
            timer.cancel()

    def is_stale(self) -> bool:
        """Return whether an idle connection is of no more use."""
        if self._held or self._ended or self._transport.is_closing():
            return True
        # The event loop may not have come to look since the server closed.
        return is_readable(cast("HasFile", self._transport.get_extra_info("socket")))

    async def aclose(self) -> None:
        """Close it at once."""
        self._transport.abort()
        await asyncio.sleep(0)  # the transport lets go of its socket in the loop's next turn


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


def _expire(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())


#: Seconds before the host's next address is tried as well (RFC 8305, section 5).
NEXT_ADDRESS: Final = 0.25


def is_literal(host: str) -> bool:
    """Return whether a host is an address already."""
    return ":" in host or host.replace(".", "").isdigit()


async def happy_eyeballs_connect(host: str, port: int) -> socket.socket:
    """Return a connected socket; raises OSError when no address answers."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    attempts: list[asyncio.Task[socket.socket]] = []
    winner: asyncio.Task[socket.socket] | None = None
    try:
        for info in found:
            attempts.append(loop.create_task(_connect_one(loop, info)))
            last = len(attempts) == len(found)
            winner = await _winner(attempts, None if last else NEXT_ADDRESS)
            if winner is not None:
                return winner.result()
    finally:
        for attempt in attempts:
            if attempt is not winner:
                attempt.cancel()
                attempt.add_done_callback(_close)
    raise next((attempt.exception() for attempt in attempts), None) or OSError("no address")


async def _connect_one(loop: asyncio.AbstractEventLoop, info: tuple[Any, ...]) -> socket.socket:
    *kind, _, address = info
    dialled = socket.socket(*kind)
    try:
        dialled.setblocking(False)
        await loop.sock_connect(dialled, address)
    except BaseException:
        dialled.close()
        raise
    return dialled


async def _winner(
    attempts: list[asyncio.Task[socket.socket]], patience: float | None
) -> asyncio.Task[socket.socket] | None:
    """Return an attempt that has succeeded; wait while others are under way."""
    pending = {attempt for attempt in attempts if not attempt.done()}
    while pending:
        done, pending = await asyncio.wait(
            pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED
        )
        for attempt in done:
            if attempt.exception() is None:
                return attempt
        if patience is not None:
            break
    return None


def _close(attempt: asyncio.Task[socket.socket]) -> None:
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().close()
