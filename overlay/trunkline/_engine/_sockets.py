"""Byte streams to a server: blocking sockets here, those of event loops in modules of their own.

Each ends a call with TimeoutError when its limit passes and with another OSError when the
connection breaks; the end of what the server sends is ``b""``.
"""

from __future__ import annotations

import select
import socket
import time
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import ssl

    from trunkline._engine._wire import Origin

#: The most that one read returns.
CHUNK: Final = 64 * 1024


class AsyncSocket(Protocol):
    """A connection of asyncio or trio."""

    async def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        ...

    async def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        ...

    def is_stale(self) -> bool:
        """Return whether an idle connection is of no more use: nothing should arrive on it."""
        ...

    async def aclose(self) -> None:
        """Close it at once."""
        ...


async def async_connect(
    origin: Origin, context: ssl.SSLContext | None, limit: float
) -> AsyncSocket:
    """Open a connection under the event loop that runs.

    Raises:
        TimeoutError: it took longer than ``limit`` seconds.
        OSError: the server cannot be reached, or its certificate is not trusted.
    """
    import asyncio

    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    if task is None:
        from trunkline._engine._socket_anyio import connect as by_anyio

        return await by_anyio(origin, context, limit)
    from trunkline._engine._socket_asyncio import connect

    return await connect(origin, context, limit)


def sync_connect(origin: Origin, context: ssl.SSLContext | None, limit: float) -> Socket:
    """Open a blocking connection; raises as :func:`async_connect`.

    All addresses of the host share the limit; the look-up of the name cannot be interrupted.
    """
    ends = time.monotonic() + limit
    plain = _first_answer(origin, ends)
    try:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context is None:
            return Socket(plain)
        plain.settimeout(_left(ends))
        return Socket(context.wrap_socket(plain, server_hostname=origin.host.decode("ascii")))
    except BaseException:
        plain.close()
        raise


def _first_answer(origin: Origin, ends: float) -> socket.socket:
    failure = OSError("the host has no address")
    host = origin.host.decode("ascii")
    found = socket.getaddrinfo(host, origin.port_number, type=socket.SOCK_STREAM)
    for number, (*kind, _, address) in enumerate(found):
        plain = socket.socket(*kind)
        try:
            # One address that swallows everything must leave time for the others.
            plain.settimeout(_left(ends) / (len(found) - number))
            plain.connect(address)
        except BaseException as error:
            plain.close()
            if not isinstance(error, OSError):
                raise
            failure = error
        else:
            return plain
    raise failure


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Socket:
    """A blocking connection."""

    __slots__ = ("_socket",)

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        self._socket.settimeout(limit)
        return self._socket.recv(CHUNK)

    def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        self._socket.settimeout(limit)
        sent = self._socket.send(data)
        if sent < len(data):
            self._write_rest(memoryview(data)[sent:], time.monotonic() + limit)

    def _write_rest(self, data: memoryview, ends: float) -> None:
        while data:
            self._socket.settimeout(_left(ends))
            data = data[self._socket.send(data) :]

    def is_stale(self) -> bool:
        """Return whether an idle connection is of no more use."""
        return is_readable(self._socket)

    def close(self) -> None:
        """Close it at once."""
        self._socket.close()


class HasFile(Protocol):
    """A socket of whatever library."""

    def fileno(self) -> int:
        """Return its file descriptor, -1 when it is closed."""
        ...


def is_readable(connected: HasFile) -> bool:
    """Return whether something has arrived: bytes, the end, or a reset."""
    file = connected.fileno()
    if file < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([file], [], [], 0)[0])
    poller = select.poll()
    poller.register(file, select.POLLIN)
    return bool(poller.poll(0))
