"""One exchange of the hostile server: the request as it is read, and the registry of faults."""

from __future__ import annotations

import json
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

GIVE_UP = 5.0  # seconds after which a connection that nobody closes is dropped


class Cut(Exception):  # noqa: N818 - the client disconnected
    """The client closed."""


@dataclass
class Request:
    """One request, read only as far as a fault requires."""

    connection: socket.socket
    head: bytes
    rest: bytes
    method: str
    path: str
    headers: dict[str, str]
    counts: Counter[str]
    read_to_end: bool = field(default=False)

    @property
    def run(self) -> str:
        return self.headers.get("x-run", "-")

    def read_body(self, limit: int | None = None) -> None:
        """Read the body, or only the first bytes of it."""
        wanted = int(self.headers.get("content-length", "0"))
        wanted = wanted if limit is None else min(wanted, limit)
        while len(self.rest) < wanted:
            data = self.connection.recv(min(65536, wanted - len(self.rest)))
            if not data:
                raise Cut
            self.rest += data

    def accept(self) -> None:
        """Read the whole request and carry it out."""
        self.read_body()
        self.read_to_end = True
        self.counts["accepted"] += 1

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def body(self) -> bytes:
        """Return the body of a valid response."""
        if self.method == "POST":
            made = {"call_sid": self.run, "status": "queued", "id": self.run}
            return json.dumps(made).encode()
        item = {"call_sid": self.run, "id": self.run}
        return json.dumps({"data": [item], "total": 1, "limit": 50, "offset": 0}).encode()


def response(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Return a response with a Content-Length, which may be wrong."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {size}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def reset(connection: socket.socket) -> None:
    """End a connection with a RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def linger(connection: socket.socket, seconds: float = GIVE_UP) -> None:
    """Read and ignore until the client disconnects or the time is over."""
    connection.settimeout(seconds)
    with suppress(OSError):
        while connection.recv(65536):
            pass


FAULTS: dict[str, Callable[[Request, int], bool]] = {}


def fault(function: Callable[[Request, int], bool]) -> Callable[[Request, int], bool]:
    """Register a fault; it returns whether the connection stays open."""
    FAULTS[function.__name__] = function
    return function


def canned(name: str, make: Callable[[Request], bytes], *, keep: bool = True) -> None:
    """Register a fault that accepts the request and responds with fixed bytes."""

    def send(request: Request, _number: int) -> bool:
        request.accept()
        request.send(make(request))
        if not keep:
            request.connection.shutdown(socket.SHUT_WR)
            linger(request.connection, 0.5)
        return keep

    FAULTS[name] = send


def refusal(name: str, status: str, *headers: str, body: bytes = b'{"error":"no"}') -> None:
    """Register a fault that refuses the request, unaccepted, with a status."""

    def send(request: Request, _number: int) -> bool:
        request.read_body()
        request.read_to_end = True
        request.send(response(status, body, *headers))
        return True

    FAULTS[name] = send
