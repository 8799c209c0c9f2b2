"""Calls on one client that are interrupted at random lines, and what must hold afterwards."""

from __future__ import annotations

import gc
import random
import signal
import ssl
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from billiard.exceptions import (  # type: ignore[import-untyped]  # it has no types
    SoftTimeLimitExceeded,
)
from tests.fault.harness import KEY
from tests.pool_state import pool_state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

    from tests.fault.harness import HostileProcess

SIZE: Final = 5
COMPANIONS: Final = 6  # with the interrupted one, more than there are connections


class Alarm(Exception):  # noqa: N818 - raised by an application's handler
    """Raised by a signal handler."""


class Terminated(BaseException):
    """The same, but not a subclass of Exception."""


INTERRUPTS: Final[dict[str, type[BaseException]]] = {
    "alarm": Alarm,
    "keyboard": KeyboardInterrupt,
    "celery": SoftTimeLimitExceeded,
    "base": Terminated,
    "thread": Alarm,
}


@dataclass(frozen=True)
class Cell:
    """One kind of storm.

    Attributes:
        kind: what is raised: a key of INTERRUPTS; "thread" by another thread, all others by
            a signal handler.
        backend: "threads", "asyncio" or "trio".
        scheme: "http" or "https".
        delay: milliseconds that the server takes for a response.
    """

    kind: str
    backend: str
    scheme: str
    delay: int

    @classmethod
    def parsed(cls, text: str) -> Self:
        kind, backend, scheme, delay = text.split(":")
        return cls(kind, backend, scheme, int(delay))

    def __str__(self) -> str:
        return f"{self.kind}:{self.backend}:{self.scheme}:{self.delay}"


def cells(delays: Iterable[int] = (0, 1, 5)) -> list[Cell]:
    """Return every cell: asyncio and trio stop for a KeyboardInterrupt only."""
    loops = [("keyboard", backend) for backend in ("asyncio", "trio")]
    ways = [*((kind, "threads") for kind in INTERRUPTS), *loops]
    schemes = ("http", "https")
    return [Cell(*way, scheme, delay) for delay in delays for scheme in schemes for way in ways]


@dataclass
class Report:
    """The result of a storm.

    Attributes:
        raised: how many interrupts were raised.
        swallowed: how many were printed and ignored: by the interpreter in a finalizer, or by an
            event loop.
        free: how many connections were available afterwards.
        descriptors: how many files were open before and after.
        faults: sentences, one for each broken promise.
    """

    cell: str
    seed: int
    raised: int = 0
    swallowed: int = 0
    calls: int = 0
    free: int = 0
    descriptors: tuple[int, ...] = (0, 0)
    faults: list[str] = field(default_factory=list)


def descriptors() -> int:
    """Return how many files this process has open."""
    found = Path("/proc/self/fd")
    return len(list(found.iterdir())) if found.exists() else 0


class Timer:
    """Makes a signal handler raise once, at a random time after it was set."""

    def __init__(self, kind: type[BaseException], report: Report) -> None:
        self._kind, self._report = kind, report
        self._armed = False
        signal.signal(signal.SIGALRM, self._strike)

    def set(self, seconds: float) -> None:
        self._armed = True
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def disarm(self) -> None:
        self._armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _strike(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            self._armed = False
            self._report.raised += 1
            self.interrupt()

    def interrupt(self) -> None:
        raise self._kind


class Storm:
    """The common part of the storms of threads and of event loops."""

    #: The class of the client.
    client_class: Any

    def __init__(self, server: HostileProcess, cell: Cell, seed: int) -> None:
        self.server, self.cell = server, cell
        self.report = Report(str(cell), seed)
        self.dice = random.Random(f"{cell}:{seed}")
        self.strange: list[str] = []
        self.client = self._client()

    def _client(self) -> Any:
        settings: dict[str, Any] = {"max_connections": SIZE, "max_retries": 0, "timeout": 30}
        if self.cell.scheme == "https":
            settings["verify"] = ssl.create_default_context(cadata=self.server.authority)
        url = f"{self.cell.scheme}://127.0.0.1:{self.server.ports[self.cell.scheme]}"
        return self.client_class(KEY, base_url=url, **settings)

    def for_run(self, run: str) -> Any:
        """Return the client with the headers that name a run to the server."""
        return self.client.with_options(
            headers={"X-Run": run, "X-Faults": f"slow={self.cell.delay},*"}
        )

    def compare(self, run: str, name: str) -> None:
        if name != run:
            self.strange.append(f"{run} got the response of {name}")

    @property
    def spread(self) -> float:
        """The seconds within which an interrupt is raised."""
        return 0.004 + 2 * self.cell.delay / 1000

    def warm_up(self) -> None:
        """Make the first calls: they import the models of their operations."""
        raise NotImplementedError

    def interrupt(self, interrupts: int) -> None:
        """Make calls until the given number of interrupts was raised."""
        raise NotImplementedError

    def take_all(self) -> None:
        """Make as many calls at once as there are connections, then close the client."""
        raise NotImplementedError

    def finish(self) -> Report:
        """Check what is left."""
        report = self.report
        gc.collect()
        state = pool_state(self.client)
        report.free = state.size - state.active
        if (state.active, state.waiting) != (0, 0):
            report.faults.append(f"the pool is not whole: {state}")
        self.take_all()
        gc.collect()
        doubles = [run for run, (_, n) in self.server.all_counts().items() if n > 1 and run != "-"]
        if doubles:
            report.faults.append(f"accepted twice: {doubles[:5]}")
        counted = Counter(self.strange)
        report.faults += [f"{number} x {text}" for text, number in counted.most_common(20)]
        return report
