"""A small server that counts its connections, for tests of the pool."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

MADE = {"call_sid": "CA1", "id": "CA1", "data": [{"call_sid": "CA1", "id": "CA1"}], "total": 1}


def response(body: bytes | None = None, *headers: str, status: str = "200 OK") -> bytes:
    """Return a response that every operation understands."""
    content = json.dumps(MADE).encode() if body is None else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + content


@dataclass
class Asked:
    """One request, and its connection."""

    connection: int
    head: str
    body: bytes
    socket: socket.socket = field(repr=False)

    @property
    def method(self) -> str:
        return self.head.partition(" ")[0]

    @property
    def target(self) -> str:
        return self.head.split(" ")[1]

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}


class Exchange:
    """Serves HTTP/1.1 on loopback, each connection in a thread.

    Args:
        reply: makes the response to a request; None closes without one.
        tls: the server's TLS settings, None for clear text.

    Attributes:
        asked: all requests, in order.
        connections: how many connections were opened.
        most_open: the highest number open at a time.
    """

    def __init__(
        self,
        reply: Callable[[Asked], bytes | None] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._reply = reply or (lambda _asked: response())
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=500)
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.asked: list[Asked] = []
        self.connections = self.open = self.most_open = 0

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://localhost:{self.port}"

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
        self.hang_up()
        for thread in self._threads:
            thread.join()

    def wait_until_idle(self) -> None:
        """Return when no connection is open; fail after a minute."""
        ends = time.monotonic() + 60
        while self.open:
            assert time.monotonic() < ends, f"{self.open} connections are still open"
            time.sleep(0.002)

    def hang_up(self) -> None:
        """Close all connections, as a server does with idle ones."""
        with self._lock:
            sockets = list(self._sockets)
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                self.connections += 1
                thread = threading.Thread(target=self._serve, args=(accepted, self.connections))
                self._threads.append(thread)
                thread.start()

    def _serve(self, accepted: socket.socket, number: int) -> None:
        with self._lock:
            self._sockets.add(accepted)
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        try:
            with suppress(OSError, ValueError):
                self._converse(accepted, number)
        finally:
            accepted.close()
            with self._lock:
                self._sockets.discard(accepted)
                self.open -= 1

    def _converse(self, accepted: socket.socket, number: int) -> None:
        accepted.settimeout(60)
        talking = self._tls.wrap_socket(accepted, server_side=True) if self._tls else accepted
        with talking, talking.makefile("rb") as reader:
            while line := reader.readline():
                head = line
                while (line := reader.readline()) not in {b"\r\n", b""}:
                    head += line
                asked = Asked(number, head.decode("latin-1").strip(), b"", talking)
                asked.body = reader.read(int(asked.headers.get("content-length", 0)))
                self.asked.append(asked)
                response = self._reply(asked)
                if response is None:
                    return
                talking.sendall(response)
