"""A scripted server, and the Whispey clients of every backend that use it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Backend, Scripted

from trunkline import AsyncWhispey, Whispey
from trunkline._engine.runtime import Runtime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "pype_0123456789abcdef"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[Scripted]:
    """A second server: another origin than the client's own."""
    with Scripted() as server:
        yield server


@pytest.fixture(params=["sync", "asyncio", "trio"])
def whispey(request: pytest.FixtureRequest, server: Scripted, hasty: Runtime) -> Backend:
    options: dict[str, Any] = {
        "base_url": server.url,
        "ingest_url": f"{server.url}/api/logs/call-logs?x=1",
        "runtime": hasty,
    }
    return Backend(
        request.param, partial(Whispey, KEY, **options), partial(AsyncWhispey, KEY, **options)
    )


class Hands:
    """A clock that moves only when a test, or a pause of the client, moves it."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.pauses: list[float] = []

    def move(self, seconds: float) -> None:
        self.now += seconds

    def sleep(self, delay: float) -> None:
        self.pauses.append(delay)
        self.now += delay

    async def async_sleep(self, delay: float) -> None:
        self.sleep(delay)

    def runtime(self) -> Runtime:
        """A runtime with this clock, whose random numbers are the midpoint of the range."""
        read = lambda: self.now  # noqa: E731 - both clocks are this one
        return Runtime(read, read, lambda low, high: (low + high) / 2, self.sleep, self.async_sleep)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """A file name in its own folder, which may hold nothing else afterwards."""
    folder = tmp_path / "exports"
    folder.mkdir()
    yield folder / "calls.csv"
    assert [found.name for found in folder.iterdir()] in ([], ["calls.csv"])
