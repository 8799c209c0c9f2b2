from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated

from trunkline import AsyncPamela
from trunkline.pamela import CallStatusResponse

Fetch = Callable[[str], Awaitable[CallStatusResponse]]


@asynccontextmanager
async def connected() -> AsyncIterator[AsyncPamela]:
    async with AsyncPamela() as pamela:
        yield pamela


async def dial(numbers: list[str]) -> None:
    async with connected() as pamela, asyncio.TaskGroup() as group:
        for number in numbers:
            group.create_task(pamela.calls.create(to=number, task="Ring."))  # hit: consent


async def one(call_id: str) -> str | None:
    async with AsyncExitStack() as stack:
        pamela = await stack.enter_async_context(connected())
        task = asyncio.create_task(pamela.calls.get(call_id))
        await asyncio.sleep(0)
        return (await task).summary  # hit: summary


async def shielded(pamela: Annotated[AsyncPamela, "shared"], call_id: str) -> None:
    call = await asyncio.wait_for(asyncio.shield(pamela.calls.get(call_id)), timeout=5)
    print(call.summary)  # hit: summary
    await pamela.calls.cancel(call_id)  # hit: cancel_call


async def through(fetch: Fetch, call_id: str) -> str:
    call = await fetch(call_id)
    return call.summary or ""  # hit: summary


async def race(pamela: AsyncPamela, ids: list[str]) -> list[str]:
    texts: list[str] = []
    for done in asyncio.as_completed([pamela.calls.get(each) for each in ids]):
        call = await done
        texts.append(call.summary or "")  # hit: summary
    return texts


async def both(pamela: AsyncPamela) -> None:
    usage, call = await asyncio.gather(pamela.usage.get("2026-11"), pamela.calls.get("c1"))
    print(usage.api_minutes, call.id)  # hit: api_minutes


class Watcher:
    def __init__(self, pamela: AsyncPamela | None = None) -> None:
        self.pamela = pamela or AsyncPamela()

    async def __aenter__(self) -> Watcher:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pamela.aclose()

    async def stop(self, call_id: str) -> None:
        await self.pamela.calls.cancel(call_id)  # hit: cancel_call


async def watch() -> None:
    async with Watcher() as watcher:
        await watcher.pamela.calls.create(to="+1", task="Ring.", country="US")  # hit: country, consent
