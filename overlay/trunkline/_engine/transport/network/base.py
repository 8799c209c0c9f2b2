"""What all network streams share."""

from __future__ import annotations

import select
import time
from typing import Final, Protocol

#: The most that one read returns.
CHUNK: Final = 64 * 1024


class AsyncNetworkStream(Protocol):
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


class NetworkStream(Protocol):
    """A connection of a thread."""

    def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        ...

    def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        ...

    def is_stale(self) -> bool:
        """Return whether an idle connection is of no more use: nothing should arrive on it."""
        ...

    def close(self) -> None:
        """Close it at once."""
        ...


def time_left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


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
