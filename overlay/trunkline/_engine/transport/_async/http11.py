"""One HTTP/1.1 connection, direct to a server or through a proxy."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

from trunkline._engine.transport.codecs.selection import new_codec
from trunkline._engine.transport.concurrency import async_shield
from trunkline._engine.transport.failures import ConnectionFailure, describe_cause
from trunkline._engine.transport.network.auto import async_connect_tcp

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.models import Origin, Request
    from trunkline._engine.proxies import Proxy
    from trunkline._engine.transport.codecs.base import Codec, Head
    from trunkline._engine.transport.network.base import AsyncNetworkStream

#: The kernel takes a chunk of this size at once or not at all.
WRITE_CHUNK_SIZE: Final = 16 * 1024

_SENDING_STALLED: Final = "the server took nothing for too long"
_RECEIVING_STALLED: Final = "the server sent nothing for too long"


class AsyncHTTP11Connection:
    """A connection that carries one request after another.

    Args:
        origin: the server.
        context: the TLS settings, None for clear text.
        clock: the monotonic clock.
        proxy: the proxy to connect through, None for a direct connection.

    Attributes:
        sent: whether any byte of the current request may have left this machine.
        expires_at: the current request's deadline on the monotonic clock.
        idle_since: when the last response was complete.
    """

    def __init__(
        self,
        origin: Origin,
        context: ssl.SSLContext | None,
        clock: Callable[[], float],
        proxy: Proxy | None = None,
    ) -> None:
        self.origin, self._proxy = origin, proxy
        self._context, self._clock = context, clock
        self._codec = new_codec()
        self._stream: AsyncNetworkStream | None = None
        self._timeout = 0.0
        self._requests = 0
        self.sent = False
        self.expires_at = self.idle_since = 0.0

    async def send_request(self, request: Request) -> Head:
        """Send a request; return status and headers of its response.

        Raises:
            ConnectionFailure: there is no response.
        """
        options = request.options
        self.sent, self.expires_at, self._timeout = False, request.expires_at, options.read
        if self._stream is None:
            self._stream = await self._connect(options.connect)
        self._requests += 1
        if options.send_hook is not None:
            await options.send_hook.before_send(0.0)
        # Not held in a variable: tools that show a frame's variables would show the key.
        await self._write(self._stream, self.encode_request(request), options.write)
        return await self._receive_head(self._stream, self._codec)

    async def receive_body_chunk(self) -> bytes:
        """Return the next bytes of the body, ``b""`` at its end.

        Raises:
            ConnectionFailure: the body is cut off.
        """
        codec = self._codec
        while (chunk := codec.body_chunk()) is None:
            codec.feed(await self._receive(self._stream))
        return chunk

    def start_next_cycle(self) -> bool:
        """Prepare for the next request, and return whether there can be one."""
        return self._codec.start_next_cycle()

    def has_expired(self) -> bool:
        """Return whether the server has closed the idle connection or sent unexpected bytes."""
        return self._stream is None or self._stream.is_readable()

    async def aclose(self) -> None:
        """Close the connection, even if the caller was cancelled."""
        if self._stream is not None:
            with async_shield():
                await self._stream.aclose()

    async def _connect(self, timeout: float) -> AsyncNetworkStream:
        peer = self._proxy.origin if self._proxy is not None else self.origin
        self._ends = min(self._clock() + timeout, self.expires_at)
        text = f"connecting to {self._peer} took too long"
        try:
            host = peer.host.decode("ascii")
            stream = await async_connect_tcp(host, peer.port_number, self._connect_limit(text))
            try:
                await self._secure(stream, text)
            except BaseException:
                with async_shield():
                    await stream.aclose()
                raise
        except TimeoutError as error:
            raise ConnectionFailure(text, timed_out=True) from error
        except ssl.SSLCertVerificationError as error:
            text = f"the certificate of {self._server} is not trusted (see verify=)"
            raise ConnectionFailure(text, permanent=True) from error
        except (OSError, ValueError) as error:  # ValueError: a name that cannot be looked up
            cause = describe_cause(error)
            text = f"no connection to {self._peer} could be opened ({cause})"
            raise ConnectionFailure(text) from error
        return stream

    def _connect_limit(self, text: str) -> float:
        left = self._ends - self._clock()
        if left <= 0:
            raise ConnectionFailure(text, timed_out=True)
        return left

    async def _secure(self, stream: AsyncNetworkStream, text: str) -> None:
        if self._context is None:
            return
        if self._proxy is not None:
            await self._open_tunnel(stream, self._proxy, text)
        self._context.set_alpn_protocols(["http/1.1"])
        hostname = self.origin.hostname.decode("ascii")
        await stream.start_tls(self._context, hostname, self._connect_limit(text))

    async def _open_tunnel(self, stream: AsyncNetworkStream, proxy: Proxy, text: str) -> None:
        """Ask the proxy for a tunnel to the server (RFC 9110, section 9.3.6)."""
        codec = new_codec()
        codec.expect_response("CONNECT")
        authority = self.origin.authority
        lines = [b"CONNECT %b HTTP/1.1" % authority, b"Host: %b" % authority, *proxy.header_lines]
        await stream.write(b"\r\n".join([*lines, b"", b""]), self._connect_limit(text))
        while (head := codec.head()) is None:
            codec.feed(await stream.read(self._connect_limit(text)))
        status, _ = head
        if not 200 <= status < 300:
            refusal = f"the proxy {self._peer} refused the tunnel with status {status}"
            raise ConnectionFailure(f"{refusal} (see {proxy.source})", permanent=status < 500)

    @property
    def _server(self) -> str:
        return self.origin.authority.decode()

    @property
    def _peer(self) -> str:
        """Host and port of the other end of the connection, for errors."""
        return self._server if self._proxy is None else self._proxy.origin.authority.decode()

    def encode_request(self, request: Request) -> bytes:
        """Return a request's bytes, and prepare for its response.

        Raises:
            ConnectionFailure: a header or the target contains a line break, or the method is not a
                token.
        """
        self._codec.expect_response(request.method)
        lines = [*map(b": ".join, request.headers)]
        target = request.target
        if self._proxy is not None and self._context is None:
            target = request.url  # RFC 9112, section 3.2.2
            lines += self._proxy.header_lines
        head = [b"%b %b HTTP/1.1" % (request.method.encode(), target), *lines, b"", b""]
        message = b"\r\n".join(head)
        if message.count(b"\n") != len(lines) + 2 or message.count(b"\r") != len(lines) + 2:
            raise ConnectionFailure("the request is not valid HTTP", permanent=True)
        return message + request.content

    async def _write(self, stream: AsyncNetworkStream, message: bytes, timeout: float) -> None:
        # The deadline is checked before each chunk: otherwise a server that takes a large body byte
        # by byte would restart the phase's limit with every byte.
        view = memoryview(message)
        del message  # tools that show a frame's variables would show the key
        for start in range(0, len(view), WRITE_CHUNK_SIZE):
            limit = self._limit(timeout, _SENDING_STALLED)
            self.sent = True
            try:
                await stream.write(bytes(view[start : start + WRITE_CHUNK_SIZE]), limit)
            except TimeoutError as error:
                if not stream.is_readable():
                    cause = error.with_traceback(None)
                    raise ConnectionFailure(_SENDING_STALLED, timed_out=True) from cause
                break
            except OSError:
                break
        else:
            return
        # A server may respond before it has read everything, and then stop reading or close.
        self._codec.send_failed()

    async def _receive_head(self, stream: AsyncNetworkStream, codec: Codec) -> Head:
        while True:
            codec.feed(await self._receive(stream))
            if (head := codec.head()) is not None:
                return head

    async def _receive(self, stream: AsyncNetworkStream | None) -> bytes:
        assert stream is not None  # noqa: S101 - send_request() has opened it
        limit = self._limit(self._timeout, _RECEIVING_STALLED)
        try:
            return await stream.read(limit)
        except TimeoutError as error:
            raise ConnectionFailure(_RECEIVING_STALLED, timed_out=True) from error
        except OSError as error:
            text = f"the connection failed ({type(error).__name__})"
            raise ConnectionFailure(text) from error

    def _limit(self, timeout: float, text: str) -> float:
        """Return the time for one system call: the phase's limit or what the deadline leaves."""
        left = self.expires_at - self._clock()
        if left <= 0:
            raise ConnectionFailure(text, timed_out=True)
        return min(timeout, left)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} [{self._server}, requests: {self._requests}]>"
