"""What all network streams share, and the order in which a host's addresses are tried."""

from __future__ import annotations

import select
import ssl
import time
from typing import Any, Final, Protocol

#: The most that one read returns.
CHUNK: Final = 64 * 1024
#: Seconds before the host's next address is tried as well (RFC 8305, section 5).
STAGGER: Final = 0.25
#: Seconds for which the address that connected last is tried first.
REMEMBERED: Final = 30.0
_MAX_HOSTS: Final = 256

AddressInfo = tuple[Any, Any, Any, Any, Any]


class AsyncNetworkStream(Protocol):
    """A connection of asyncio or trio.

    A call that takes longer than its limit raises TimeoutError, a broken connection another
    OSError. The end of what the server sends is ``b""``; over TLS it has to be announced (RFC 8446,
    section 6.1), or a body that ends there could be cut off unnoticed (RFC 9112, section 9.8).
    """

    async def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        ...

    async def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        ...

    async def start_tls(self, context: ssl.SSLContext, hostname: str, limit: float) -> None:
        """Encrypt the connection from here on."""
        ...

    def is_readable(self) -> bool:
        """Return whether an idle connection has something to read: bytes, the end or a reset."""
        ...

    async def aclose(self) -> None:
        """Close it at once."""
        ...


class NetworkStream(Protocol):
    """The same for threads."""

    def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        ...

    def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        ...

    def start_tls(self, context: ssl.SSLContext, hostname: str, limit: float) -> None:
        """Encrypt the connection from here on."""
        ...

    def is_readable(self) -> bool:
        """Return whether an idle connection has something to read: bytes, the end or a reset."""
        ...

    def close(self) -> None:
        """Close it at once."""
        ...


class HasFileno(Protocol):
    """A socket of any library."""

    def fileno(self) -> int:
        """Return its file descriptor, -1 when it is closed."""
        ...


class AddressOrder:
    """Remembers which address of a host connected, so that a dead one delays only one call."""

    def __init__(self) -> None:
        self._answered: dict[tuple[str, int], tuple[Any, float]] = {}

    def sort(self, host: str, port: int, found: list[AddressInfo]) -> list[AddressInfo]:
        """Return addresses with the one that connected last in front."""
        address, until = self._answered.get((host, port), (None, 0.0))
        if time.monotonic() >= until:
            return found
        return sorted(found, key=lambda info: info[4] != address)

    def note(self, host: str, port: int, info: AddressInfo) -> None:
        """Remember an address that has connected."""
        if len(self._answered) >= _MAX_HOSTS:
            self._answered.clear()
        self._answered[host, port] = info[4], time.monotonic() + REMEMBERED


addresses: Final = AddressOrder()


def stagger(limit: float, count: int) -> float:
    """Return the seconds before the next of ``count`` addresses is tried within a limit."""
    return min(STAGGER, limit / (count + 1))


def time_left(ends: float) -> float:
    """Return the seconds until a moment of the monotonic clock; raises TimeoutError after it."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def ended_cleanly(tls: ssl.SSLObject | None) -> bool:
    """Return whether the server has announced the end of a TLS connection that has ended."""
    if tls is None:
        return True
    try:
        return tls.read(1) == b""
    except ssl.SSLError:
        return False


def is_readable(connected: HasFileno) -> bool:
    """Return whether something has arrived: bytes, the end, or a reset."""
    file = connected.fileno()
    if file < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([file], [], [], 0)[0])
    poller = select.poll()
    poller.register(file, select.POLLIN)
    return bool(poller.poll(0))
