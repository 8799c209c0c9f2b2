"""Processes that call a counting server while their Redis is killed; ``make soak`` runs this."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from typing import TYPE_CHECKING

from tests.engine.rate_limits import most_in_any
from tests.engine.server import MADE
from tests.limits.redis_process import RedisProcess

from trunkline import StateSetVoice
from trunkline.errors import TrunklineError
from trunkline.limits import Budget, SharedRateLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

PROCESSES, THREADS = 8, 2
BUDGET = Budget("soak", 100, 10.0)
#: When Redis is killed and when it is there again, and when the server sends its one 429, as parts
#: of the whole time.
KILLED, BACK, REFUSED = 0.3, 0.4, 0.7
#: Seconds that the 429 asks for, and those that a request may be on its way by then.
PAUSE, UNDERWAY = 5.0, 0.3


class Counting(ThreadingHTTPServer):
    """Notes when each request of whom arrived."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.arrivals: list[float] = []
        self.by_process: Counter[str] = Counter()
        self.refuse = threading.Event()
        self.refused_at = 0.0


class Answering(BaseHTTPRequestHandler):
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
        """Stay silent."""


def limits(seconds: float) -> Iterator[tuple[str, bool]]:
    """Call for so many seconds; yield what the server counted, and whether it was too much."""
    with RedisProcess() as redis, Counting() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url, began = f"http://127.0.0.1:{server.server_port}", time.monotonic()
        context = get_context("spawn")
        arguments = (redis.url, url, began + seconds)
        workers = [
            context.Process(target=_call, args=(str(number), *arguments))
            for number in range(PROCESSES)
        ]
        for worker in workers:
            worker.start()
        for part, act in (
            (KILLED, redis.kill),
            (BACK, redis.start),
            (REFUSED, server.refuse.set),
        ):
            time.sleep(max(0.0, began + part * seconds - time.monotonic()))
            act()
        for worker in workers:
            worker.join()
        server.shutdown()
        yield _verdict(server)


def _verdict(server: Counting) -> tuple[str, bool]:
    most = most_in_any(BUDGET.seconds, server.arrivals)
    since = server.refused_at + UNDERWAY
    early = sum(since < at < server.refused_at + PAUSE for at in server.arrivals)
    active = max(server.arrivals) - min(server.arrivals)  # without the start of the processes
    use = len(server.arrivals) / (BUDGET.requests * active / BUDGET.seconds)
    counts = sorted(server.by_process.values())
    broken = most > BUDGET.requests or early > 0 or not server.refused_at or use < 0.7
    line = (
        f"limits    at most {most} of {BUDGET.requests} in any {BUDGET.seconds:.0f} s, "
        f"use {use:.2f}, each process {counts[0]} to {counts[-1]}, {early} during the pause"
    )
    return line, broken


def _call(name: str, redis: str, url: str, until: float) -> None:
    with (
        SharedRateLimit(redis, [BUDGET], fleet_size=PROCESSES) as limit,
        StateSetVoice("key", base_url=url, throttle=limit, headers={"X-Process": name}) as client,
    ):
        threads = [threading.Thread(target=_dial, args=(client, until)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _dial(client: StateSetVoice, until: float) -> None:
    while (left := until - time.monotonic()) > 0.1:
        try:
            client.with_options(deadline=left).make_call(to="+15005552030", agent_key="support")
        except TrunklineError:
            time.sleep(0.01)
