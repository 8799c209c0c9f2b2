"""Many tasks against a server that admits fewer: when they retry after a 429."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline import AsyncStateSetVoice
from trunkline_bench import peers
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

RATE: Final = 200.0
BIN: Final = 0.05
#: All tasks start at once; requests within this time do not count for the peak.
START: Final = 0.4
_EXACT: Final = "obey Retry-After exactly"


def measure(results: Results, settings: Settings) -> None:
    """Measure the useful share of all requests, and the peak after the start."""
    for _ in range(settings.herds):
        for name, herd in ((OURS, _ours), (_EXACT, _exact)):
            useful, peak = _one(herd, settings.tasks)
            _append(results, "herd_useful", name, useful)
            _append(results, "herd_peak", name, peak)


def _append(results: Results, key: str, name: str, value: float) -> None:
    results.values.setdefault(key, {}).setdefault(name, []).append(value)


def _one(herd: Callable[[str, int], Awaitable[Any]], tasks: int) -> tuple[float, float]:
    with running_server(rate=RATE) as base:
        asyncio.run(_bounded(herd(base, tasks)))
        arrivals = httpx.get(f"{base}/bench/arrivals").json()
    late = [moment - arrivals[0] for moment in arrivals if moment - arrivals[0] > START]
    peak = max(Counter(int(moment / BIN) for moment in late).values(), default=0)
    return tasks / len(arrivals), peak


async def _bounded(herd: Awaitable[Any]) -> None:
    async with asyncio.timeout(300):
        await herd


async def _ours(base: str, tasks: int) -> None:
    options = {"max_retries": 50}
    async with AsyncStateSetVoice(peers.KEY, base_url=base, **options) as client:  # type: ignore[arg-type]  # a plain dictionary of keywords
        await asyncio.gather(*(client.make_call(to=peers.CALL["to"]) for _ in range(tasks)))


async def _exact(base: str, tasks: int) -> None:
    limits = httpx.Limits(max_connections=tasks, max_keepalive_connections=tasks)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=300) as client:

        async def task() -> None:
            answer = await client.post(peers.CALL_PATH, json=peers.CALL)
            if answer.is_error:
                await asyncio.sleep(float(answer.headers["retry-after"]))
                await task()

        await asyncio.gather(*(task() for _ in range(tasks)))
