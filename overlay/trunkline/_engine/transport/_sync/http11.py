# Derived from _engine/transport/_async/http11.py by `make generate`; do not edit.
"""One connection, which carries one request after another: HTTP/1.1 by h11."""

from __future__ import annotations

import ssl
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import h11

from trunkline._engine.transport.concurrency import sync_shield
from trunkline._engine.transport.failures import ConnectionFailure, reason
from trunkline._engine.transport.network.auto import sync_connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.models import Origin, RawHeaders, Request
    from trunkline._engine.transport._sync.connection_pool import IdleConnections
    from trunkline._engine.transport.network.base import NetworkStream

#: A response's head may be as long as this; a longer one is not HTTP that anybody means.
MAX_HEADER_SIZE: Final = 100 * 1024


#: The kernel takes a piece of this size at once or not at all.
WRITE_CHUNK_SIZE: Final = 16 * 1024


_END: Final = h11.EndOfMessage()


@lru_cache(maxsize=32)
def _announced(method: str) -> h11.Request:
    return h11.Request(method=method, target="/", headers=[("Host", "-")])


class HTTP11Connection:
    """A connection to one server.

    Args:
        home: where it goes when it is idle.
        origin: the server.
        context: the TLS settings, None for clear text.
        clock: the monotonic clock.

    Attributes:
        sent: whether any byte of the present request may have left this machine.
        expires_at: the present request's deadline on the monotonic clock.
        idle_since: when the last response was complete.
    """

    def __init__(
        self,
        home: IdleConnections,
        origin: Origin,
        context: ssl.SSLContext | None,
        clock: Callable[[], float],
    ) -> None:
        self.home, self.origin = home, origin
        self._context, self._clock = context, clock
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_SIZE)
        self._socket: NetworkStream | None = None
        self._patience = 0.0
        self.sent = False
        self.expires_at = self.idle_since = 0.0

    def begin(self, request: Request) -> tuple[int, RawHeaders]:
        """Send a request; return status and headers of its response.

        Raises:
            ConnectionFailure: it did not come to that.
        """
        options = request.options
        self.sent, self.expires_at, self._patience = False, request.expires_at, options.read
        if self._socket is None:
            self._socket = self._connect(options.connect)
        self._write(self._socket, self._message(request), options.write)
        event = self._event()
        while isinstance(event, h11.InformationalResponse) and event.status_code != 101:
            event = self._event()
        if isinstance(event, h11.Response):
            return event.status_code, event.headers.raw_items()
        raise ConnectionFailure("the server broke off or did not speak HTTP")

    def piece(self) -> bytes:
        """Return the next piece of the body, ``b""`` at its end.

        Raises:
            ConnectionFailure: the body does not end as it should.
        """
        event = self._event()
        if isinstance(event, h11.Data):
            return bytes(event.data)
        return b""

    def is_reusable(self) -> bool:
        """Make ready for the next request, and return whether there can be one.

        Bytes beyond the response would be taken for the next one (RFC 9112, section 6.3).
        """
        http = self._http
        left, _ = http.trailing_data
        if left or http.our_state is not h11.DONE or http.their_state is not h11.DONE:
            return False
        http.start_next_cycle()
        return True

    def is_stale(self) -> bool:
        """Return whether the server has closed the idle connection, or sent what it should not."""
        return self._socket is None or self._socket.is_stale()

    def close(self) -> None:
        """Close the connection, also when the caller was cancelled."""
        if self._socket is not None:
            with sync_shield():
                self._socket.close()

    def _connect(self, patience: float) -> NetworkStream:
        late = f"connecting to {self._server} took too long"
        limit = self._limit(patience, late)
        try:
            if self._context is not None:
                self._context.set_alpn_protocols(["http/1.1"])
            return sync_connect(self.origin, self._context, limit)
        except TimeoutError as error:
            raise ConnectionFailure(late, timed_out=True) from error
        except ssl.SSLCertVerificationError as error:
            text = f"the certificate of {self._server} is not trusted (see verify=)"
            raise ConnectionFailure(text, permanent=True) from error
        except (OSError, ValueError) as error:  # ValueError: a name that no look-up takes
            raise ConnectionFailure(
                f"no connection to {self._server} could be opened ({reason(error)})"
            ) from error

    @property
    def _server(self) -> str:
        return f"{self.origin.host.decode()}:{self.origin.port_number}"

    def _message(self, request: Request) -> bytes:
        """Return a request's bytes, and have h11 expect its response.

        h11 needs no more than the method for that. Checking every header again, after they were
        checked where they came from, would be a tenth of the whole call's cost.
        """
        try:
            self._http.send(_announced(request.method))
        except (h11.LocalProtocolError, UnicodeError) as error:
            raise ConnectionFailure("the request is not valid HTTP", permanent=True) from error
        self._http.send(_END)
        lines = [b"%b: %b" % pair for pair in request.headers]
        head = [b"%b %b HTTP/1.1" % (request.method.encode(), request.target), *lines, b"", b""]
        message = b"\r\n".join(head)
        if message.count(b"\n") != len(lines) + 2 or message.count(b"\r") != len(lines) + 2:
            raise ConnectionFailure("the request is not valid HTTP", permanent=True)
        return message + request.content

    def _write(self, connected: NetworkStream, message: bytes, patience: float) -> None:
        # The deadline is looked at before each piece: a server that takes a large body byte by
        # byte would otherwise get the phase's time anew with every byte.
        view = memoryview(message)
        del message  # and frames below: tools that show their variables would show the key
        for start in range(0, len(view), WRITE_CHUNK_SIZE):
            limit = self._limit(patience, "the server took nothing for too long")
            self.sent = True
            try:
                connected.write(bytes(view[start : start + WRITE_CHUNK_SIZE]), limit)
            except TimeoutError as error:
                if not connected.is_stale():
                    text = "the server took nothing for too long"
                    raise ConnectionFailure(text, timed_out=True) from error.with_traceback(None)
                break
            except OSError:
                break
        else:
            return
        # A server may respond before it has read everything, and read no more or close.
        self._http.send_failed()

    def _event(self) -> Any:
        http = self._http
        try:
            while (event := http.next_event()) is h11.NEED_DATA:
                http.receive_data(self._read())
        except h11.RemoteProtocolError as error:
            # Behind a colon h11 quotes what the server sent.
            words = f"the server broke off or did not speak HTTP ({str(error).partition(':')[0]})"
            raise ConnectionFailure(words) from None
        return event

    def _read(self) -> bytes:
        assert self._socket is not None  # noqa: S101 - begin() has opened it
        limit = self._limit(self._patience, "the server sent nothing for too long")
        try:
            return self._socket.read(limit)
        except TimeoutError as error:
            raise ConnectionFailure(
                "the server sent nothing for too long", timed_out=True
            ) from error
        except OSError as error:
            raise ConnectionFailure(f"the connection failed ({type(error).__name__})") from error

    def _limit(self, patience: float, late: str) -> float:
        """Return the time for one system call: the phase's limit or what the deadline leaves."""
        left = self.expires_at - self._clock()
        if left <= 0:
            raise ConnectionFailure(late, timed_out=True)
        return min(patience, left)
