"""Blocking sockets."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from trunkline._engine.transport.network.base import CHUNK, is_readable, time_left

if TYPE_CHECKING:
    import ssl

    from trunkline._engine.models import Origin


def connect(origin: Origin, context: ssl.SSLContext | None, limit: float) -> SocketStream:
    """Open a blocking connection; raises as :func:`aconnect`.

    All addresses of the host share the limit; the look-up of the name cannot be interrupted.
    """
    ends = time.monotonic() + limit
    plain = _connect_first(origin, ends)
    try:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context is None:
            return SocketStream(plain)
        plain.settimeout(time_left(ends))
        return SocketStream(context.wrap_socket(plain, server_hostname=origin.host.decode("ascii")))
    except BaseException:
        plain.close()
        raise


def _connect_first(origin: Origin, ends: float) -> socket.socket:
    failure = OSError("the host has no address")
    host = origin.host.decode("ascii")
    found = socket.getaddrinfo(host, origin.port_number, type=socket.SOCK_STREAM)
    for number, (*kind, _, address) in enumerate(found):
        plain = socket.socket(*kind)
        try:
            # One address that swallows everything must leave time for the others.
            plain.settimeout(time_left(ends) / (len(found) - number))
            plain.connect(address)
        except BaseException as error:
            plain.close()
            if not isinstance(error, OSError):
                raise
            failure = error
        else:
            return plain
    raise failure


class SocketStream:
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
            self._socket.settimeout(time_left(ends))
            data = data[self._socket.send(data) :]

    def is_stale(self) -> bool:
        """Return whether an idle connection is of no more use."""
        return is_readable(self._socket)

    def close(self) -> None:
        """Close it at once."""
        self._socket.close()
