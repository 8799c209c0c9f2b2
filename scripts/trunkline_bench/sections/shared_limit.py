"""Limits that processes share in Redis: what reaches the vendor, also when Redis is restarted.

Each contender may let 97 of 100 requests through in a window. Run as a program, this module is one
of the processes and prints the times of its requests.
"""

from __future__ import annotations

import bisect
import json
import random
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline_bench.extras import installed
from trunkline_bench.results import OURS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

    #: Waits for a permit, at most that many seconds; returns whether it got one.
    Admit = Callable[[float], bool]

REQUESTS: Final = 100
HEADROOM: Final = 0.03
ALLOWED: Final = round(REQUESTS * (1 - HEADROOM))
_SCRIPTS: Final = Path(__file__).parents[2]
#: Windows that are counted first; then when Redis is killed, restarted, and when the run ends.
#: A limiter that starts a whole window at once has just done so by then.
COUNTED, KILLED, BACK, ENDED = 2.0, 2.3, 2.5, 4.3
#: Seconds between two attempts with a limiter that cannot reserve a permit in advance.
POLL: Final = 0.01
#: The most seconds between a permit and the arrival of its request.
UNDERWAY: Final = 0.03


def measure(results: Results, settings: Settings) -> None:
    """Count what the processes of each contender send; leave out what is not installed."""
    if not shutil.which("redis-server") or not find_spec("redis"):
        for row in ("limit_most", "limit_use", "limit_restarted", "limit_restarted_use"):
            results.skipped[row] = "redis-server or redis-py is not installed"
        return
    for name, package in ((OURS, "redis"), ("limits", "limits"), ("pyrate-limiter", _PYRATE)):
        if find_spec(package):
            _one(results, name, settings.processes, settings.window)
        else:
            results.skipped[f"{name}, shared"] = "not installed"


def _one(results: Results, name: str, processes: int, window: float) -> None:
    with _Redis() as redis, ExitStack() as stack:
        command = [sys.executable, "-m", __spec__.name, name, redis.url, str(window)]
        callers = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, str(processes)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,  # they all report that Redis is down
                    cwd=_SCRIPTS,
                    env=installed(),
                )
            )
            for _ in range(processes)
        ]
        for caller in callers:
            assert caller.stdout is not None  # noqa: S101 - a pipe
            caller.stdout.readline()
        began = time.monotonic()
        for caller in callers:
            assert caller.stdin is not None  # noqa: S101 - a pipe
            caller.stdin.write(b"go\n")
            caller.stdin.flush()
        for moment, act in ((KILLED, redis.kill), (BACK, redis.start)):
            time.sleep(max(0.0, began + moment * window - time.monotonic()))
            act()
        arrivals = sorted(at for caller in callers for at in json.loads(caller.communicate()[0]))
    counted, killed = (bisect.bisect(arrivals, began + n * window) for n in (COUNTED, KILLED))
    # A limit that is new in Redis starts late once, so the use counts from the first request.
    used = REQUESTS * (COUNTED - (arrivals[0] - began) / window)
    left = REQUESTS * (ENDED - KILLED)
    results.add("limit_most", {name: [_most(arrivals[:killed], window)]})
    results.add("limit_use", {name: [counted / used]})
    results.add("limit_restarted", {name: [_most(arrivals, window)]})
    results.add("limit_restarted_use", {name: [(len(arrivals) - killed) / left]})


def _most(ordered: list[float], window: float) -> int:
    ends = (bisect.bisect_left(ordered, at + window) - n for n, at in enumerate(ordered))
    return max(ends, default=0)


class _Redis:
    """The server of one run, which loses all data when it is killed."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command = ["redis-server", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.kill()


def _ours(url: str, window: float, processes: int) -> Admit:
    from trunkline.limits import Budget, SharedRateLimit

    budget = Budget("bench", REQUESTS, window)
    limit = SharedRateLimit(url, [budget], fleet_size=processes, headroom=HEADROOM)

    def admit(within: float) -> bool:
        wait = limit.reserve(within)
        while 0 < wait < within:
            moment = time.monotonic() + wait
            time.sleep(wait)
            late = time.monotonic() - moment
            within -= wait + late
            wait = limit.confirm(within, late)
        return wait == 0

    return admit


def _limits(url: str, window: float, _processes: int) -> Admit:
    limits = import_module("limits")
    limiter = limits.strategies.MovingWindowRateLimiter(limits.storage.storage_from_string(url))
    item = limits.RateLimitItemPerSecond(ALLOWED, round(window))
    return lambda within: _polled(lambda: limiter.hit(item, "bench"), within)


#: Its import name.
_PYRATE: Final = "pyrate_limiter"


def _pyrate(url: str, window: float, _processes: int) -> Admit:
    pyrate_limiter, redis = import_module(_PYRATE), import_module("redis").Redis.from_url(url)
    rates = [pyrate_limiter.Rate(ALLOWED, round(1000 * window))]
    limiter = pyrate_limiter.Limiter(pyrate_limiter.RedisBucket.init(rates, redis, "bench"))
    return lambda within: _polled(lambda: limiter.try_acquire("bench", blocking=False), within)


def _polled(take: Callable[[], Any], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if take():
                return True
        except Exception:  # noqa: BLE001, S110 - a caller continues whatever its limiter raises
            pass
        time.sleep(POLL)
    return False


_CONTENDERS: Final = {OURS: _ours, "limits": _limits, "pyrate-limiter": _pyrate}


def _main(name: str, url: str, window: float, processes: int) -> None:
    admit = _CONTENDERS[name](url, window, processes)
    arrivals: list[float] = []
    print("ready", flush=True)
    sys.stdin.readline()
    until = time.monotonic() + ENDED * window
    while (left := until - time.monotonic()) > 0:
        if admit(left):
            time.sleep(random.uniform(0, UNDERWAY))  # noqa: S311 - no secret
            arrivals.append(time.monotonic())
    print(json.dumps(arrivals))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
