"""A deadline for threads inside httpx, which knows a limit for each system call only.

A server that sends a byte now and then would otherwise hold a thread for as long as it likes.
"""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import httpcore

from trunkline._engine.transport.httpx_single import Single

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator, Iterable

    import httpx

#: The kernel takes a piece of this size at once or not at all.
_PIECE: Final = 16 * 1024


class _Deadline(threading.local):
    ends = math.inf


_deadline: Final = _Deadline()


@contextmanager
def within(seconds: float) -> Generator[None, None, None]:
    """Let what this thread does on timed connections end after so many seconds."""
    before = _deadline.ends
    _deadline.ends = time.monotonic() + seconds
    try:
        yield
    finally:
        _deadline.ends = before


def _limit(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    left = _deadline.ends - time.monotonic()
    if left <= 0:
        raise late("no time is left")
    if timeout is None:
        return None if math.isinf(left) else left
    return min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A stream whose every read and write ends at the thread's deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _limit(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            limit = _limit(timeout, httpcore.WriteTimeout)
            self._stream.write(buffer[start : start + _PIECE], limit)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = _limit(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, limit))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens timed streams."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        limit = _limit(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, limit, local_address, socket_options))


def timed(client: httpx.Client) -> httpx.Client:
    """Let a client's connections keep the deadline of :func:`within`, each for one call at a time.

    This is the one place that uses private names of httpx: a test fails when they change. Without
    them a call still ends, but only when the server pauses for longer than a phase allows.
    """
    mounted = getattr(client, "_mounts", {}).values()
    for transport in (getattr(client, "_transport", None), *mounted):
        pool = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if pool is not None and isinstance(backend, httpcore.NetworkBackend):
            pool._network_backend = _Backend(backend)  # noqa: SLF001 - see above
            pool.create_connection = _singles(pool.create_connection)
    return client


def _singles(create: Callable[[httpcore.Origin], Any]) -> Callable[[httpcore.Origin], Single]:
    return lambda origin: Single(create(origin))
