"""Look-ups of host names and TLS handshakes. A fork waits for those of other threads.

A fork does not free the locks that another thread holds: those of glibc's resolver and time zone,
of OpenSSL's random generators. Every look-up or handshake in the child would wait for them forever.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trunkline._engine.transport.network.base import AddressInfo

#: How long a fork waits, in seconds. The locks are held for microseconds.
_MAX_WAIT: Final = 1.0


class _NativeCalls:
    """The calls in progress, by thread."""

    def __init__(self) -> None:
        self.after_fork_in_child()

    def after_fork_in_child(self) -> None:
        #: Held while the process forks, so that no call starts.
        self._lock, self._locked = threading.Lock(), False
        self._running: set[int] = set()

    def __enter__(self) -> None:
        with self._lock:
            self._running.add(threading.get_ident())

    def __exit__(self, *_: object) -> None:
        self._running.discard(threading.get_ident())

    def before_fork(self) -> None:
        # With a limit: a signal handler may fork while its own thread holds the lock.
        ends, own = time.monotonic() + _MAX_WAIT, {threading.get_ident()}
        self._locked = self._lock.acquire(timeout=_MAX_WAIT)
        while self._running - own and time.monotonic() < ends:
            time.sleep(0.0005)

    def after_fork_in_parent(self) -> None:
        if self._locked:
            self._lock.release()


#: A context manager; code inside it must not wait for a server.
native_call: Final = _NativeCalls()


def getaddrinfo(host: str, port: int) -> list[AddressInfo]:
    """Return the addresses of a host for TCP.

    Raises:
        OSError: there is none, or the name cannot be looked up.
    """
    with native_call:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class _TLSObject(ssl.SSLObject):
    """The class for event loops: a handshake returns where it needs the server's next bytes."""

    def do_handshake(self) -> None:
        with native_call:
            super().do_handshake()


def with_tracked_handshakes(context: ssl.SSLContext) -> ssl.SSLContext:
    """Make forks wait for a context's handshakes in event loops, unless it has its own class."""
    if context.sslobject_class is ssl.SSLObject:
        context.sslobject_class = _TLSObject
    return context


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(
        before=native_call.before_fork,
        after_in_parent=native_call.after_fork_in_parent,
        after_in_child=native_call.after_fork_in_child,
    )
