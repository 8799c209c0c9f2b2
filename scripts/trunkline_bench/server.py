"""A cheap loopback HTTP/1.1 server with canned responses, in a process of its own.

``python -m trunkline_bench.server [--delay MS] [--rate PER_SECOND]`` prints its port and ends
when its standard input ends. It parses as little of a request as possible, so that it costs less
than any client. The delay matters: an instant server hides what connection pools do under latency.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from .fixtures import BUSY, MISSING, NUMBERED, ROUTES, STAMP, answer

if TYPE_CHECKING:
    from collections.abc import Generator

_SCRIPTS: Final = Path(__file__).parents[1]
BURST: Final = 20.0
_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"\r\ncontent-length:"


class Limiter:
    """Admits a number of POSTs per second and records them; 0 admits all and records none."""

    def __init__(self, rate: float) -> None:
        self.rate, self.tokens, self.last = rate, BURST, time.monotonic()
        self.arrivals: list[float] = []

    def admits(self) -> bool:
        """Record an arrival; return whether it is admitted."""
        if not self.rate:
            return True
        now = time.monotonic()
        self.tokens = min(BURST, self.tokens + (now - self.last) * self.rate)
        self.last = now
        self.arrivals.append(now)
        admitted = self.tokens >= 1
        self.tokens -= admitted
        return admitted


class Site:
    """State of all connections: the delay, the limiter, the numbers of connections and calls."""

    def __init__(self, delay: float, rate: float) -> None:
        self.delay, self.rate = delay, rate
        self.limiter, self.connections, self.calls = Limiter(rate), 0, 0

    def respond(self, line: bytes) -> bytes:
        route = line.rpartition(b" ")[0].partition(b"?")[0]
        if route == b"GET /bench/arrivals":
            seen, self.limiter = self.limiter.arrivals, Limiter(self.rate)
            return answer(seen)
        if route == b"GET /bench/connections":
            return answer(self.connections)
        if route == NUMBERED:
            self.calls += 1
            return answer({"id": f"call_{self.calls}", "status": "queued", "created_at": STAMP})
        if route[:4] == b"POST" and not self.limiter.admits():
            return BUSY
        return ROUTES.get(route, MISSING)


class Connection(asyncio.Protocol):
    """One connection."""

    def __init__(self, site: Site) -> None:
        self._site, self._held = site, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._site.connections += 1
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        held = self._held + data
        while (size := _request_size(held)) and len(held) >= size:
            self._answer(self._site.respond(held[: held.index(b"\r\n")]))
            held = held[size:]
        self._held = held

    def _answer(self, response: bytes) -> None:
        assert self._transport is not None  # noqa: S101 - data comes after connection_made
        if self._site.delay:
            loop = asyncio.get_running_loop()
            loop.call_later(self._site.delay, self._transport.write, response)
        else:
            self._transport.write(response)


def _request_size(held: bytes) -> int:
    """Return the size of the first request with its body; 0 while its head is incomplete."""
    end = held.find(_END)
    if end < 0:
        return 0
    head = held[: end + 2].lower()
    at = head.find(_LENGTH)
    body = int(head[at + len(_LENGTH) : head.index(b"\r\n", at + 2)]) if at >= 0 else 0
    return end + len(_END) + body


async def serve(delay: float, rate: float) -> None:
    """Serve until standard input ends, which happens when the parent exits."""
    site, loop = Site(delay, rate), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(site), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def running_server(*, delay: float = 0.0, rate: float = 0.0) -> Generator[str]:
    """Run the server and yield its URL.

    Args:
        delay: milliseconds before each response.
        rate: POSTs that it admits per second; 0 for all.
    """
    program = [sys.executable, "-m", "trunkline_bench.server", "--delay", str(delay)]
    with subprocess.Popen(
        [*program, "--rate", str(rate)],
        cwd=_SCRIPTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.stdin.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0, help="milliseconds before a response")
    parser.add_argument("--rate", type=float, default=0.0, help="POSTs admitted a second; 0: all")
    options = parser.parse_args()
    asyncio.run(serve(options.delay / 1000, options.rate))


if __name__ == "__main__":
    main()
