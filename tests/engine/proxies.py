"""A real small proxy, and a real small HTTP/2 server, on loopback."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import h2.config
import h2.connection
import h2.events
import h2.exceptions
from tests.engine.server import response

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self


class _Listener:
    """Accepts connections and serves each in a thread."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                accepted.settimeout(60)
                self._sockets.append(accepted)
                thread = threading.Thread(target=self._guarded, args=(accepted,))
                self._threads.append(thread)
                thread.start()

    def _guarded(self, accepted: socket.socket) -> None:
        with accepted, suppress(OSError, h2.exceptions.ProtocolError):
            self.serve(accepted)

    def serve(self, accepted: socket.socket) -> None:
        raise NotImplementedError


class Proxy(_Listener):
    """Forwards requests in absolute form, and opens tunnels for CONNECT.

    Args:
        refusal: a status line to refuse everything with, "" to serve.
        opening: called before the success response to CONNECT.

    Attributes:
        heads: the heads that it received.
    """

    def __init__(self, refusal: str = "", opening: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.refusal, self.opening = refusal, opening
        self.heads: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, accepted: socket.socket) -> None:
        data = b""
        while b"\r\n\r\n" not in data:
            received = accepted.recv(65536)
            if not received:
                return
            data += received
        head = data.partition(b"\r\n\r\n")[0].decode("latin-1")
        self.heads.append(head)
        if self.refusal:
            accepted.sendall(response(b"no", status=self.refusal))
            return
        method, target, _ = head.split("\r\n")[0].split(" ")
        place = target if method == "CONNECT" else target.split("/")[2]
        host, _, port = place.partition(":")
        with socket.create_connection((host, int(port or 80)), timeout=60) as onward:
            self._sockets.append(onward)
            if method == "CONNECT":
                self.opening()
                accepted.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = "/" + target.split("/", 3)[3]
                onward.sendall(data.replace(target.encode(), path.encode(), 1))
            back = threading.Thread(target=_pump, args=(onward, accepted))
            back.start()
            _pump(accepted, onward)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


class Http2(_Listener):
    """Serves HTTP/2 requests over TLS.

    Attributes:
        versions: the protocol that each connection chose.
        asked: the headers of all requests.
        goodbye: close with GOAWAY instead of responding.
        delays: how many seconds the responses to a method take.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__()
        self._tls = tls
        self.versions: list[str | None] = []
        self.asked: list[dict[str, str]] = []
        self.goodbye = False
        self.delays: dict[str, float] = {}
        self._methods: dict[tuple[h2.connection.H2Connection, int], str] = {}

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def serve(self, accepted: socket.socket) -> None:
        with self._tls.wrap_socket(accepted, server_side=True) as talking:
            self.versions.append(talking.selected_alpn_protocol())
            config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
            connection = h2.connection.H2Connection(config)
            connection.initiate_connection()
            talking.sendall(connection.data_to_send())
            due: dict[int, float] = {}
            while (data := _read(talking, 0.02 if due else 10)) is not None:
                for event in connection.receive_data(data):
                    self.handle(connection, event, due)
                for stream in [one for one, at in due.items() if at <= time.monotonic()]:
                    del due[stream]
                    _answer(connection, stream)
                talking.sendall(connection.data_to_send())

    def handle(
        self,
        connection: h2.connection.H2Connection,
        event: h2.events.Event,
        due: dict[int, float],
    ) -> None:
        if isinstance(event, h2.events.RequestReceived):
            self.asked.append({str(name): str(value) for name, value in event.headers or []})
            self._methods[connection, event.stream_id or 0] = self.asked[-1][":method"]
        elif isinstance(event, h2.events.StreamReset):
            due.pop(event.stream_id or 0, None)
        elif isinstance(event, h2.events.StreamEnded) and self.goodbye:
            connection.close_connection(error_code=2)
        elif isinstance(event, h2.events.StreamEnded):
            method = self._methods[connection, event.stream_id or 0]
            due[event.stream_id or 0] = time.monotonic() + self.delays.get(method, 0.0)


def _read(talking: ssl.SSLSocket, patience: float) -> bytes | None:
    """Return the bytes that have arrived, None at the end."""
    talking.settimeout(patience)
    try:
        return talking.recv(65536) or None
    except TimeoutError:
        return b""


def _answer(connection: h2.connection.H2Connection, stream: int) -> None:
    body = response().partition(b"\r\n\r\n")[2]
    connection.send_headers(stream, [(":status", "200"), ("x-request-id", "h2-1")])
    connection.send_data(stream, body, end_stream=True)
