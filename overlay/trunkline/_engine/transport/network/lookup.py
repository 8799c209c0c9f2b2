"""Look-ups of host names. A fork waits for those of other threads.

The resolver of glibc has a lock that a fork does not free: if another thread held it, every look-up
in the child waits forever.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trunkline._engine.transport.network.base import AddressInfo

#: How long a fork waits, in seconds: the lock is held for microseconds, while no server is asked.
_MAX_WAIT: Final = 1.0


class _Lookups:
    """The look-ups that are under way, by thread."""

    def __init__(self) -> None:
        self.after_fork_in_child()

    def after_fork_in_child(self) -> None:
        #: Held while the process forks, so that no look-up begins.
        self._lock, self._locked = threading.Lock(), False
        self._running: set[int] = set()

    def getaddrinfo(self, host: str, port: int) -> list[AddressInfo]:
        thread = threading.get_ident()
        with self._lock:
            self._running.add(thread)
        try:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        finally:
            self._running.discard(thread)

    def before_fork(self) -> None:
        # With a limit: a signal handler may fork while its own thread holds the lock.
        ends, own = time.monotonic() + _MAX_WAIT, {threading.get_ident()}
        self._locked = self._lock.acquire(timeout=_MAX_WAIT)
        while self._running - own and time.monotonic() < ends:
            time.sleep(0.0005)

    def after_fork_in_parent(self) -> None:
        if self._locked:
            self._lock.release()


_lookups: Final = _Lookups()


def getaddrinfo(host: str, port: int) -> list[AddressInfo]:
    """Return the addresses of a host for TCP.

    Raises:
        OSError: there is none, or the name cannot be looked up.
    """
    return _lookups.getaddrinfo(host, port)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(
        before=_lookups.before_fork,
        after_in_parent=_lookups.after_fork_in_parent,
        after_in_child=_lookups.after_fork_in_child,
    )
