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

#: Held while a process forks, so that no look-up begins.
_gate: Final = threading.Lock()
#: The threads with a look-up under way.
_running: Final[set[int]] = set()


def getaddrinfo(host: str, port: int) -> list[AddressInfo]:
    """Return the addresses of a host for TCP.

    Raises:
        OSError: there is none, or the name cannot be looked up.
    """
    thread = threading.get_ident()
    with _gate:
        _running.add(thread)
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    finally:
        _running.discard(thread)


def _wait() -> None:
    _gate.acquire(timeout=_PATIENCE)
    ends, own = time.monotonic() + _PATIENCE, {threading.get_ident()}
    while _running - own and time.monotonic() < ends:
        time.sleep(0.0005)


def _open() -> None:
    if _gate.locked():
        _gate.release()


def _open_in_child() -> None:
    _running.clear()
    _open()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(before=_wait, after_in_parent=_open, after_in_child=_open_in_child)
