"""Many calls at once, on a server that delays its responses."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline import AsyncStateSetVoice
from trunkline_bench import peers
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.timing import interleave_async, ratios, run_concurrently

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

    Case = Callable[[], Awaitable[Any]]
    Maker = Callable[[str, int], AbstractAsyncContextManager[Case]]

REFERENCE: Final = "httpx, raised limits"
DELAY: Final = 20.0


def measure(results: Results, settings: Settings) -> None:
    """Measure 50 and 200 calls at once, and the connections that 1000 calls open."""
    with running_server(delay=DELAY) as base:
        for width in (50, 200):
            costs = asyncio.run(_costs(base, width // settings.thinning, settings))
            results.add(f"async_{width}", ratios(costs, REFERENCE))
        makers: dict[str, Maker] = {**_makers(), "httpx, default limits": _default}
        for name, maker in makers.items():
            count = asyncio.run(_connects(base, maker, settings))
            results.add("async_50_connects", {name: [count]})


async def _costs(base: str, width: int, settings: Settings) -> dict[str, list[float]]:
    async with AsyncExitStack() as stack:
        cases = {
            name: await stack.enter_async_context(maker(base, width))
            for name, maker in _makers().items()
        }
        return await interleave_async(
            cases, settings.concurrent_calls, settings.concurrent_rounds, width
        )


async def _connects(base: str, maker: Maker, settings: Settings) -> float:
    width = 50 // settings.thinning
    async with httpx.AsyncClient(base_url=base) as counter, maker(base, width) as case:
        before = (await counter.get("/bench/connections")).json()
        await run_concurrently(case, settings.concurrent_calls, width)
        after = (await counter.get("/bench/connections")).json()
    return float(after - before) * 1000 / settings.concurrent_calls


def _makers() -> dict[str, Maker]:
    makers: dict[str, Maker] = {REFERENCE: _raised, OURS: ours}
    if find_spec("httpx2"):
        makers["httpx2, raised limits"] = _httpx2
    return makers


@asynccontextmanager
async def ours(base: str, width: int) -> AsyncGenerator[Case]:
    call = peers.CALL
    async with AsyncStateSetVoice(peers.KEY, base_url=base, max_connections=width) as client:
        yield lambda: client.make_call(
            to=call["to"], from_=call["from"], agent_key=call["agent_key"]
        )


@asynccontextmanager
async def _raised(base: str, width: int) -> AsyncGenerator[Case]:
    # Without spare connections httpx closes connections that it needs again at once.
    limits = httpx.Limits(max_connections=width * 2, max_keepalive_connections=width * 2)
    async with httpx.AsyncClient(base_url=base, headers=peers.AUTH, limits=limits) as client:
        yield _post(client)


@asynccontextmanager
async def _default(base: str, width: int) -> AsyncGenerator[Case]:  # noqa: ARG001 - as the others
    # With the default limits a pool timeout of 5 s is too short here.
    async with httpx.AsyncClient(base_url=base, headers=peers.AUTH, timeout=300) as client:
        yield _post(client)


@asynccontextmanager
async def _httpx2(base: str, width: int) -> AsyncGenerator[Case]:
    httpx2 = import_module("httpx2")
    limits = httpx2.Limits(max_connections=width * 2, max_keepalive_connections=width * 2)
    async with httpx2.AsyncClient(base_url=base, headers=peers.AUTH, limits=limits) as client:
        yield _post(client)


def _post(client: Any) -> Case:
    async def post() -> Any:
        return (await client.post(peers.CALL_PATH, json=peers.CALL)).json()

    return post
