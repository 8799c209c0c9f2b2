"""Blocking sockets."""

from __future__ import annotations

import contextlib
import errno
import os
import selectors
import socket
import ssl
import time
from typing import Any, Final, Self

from trunkline._engine.transport.network.base import (
    CHUNK,
    AddressInfo,
    addresses,
    is_readable,
    stagger,
    time_left,
)
from trunkline._engine.transport.network.native_locks import getaddrinfo, native_call

_IN_PROGRESS: Final = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EINTR})


def connect_tcp(host: str, port: int, limit: float) -> SocketStream:
    """Open a connection to the first of a host's addresses that accepts one (RFC 8305).

    The look-up of the name cannot be interrupted; the limit covers what follows it.

    Raises:
        TimeoutError: it took longer than ``limit`` seconds.
        OSError: no address accepts a connection.
    """
    ends = time.monotonic() + limit
    found = getaddrinfo(host, port)
    race = _Race(addresses.sort(host, port, found), ends, stagger(limit, len(found)))
    stream = SocketStream(race.run())
    addresses.note(host, port, race.answered)
    return stream


class _Socket(socket.socket):
    """Closes without a warning when a signal handler's exception ends the frame that holds it."""

    #: Implemented in C: no signal handler can run in the middle of it.
    __del__ = socket.SocketType.close


class _TLSSocket(ssl.SSLSocket):
    """The same over TLS."""

    __del__ = socket.SocketType.close

    def __new__(cls, *_: Any, fileno: int, **__: Any) -> Self:
        made = super().__new__(cls)
        if fileno in _unfinished:  # else the caller uses the context for a socket of its own
            _unfinished[fileno] = made
        return made

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 - ssl's own
        """Wait for the server outside of OpenSSL: a fork waits for the calls inside it."""
        limit = self.gettimeout()
        if limit == 0.0:  # the caller's own socket: the caller waits
            super().do_handshake(block)
            return
        ends = None if limit is None else time.monotonic() + limit
        self.settimeout(0.0)
        try:
            while (event := self._next()) is not None:
                _wait(self, event, None if ends is None else time_left(ends))
        finally:
            self.settimeout(limit)

    def _next(self) -> int | None:
        """Continue the handshake; return the event to wait for, None at its end."""
        try:
            with native_call:
                super().do_handshake()
        except ssl.SSLWantReadError:
            return selectors.EVENT_READ
        except ssl.SSLWantWriteError:
            return selectors.EVENT_WRITE
        return None


def _wait(waiting: socket.socket, event: int, limit: float | None) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(waiting, event)
        selector.select(limit)


#: TLS sockets that are being made, by descriptor.
_unfinished: Final[dict[int, _TLSSocket | None]] = {}


class _Race:
    """Tries addresses one after the other, while earlier attempts may still connect."""

    def __init__(self, found: list[AddressInfo], ends: float, pause: float) -> None:
        self._waiting, self._ends, self._pause = list(found), ends, pause
        self.answered: AddressInfo
        self._failure: OSError = OSError("the host has no address")
        self._selector = selectors.DefaultSelector()

    def run(self) -> socket.socket:
        try:
            return self._run()
        finally:
            for key in list(self._selector.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]  # only sockets are registered
            self._selector.close()

    def _run(self) -> socket.socket:
        while self._waiting or self._selector.get_map():
            if self._waiting:
                self._start(self._waiting.pop(0))
            left = time_left(self._ends)
            connected = self._connected(min(self._pause, left) if self._waiting else left)
            if connected is not None:
                return connected
        raise self._failure

    def _start(self, info: AddressInfo) -> None:
        *kind, _, address = info
        try:
            plain = _Socket(*kind)
        except OSError as error:  # the machine has no IPv6, say
            self._failure = error
            return
        try:
            plain.setblocking(False)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            code = plain.connect_ex(address)
            if code in _IN_PROGRESS:
                self._selector.register(plain, selectors.EVENT_WRITE, info)
                return
            self._failure = OSError(code, os.strerror(code))
        except BaseException:
            plain.close()
            raise
        plain.close()

    def _connected(self, limit: float) -> socket.socket | None:
        for key, _ in self._selector.select(limit):
            plain: socket.socket = key.fileobj  # type: ignore[assignment]  # as above
            self._selector.unregister(plain)
            code = plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not code:
                self.answered = key.data
                return plain
            plain.close()
            self._failure = OSError(code, os.strerror(code))
        return None


class SocketStream:
    """A blocking connection."""

    __slots__ = ("_limit", "_socket")

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._limit = -1.0

    def _set_limit(self, limit: float) -> None:
        """Set the time limit of later calls, if it changed: this is a system call."""
        if limit != self._limit:
            self._socket.settimeout(limit)
            self._limit = limit

    def __del__(self) -> None:
        # An exception of a signal handler can end a frame before it has closed the connection.
        with contextlib.suppress(AttributeError):
            self._socket.close()

    def start_tls(self, context: ssl.SSLContext, hostname: str, limit: float) -> None:
        """Encrypt the connection from here on."""
        self._set_limit(limit)
        if context.sslsocket_class is ssl.SSLSocket:
            context.sslsocket_class = _TLSSocket
        plain, descriptor = self._socket, self._socket.fileno()
        _unfinished[descriptor] = None
        try:
            self._socket = context.wrap_socket(
                plain, server_hostname=hostname, suppress_ragged_eofs=False
            )
        except BaseException:
            made = _unfinished.get(descriptor)
            if made is not None and made.fileno() == plain.fileno():
                # A signal handler's exception came while both had the descriptor. If both closed
                # it, the second would close whatever file has the descriptor by then.
                made.detach()
            raise
        finally:
            _unfinished.pop(descriptor, None)

    def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        self._set_limit(limit)
        return self._socket.recv(CHUNK)

    def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        self._set_limit(limit)
        sent = self._socket.send(data)
        if sent < len(data):
            self._write_rest(memoryview(data)[sent:], time.monotonic() + limit)

    def _write_rest(self, data: memoryview, ends: float) -> None:
        while data:
            self._set_limit(time_left(ends))
            data = data[self._socket.send(data) :]

    def is_readable(self) -> bool:
        """Return whether something has arrived on an idle connection."""
        return is_readable(self._socket)

    def close(self) -> None:
        """Close it at once."""
        self._socket.close()
