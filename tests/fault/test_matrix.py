"""Every fault, with every kind of operation, in every backend, transient or persistent.

For each cell: the exact exception, the number of requests that the server saw and accepted, a pool
with all connections free, and a following request that gets its own response.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import trio
from tests.fault.harness import (
    HASTY,
    KEY,
    NAMELESS,
    HostileProcess,
    Result,
    async_call,
    idle,
    leaks,
    sync_call,
    unbudgeted,
)
from tests.fault.table import TABLE

from trunkline import AsyncStateSetVoice, StateSetVoice
from trunkline.errors import APIError

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = itertools.count()

#: Whether the fault persists, so that each attempt fails, or only the first one fails.
MODES = {"persistent": True, "passing": False}
RETRIES = 2
#: What a client does not finish by itself, and how soon it then gives up. Nothing else is limited
#: tightly: the machine may be busy.
STALLING = {"silent", "refuse_and_trickle"}
READ = {"persistent": 0.3, "passing": 1.0}
PATIENT = 30.0
SETTINGS: dict[str, Any] = {
    "runtime": HASTY,
    "timeout": PATIENT,
    "max_response_bytes": 1_000_000,
    "max_connections": 3,
}


class Backends:
    """One client of each backend for all cells, so leftovers of one cell affect the next."""

    def __init__(self, url: str) -> None:
        self.sync_client = unbudgeted(StateSetVoice(KEY, base_url=url, **SETTINGS))
        self.client = unbudgeted(AsyncStateSetVoice(KEY, base_url=url, **SETTINGS))
        self.trio_client = unbudgeted(AsyncStateSetVoice(KEY, base_url=url, **SETTINGS))
        self.runner = asyncio.Runner()

    def sync(self, *arguments: Any, **options: Any) -> Result:
        return sync_call(self.sync_client, *arguments, **options)

    def asyncio(self, *arguments: Any, **options: Any) -> Result:
        return self.runner.run(async_call(self.client, *arguments, **options))

    def trio(self, *arguments: Any, **options: Any) -> Result:
        async def run() -> Result:
            return await async_call(self.trio_client, *arguments, **options)

        return trio.run(run)

    def clients(self) -> dict[str, Any]:
        return {"sync": self.sync_client, "asyncio": self.client, "trio": self.trio_client}

    def close(self) -> None:
        self.sync_client.close()
        self.runner.run(self.client.aclose())
        self.runner.close()
        trio.run(self.trio_client.aclose)


@pytest.fixture(scope="module")
def backends(hostile: HostileProcess) -> Iterator[Backends]:
    made = Backends(hostile.url)
    yield made
    made.close()


def is_retried(fault: str, *, post: bool) -> bool:
    return TABLE[fault].post_again if post else TABLE[fault].again


#: A fault that is not retried ends the call in the first attempt, transient or not.
CELLS = [
    pytest.param(fault, mode, post, id=f"{fault}-{'POST' if post else 'GET'}-{mode}")
    for fault in TABLE
    for post in (False, True)
    for mode in MODES
    if mode == "persistent" or is_retried(fault, post=post)
]


@pytest.mark.parametrize("backend", ["sync", "asyncio", "trio"])
@pytest.mark.parametrize(("fault", "mode", "post"), CELLS)
def test_a_fault_has_one_clear_outcome(
    hostile: HostileProcess, backends: Backends, fault: str, mode: str, backend: str, *, post: bool
) -> None:
    """The right exception, no second phone call, a full pool, an unaffected next request."""
    expected = TABLE[fault]
    call = getattr(backends, backend)
    run = f"r{next(_numbers)}"
    stays = MODES[mode]
    timeout = httpx.Timeout(PATIENT, read=READ[mode] if fault in STALLING else PATIENT)

    faults = f"{fault},*" if stays else fault
    result = call(run, faults, post=post, max_retries=RETRIES, timeout=timeout)

    recovers = not stays
    attempts = 1 + (RETRIES if stays else 1) * is_retried(fault, post=post)
    wanted = None if recovers else expected.post if post else expected.get
    assert type(result.error) is (wanted or type(None)), result.error
    if wanted is None:
        assert result.name == (NAMELESS if expected.nameless else run)
    seen, accepted = hostile.counts(run, attempts)
    assert seen == attempts
    assert accepted == (attempts if expected.accepted else int(recovers))
    assert accepted <= 1 or not post
    if isinstance(result.error, APIError):
        assert result.error.attempts == attempts
        assert result.error.maybe_accepted is (post and expected.maybe)

    client = backends.clients()[backend]
    assert leaks(client) == 0
    assert idle(client) <= 1
    following = call(f"{run}n", "", post=False)
    assert following == Result(f"{run}n")
    assert leaks(client) == 0
