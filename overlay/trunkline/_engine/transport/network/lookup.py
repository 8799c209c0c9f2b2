"""Look-ups of host names. A fork waits for those of other threads.

The resolver of glibc has a lock that a fork does not free: if another thread held it, every look-up
in the child waits for ever.
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
_PATIENCE: Final = 1.0


class _Lookups:
    """The look-ups that are under way, by thread."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        #: Held while the process forks, so that no look-up begins.
        self._gate, self._closed = threading.Lock(), False
        self._running: set[int] = set()

    def getaddrinfo(self, host: str, port: int) -> list[AddressInfo]:
        thread = threading.get_ident()
        with self._gate:
            self._running.add(thread)
        try:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        finally:
            self._running.discard(thread)

    def wait(self) -> None:
        # With a limit: a signal handler may fork while its own thread holds the gate.
        self._closed = self._gate.acquire(timeout=_PATIENCE)
        ends, own = time.monotonic() + _PATIENCE, {threading.get_ident()}
        while self._running - own and time.monotonic() < ends:
            time.sleep(0.0005)

    def go_on(self) -> None:
        if self._closed:
            self._gate.release()


_lookups: Final = _Lookups()


def getaddrinfo(host: str, port: int) -> list[AddressInfo]:
    """Return the addresses of a host for TCP.

    Raises:
        OSError: there is none, or the name cannot be looked up.
    """
    return _lookups.getaddrinfo(host, port)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(
        before=_lookups.wait,
        after_in_parent=_lookups.go_on,
        after_in_child=_lookups.begin_anew,
    )
