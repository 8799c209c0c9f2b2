"""A vendor's server that records when each request arrived."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tests.engine.rate_limits import most_in_any
from tests.engine.server import MADE

if TYPE_CHECKING:
    from typing import Self

    from trunkline.limits import Budget

#: Seconds that its single 429 tells clients to wait.
PAUSE = 5.0
#: Seconds for which a request may be in flight when the server sends the 429.
_UNDERWAY = 0.3


class Counting(ThreadingHTTPServer):
    """Serves in a separate thread while it is entered."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.arrivals: list[float] = []
        self.by_process: Counter[str] = Counter()
        self.refuse = threading.Event()
        self.refused_at = 0.0

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Print nothing: a caller whose deadline has passed has disconnected."""

    def most(self, budget: Budget) -> int:
        """Return how many arrived in the busiest window."""
        return most_in_any(budget.seconds, self.arrivals)

    def use(self, budget: Budget) -> float:
        """Return the share of the budget that was used, outside of the server's pauses."""
        active = max(self.arrivals) - min(self.arrivals) - (PAUSE if self.refused_at else 0.0)
        return (len(self.arrivals) - 1) * budget.seconds / (budget.requests * active)

    def during_the_pause(self) -> int:
        """Return how many arrived despite the 429."""
        first, end = self.refused_at + _UNDERWAY, self.refused_at + PAUSE
        return sum(first < at < end for at in self.arrivals) if self.refused_at else 0


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Counting

    def do_POST(self) -> None:
        self.server.arrivals.append(time.monotonic())
        self.server.by_process[self.headers["X-Process"]] += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.refuse.is_set():
            self.server.refuse.clear()
            self.server.refused_at = time.monotonic()
            self.send_response(429)
            self.send_header("Retry-After", str(PAUSE))
        else:
            self.send_response(200)
        body = json.dumps(MADE).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Log nothing."""
