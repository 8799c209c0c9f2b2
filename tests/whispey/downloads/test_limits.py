"""Deadlines and cancellation of downloads."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from tests.providers import Reply
from tests.whispey.conftest import KEY
from tests.whispey.page import success

from trunkline import AsyncWhispey
from trunkline.errors import (
    DeadlineExceededError,
    InvalidArgumentError,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers import Backend, Scripted
    from tests.whispey.conftest import Hands
from tests.whispey.downloads.support import AS_CSV, CSV, fetch


def slow(hands: Hands, folder: Path) -> Reply:
    """A large file whose rest comes 100 s after the first quarter was written."""

    def wait() -> None:
        while not sum(found.stat().st_size for found in folder.iterdir()):
            time.sleep(0.001)
        hands.move(100)

    return Reply(200, bytes(5 * 1024 * 1024), AS_CSV, pieces=4, between=wait)


def test_a_body_may_take_longer_than_the_deadline(
    whispey: Backend, server: Scripted, target: Path, hands: Hands
) -> None:
    """The client's 60 s deadline ends with the response head; the body has its own time."""
    server.then(slow(hands, target.parent))
    saved = fetch(whispey, target, more={"runtime": hands.runtime()})
    assert saved.size == 5 * 1024 * 1024


def test_a_deadline_bounds_everything(
    whispey: Backend, server: Scripted, target: Path, hands: Hands
) -> None:
    """A deadline that is passed to the download covers its body too."""
    server.then(slow(hands, target.parent))
    with pytest.raises(DeadlineExceededError):
        fetch(whispey, target, deadline=80, more={"runtime": hands.runtime()})
    assert not target.exists()


@pytest.mark.parametrize("deadline", [0, -1, "x"])
def test_deadlines_that_are_none(
    whispey: Backend, server: Scripted, target: Path, deadline: Any
) -> None:
    """A deadline is a number above 0."""
    with pytest.raises(InvalidArgumentError, match="deadline"):
        fetch(whispey, target, deadline=deadline)
    assert not server.asked


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_download_leaves_nothing(server: Scripted, target: Path, backend: str) -> None:
    """The partial file is removed, and the client still works."""
    begun, finish = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        finish.wait(60)

    server.then(Reply(200, CSV, AS_CSV, pieces=2, between=hold), Reply(200, success([])))

    async def scenario() -> None:
        async with AsyncWhispey(KEY, base_url=server.url) as whispey:
            async with anyio.create_task_group() as group:
                group.start_soon(whispey.exports.download, "export-456", target)
                await anyio.to_thread.run_sync(begun.wait)
                assert len(list(target.parent.iterdir())) == 1
                group.cancel_scope.cancel()
            assert not list(target.parent.iterdir())
            finish.set()
            assert await whispey.agents.list() == []

    try:
        anyio.run(scenario, backend=backend)
    finally:
        finish.set()
