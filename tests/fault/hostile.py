"""A hostile HTTP server on raw sockets, run as a separate process.

A request names its run (``X-Run``) and the faults of the run's attempts in order (``X-Faults``);
an attempt beyond the list gets a valid response. The server counts, for each run, the requests it
saw and those it *accepted*: for a phone API, the calls that now ring. Every valid response has
the run's name, so that a mixed-up connection is noticed.

Started as a program it prints one line of JSON with its ports and exits when stdin ends.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import trustme
from tests.engine.proxies import Proxy
from tests.fault import canned_responses, faults
from tests.fault.server import FAULTS, GIVE_UP, Cut, Request, reset, response

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_END = b"\r\n\r\n"
#: Importing them registers their faults.
SOURCES = (canned_responses, faults)


class Hostile:
    """Listens, serves each connection in a thread, and counts."""

    def __init__(self) -> None:
        self.runs: dict[str, Counter[str]] = {}
        self.lock = threading.Lock()
        self.open = 0
        self.most_open = 0
        self.connections = 0

    def counts(self, run: str) -> Counter[str]:
        with self.lock:
            return self.runs.setdefault(run, Counter())

    def listen(self, serve: Callable[[socket.socket], None], backlog: int = 1000) -> int:
        """Serve connections to a new port; return it."""
        listener = socket.create_server(("127.0.0.1", 0), backlog=backlog)

        def loop() -> None:
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=loop, daemon=True).start()
        return int(listener.getsockname()[1])

    def serve(self, connection: socket.socket) -> None:
        """Serve the requests of one connection."""
        with self.lock:
            self.connections += 1
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        try:
            connection.settimeout(GIVE_UP)
            with suppress(OSError), connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while self.exchange(connection):
                    pass
        finally:
            with self.lock:
                self.open -= 1

    def exchange(self, connection: socket.socket) -> bool:
        data = b""
        while HEAD_END not in data:
            piece = connection.recv(65536)
            if not piece:
                return False
            data += piece
        head, _, rest = data.partition(HEAD_END)
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        counts = self.counts(headers.get("x-run", "-"))
        request = Request(connection, head, rest, method, path, headers, counts)
        if path.startswith("/__"):
            return self.control(request)
        counts["seen"] += 1
        name, _, number = self.fault_of(request, counts["seen"]).partition("=")
        try:
            return FAULTS[name](request, int(number or 0))
        except Cut:
            return False

    @staticmethod
    def fault_of(request: Request, seen: int) -> str:
        named = [name for name in request.headers.get("x-faults", "").split(",") if name]
        if named and named[-1] == "*":  # the last one forever
            named = named[:-1]
            return named[min(seen, len(named)) - 1]
        return named[seen - 1] if seen <= len(named) else "ok"

    def control(self, request: Request) -> bool:
        """Report what happened."""
        if request.path == "/__server":
            told: dict[str, object] = {
                "open": self.open,
                "most_open": self.most_open,
                "connections": self.connections,
            }
        elif request.path == "/__runs":
            with self.lock:
                told = {run: [c["seen"], c["accepted"]] for run, c in self.runs.items()}
        else:
            counts = self.counts(request.path.rpartition("/")[2])
            told = {"seen": counts["seen"], "accepted": counts["accepted"]}
        request.send(response("200 OK", json.dumps(told).encode()))
        return True


def serve_reset(connection: socket.socket) -> None:
    """Reset as soon as a connection is accepted."""
    reset(connection)


def secure(
    serve: Callable[[socket.socket], None], context: ssl.SSLContext
) -> Callable[[socket.socket], None]:
    """Return a function that serves the same over TLS."""

    def serve_tls(connection: socket.socket) -> None:
        connection.settimeout(GIVE_UP)
        with suppress(OSError):
            serve(context.wrap_socket(connection, server_side=True))

    return serve_tls


def serve_nothing(connection: socket.socket) -> None:
    """Accept, and never read or write."""
    time.sleep(GIVE_UP)
    connection.close()


def unresponsive() -> tuple[int, list[socket.socket]]:
    """Return a port where connecting hangs: its queue is full and nobody accepts."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    port = int(listener.getsockname()[1])
    held = [listener]
    for _ in range(4):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(("127.0.0.1", port))
        held.append(filler)
    return port, held


def main() -> None:
    """Serve until standard input ends."""
    server = Hostile()
    hanging, held = unresponsive()
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    with Proxy() as proxy:
        ports = {
            "http": server.listen(server.serve),
            "https": server.listen(secure(server.serve, context)),
            "proxy": proxy.port,
            "reset": server.listen(serve_reset),
            "deaf": server.listen(serve_nothing),
            "hanging": hanging,
        }
        pem = authority.cert_pem.bytes().decode()
        sys.stdout.write(json.dumps(ports) + "\n" + json.dumps(pem) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    del held


if __name__ == "__main__":
    main()
