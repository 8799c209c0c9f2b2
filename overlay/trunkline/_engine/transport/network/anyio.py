"""Connections under trio, by way of anyio."""

from __future__ import annotations

import contextlib
import ssl
from typing import TYPE_CHECKING

import anyio
from anyio.abc import SocketAttribute
from anyio.streams.tls import TLSAttribute

from trunkline._engine.transport.network.base import CHUNK, is_readable

if TYPE_CHECKING:
    from collections.abc import Generator

    from anyio.abc import ByteStream

    from trunkline._engine.models import Origin


async def connect(origin: Origin, context: ssl.SSLContext | None, limit: float) -> Socket:
    """Open a connection; raises TimeoutError or another OSError."""
    host = origin.host.decode("ascii")
    with _translated(), anyio.fail_after(limit):
        if context is None:
            return Socket(await anyio.connect_tcp(host, origin.port_number))
        return Socket(
            await anyio.connect_tcp(
                host,
                origin.port_number,
                ssl_context=context,
                tls_hostname=host,
                tls_standard_compatible=False,
            )
        )


class Socket:
    """A connection."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream

    async def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        with _translated(), anyio.fail_after(limit):
            try:
                return await self._stream.receive(CHUNK)
            except anyio.EndOfStream:
                return b""

    async def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        with _translated(), anyio.fail_after(limit):
            await self._stream.send(data)

    def is_stale(self) -> bool:
        """Return whether an idle connection is of no more use."""
        tls = self._stream.extra(TLSAttribute.ssl_object, None)  # noqa: S610 - not Django's
        if tls is not None and _has_read_ahead(tls):
            return True
        connected = self._stream.extra(SocketAttribute.raw_socket)  # noqa: S610 - not Django's
        return is_readable(connected)

    async def aclose(self) -> None:
        """Close it at once."""
        with contextlib.suppress(OSError, anyio.BrokenResourceError):
            await self._stream.aclose()


def _has_read_ahead(tls: ssl.SSLObject) -> bool:
    """Return whether TLS holds something that came with the last record it was asked for."""
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:  # the end of the stream, say
        return True
    return True


@contextlib.contextmanager
def _translated() -> Generator[None, None, None]:
    try:
        yield
    except (anyio.BrokenResourceError, anyio.ClosedResourceError, anyio.EndOfStream) as error:
        if isinstance(error.__cause__, ssl.SSLError):
            raise error.__cause__ from None
        raise ConnectionResetError from error
