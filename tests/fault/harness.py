"""The hostile server as a process, and clients of every backend for it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.pool_state import pool_state

from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session.retry_budget import RetryBudget

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from trunkline import AsyncStateSetVoice, StateSetVoice

#: The name for a success without one: it is still returned, with its deviations.
NAMELESS = "(nameless)"
KEY = "ssv_hostile_0123456789"
TO = "+15555550123"


class HostileProcess:
    """Runs the server; ``counts`` returns what it saw and accepted in a run."""

    def __enter__(self) -> Self:
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.hostile"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
        )
        assert self._process.stdout is not None
        self.ports: dict[str, int] = json.loads(self._process.stdout.readline())
        self.authority: str = json.loads(self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.ports['http']}"
        self._control = http.client.HTTPConnection("127.0.0.1", self.ports["http"], timeout=60)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._control.close()
        self._process.kill()
        self._process.communicate()

    def _ask(self, path: str) -> dict[str, Any]:
        self._control.request("GET", path)
        told: dict[str, Any] = json.loads(self._control.getresponse().read())
        return told

    def counts(self, run: str, expected: int = 0) -> tuple[int, int]:
        """Return how many requests of a run were seen and how many accepted.

        A client that gave up may be ahead of the server: waits until ``expected`` were seen.
        """
        ends = time.monotonic() + 60
        while (told := self._told(run))["seen"] < expected and time.monotonic() < ends:
            time.sleep(0.01)
        return told["seen"], told["accepted"]

    def _told(self, run: str) -> dict[str, Any]:
        try:
            return self._ask(f"/__run/{run}")
        except (OSError, http.client.HTTPException):  # it drops idle connections
            self._control.close()
            return self._ask(f"/__run/{run}")

    def all_counts(self) -> dict[str, tuple[int, int]]:
        """Return the same for every run so far."""
        self._control.close()
        return {run: (seen, accepted) for run, (seen, accepted) in self._ask("/__runs").items()}

    def server(self) -> dict[str, int]:
        """Return the number of connections: open, most open at a time, total."""
        self._control.close()
        return self._ask("/__server")


async def _skip(_delay: float) -> None:
    return None


#: Real time, but no waiting between attempts.
HASTY: Runtime = replace(SYSTEM, sleep=lambda _delay: None, async_sleep=_skip)


@dataclass(frozen=True)
class Result:
    """The outcome of one call in any backend: a name from the response, or an exception."""

    name: str | None = None
    error: BaseException | None = None


def options(run: str, faults: str) -> dict[str, Any]:
    return {"headers": {"X-Run": run, "X-Faults": faults}}


def sync_call(client: StateSetVoice, run: str, faults: str, *, post: bool, **more: Any) -> Result:
    """Make one call and return its outcome."""
    one = client.with_options(**options(run, faults), **more)
    try:
        made: Any = one.make_call(to=TO) if post else _first(one.call_logs.list())
    except Exception as error:  # noqa: BLE001 - the test checks it
        return Result(error=error)
    return Result(getattr(made, "call_sid", NAMELESS))


def _first(page: Any) -> Any:
    return page.items[0] if page.items else None


async def async_call(
    client: AsyncStateSetVoice, run: str, faults: str, *, post: bool, **more: Any
) -> Result:
    """Make one call and return its outcome."""
    one = client.with_options(**options(run, faults), **more)
    try:
        made: Any = await one.make_call(to=TO) if post else _first(await one.call_logs.list())
    except Exception as error:  # noqa: BLE001 - the test checks it
        return Result(error=error)
    return Result(getattr(made, "call_sid", NAMELESS))


class EndlessBudget(RetryBudget):
    """Allows every retry: the tests make more retries than any client should."""

    def allows(self, now: float) -> bool:  # noqa: ARG002 - the original's signature
        return True


def unbudgeted(client: Any) -> Any:
    """Remove the limit on a client's retries."""
    client._session.context.budget = EndlessBudget()
    return client


def leaks(client: Any) -> int:
    """Return how many requests hold a connection."""
    return pool_state(client).active


def idle(client: Any) -> int:
    """Return how many connections are idle."""
    return pool_state(client).idle
