"""Connections under trio, through anyio."""

from __future__ import annotations

import contextlib
import ssl
from typing import TYPE_CHECKING

import anyio
from anyio.abc import SocketAttribute
from anyio.streams.tls import TLSAttribute, TLSStream

from trunkline._engine.transport.network.base import CHUNK, ended_cleanly, is_readable
from trunkline._engine.transport.network.native_locks import with_tracked_handshakes

if TYPE_CHECKING:
    from collections.abc import Generator

    from anyio.abc import ByteStream


async def connect_tcp(host: str, port: int, limit: float) -> AnyIOStream:
    """Open a connection; raises TimeoutError or another OSError."""
    with _translated(), anyio.fail_after(limit):
        return AnyIOStream(await anyio.connect_tcp(host, port))


class AnyIOStream:
    """A connection."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream

    async def start_tls(self, context: ssl.SSLContext, hostname: str, limit: float) -> None:
        """Encrypt the connection from here on."""
        with _translated(), anyio.fail_after(limit):
            self._stream = await TLSStream.wrap(
                self._stream,
                hostname=hostname,
                ssl_context=with_tracked_handshakes(context),
                standard_compatible=False,
            )

    async def read(self, limit: float) -> bytes:
        """Return what has arrived, waiting up to ``limit`` seconds for anything."""
        with _translated(), anyio.fail_after(limit):
            try:
                return await self._stream.receive(CHUNK)
            except anyio.EndOfStream:
                if not ended_cleanly(self._tls):
                    raise ConnectionResetError from None
                return b""

    async def write(self, data: bytes, limit: float) -> None:
        """Send all of ``data`` within ``limit`` seconds."""
        with _translated(), anyio.fail_after(limit):
            await self._stream.send(data)

    @property
    def _tls(self) -> ssl.SSLObject | None:
        found = self._stream.extra(TLSAttribute.ssl_object, None)  # noqa: S610 - not Django's
        return found if isinstance(found, ssl.SSLObject) else None

    def is_readable(self) -> bool:
        """Return whether something has arrived on an idle connection."""
        if self._tls is not None and _has_read_ahead(self._tls):
            return True
        return is_readable(self._stream.extra(SocketAttribute.raw_socket))  # noqa: S610 - as above

    async def aclose(self) -> None:
        """Close it at once."""
        with contextlib.suppress(OSError, anyio.BrokenResourceError):
            await self._stream.aclose()


def _has_read_ahead(tls: ssl.SSLObject) -> bool:
    """Return whether TLS holds unread bytes of the last record."""
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
