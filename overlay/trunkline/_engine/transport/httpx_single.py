"""One request at a time on each of httpcore's connections, for threads.

With HTTP/2, httpcore lets threads share a connection. Whoever reads from it holds a lock that the
others wait for without a limit, and a time limit that ends the reader's call ends the connection,
with everybody else's requests on it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

import httpcore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Single(httpcore.ConnectionInterface):
    """A connection that is taken from the request's first byte to the response's last."""

    def __init__(self, connection: httpcore.ConnectionInterface) -> None:
        self._connection = connection
        self._taken = threading.Lock()

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request; the pool looks for another connection where this one is taken."""
        if not self._taken.acquire(blocking=False):
            raise httpcore.ConnectionNotAvailable
        try:
            response = self._connection.handle_request(request)
            parts = cast("Iterable[bytes]", response.stream)
            response.stream = _Body(parts, self._taken.release)
        except BaseException:
            self._taken.release()
            raise
        return response

    def can_handle_request(self, origin: httpcore.Origin) -> bool:
        """Return whether it leads to a server."""
        return self._connection.can_handle_request(origin)

    def is_available(self) -> bool:
        """Return whether it can take a request."""
        return not self._taken.locked() and self._connection.is_available()

    def is_idle(self) -> bool:
        """Return whether it may be closed."""
        return not self._taken.locked() and self._connection.is_idle()

    def has_expired(self) -> bool:
        """Return whether it has been idle for too long."""
        return self._connection.has_expired()

    def is_closed(self) -> bool:
        """Return whether it is closed."""
        return self._connection.is_closed()

    def info(self) -> str:
        """Return httpcore's own words for it."""
        return self._connection.info()

    def close(self) -> None:
        """Close it."""
        self._connection.close()


class _Body:
    """A response's body, at whose end the connection is free again."""

    def __init__(self, parts: Iterable[bytes], free: Callable[[], None]) -> None:
        self._parts = parts
        self._free: Callable[[], None] | None = free

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        free, self._free = self._free, None
        try:
            self._parts.close()  # type: ignore[attr-defined]  # all streams of httpcore have it
        finally:
            if free is not None:
                free()
