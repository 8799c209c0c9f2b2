from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from voice_client.api.calls import get_call, list_calls
from voice_client.models import CallStatus

if TYPE_CHECKING:
    from voice_client import Client
    from voice_client.models import Call, Leg

Handler: TypeAlias = "Callable[[Call], Awaitable[None]]"
Calls: TypeAlias = "dict[str, Call]"
Legs = "list[Leg]"
log = logging.getLogger(__name__)


class Worker:
    def __init__(self, client: Client, handlers: dict[CallStatus, Handler]) -> None:
        self._client = client
        self._handlers = handlers
        self._queue: asyncio.Queue[Call] = asyncio.Queue(maxsize=100)
        self._seen: Calls = {}

    async def calls(self) -> AsyncIterator[Call]:
        page = await list_calls.asyncio(client=self._client, status=CallStatus.ACTIVE, page_size=10)  # hit: page_size
        for call in page.items if page else []:
            yield call

    async def produce(self) -> None:
        async for call in self.calls():
            if call.id not in self._seen:
                self._seen[call.id] = call
                await self._queue.put(call)

    async def consume(self) -> None:
        while True:
            call = await self._queue.get()
            with contextlib.suppress(KeyError):
                await self._handlers[call.status](call)
            log.info("%s cost %s", call.id, call.price)  # hit: price
            self._queue.task_done()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.produce())
            for _ in range(4):
                group.create_task(self.consume())

    def report(self) -> list[str]:
        return [f"{key}: {call.price}" for key, call in self._seen.items()]  # hit: price

    def spent(self) -> float:
        return sum(float(call.price) for call in self._seen.values())  # hit: price


async def ringing(call: "Call") -> None:
    log.debug("%s rings since %d s", call.id, call.duration)  # hit: duration


async def poll(client: Client, ids: list[str]) -> Calls:
    async with asyncio.timeout(30):
        found = await asyncio.gather(*(get_call.asyncio(each, client=client) for each in ids))
    return {call.id: call for call in found if call is not None}


async def watch(client: Client, ids: list[str]) -> None:
    calls = await poll(client, ids)
    for call in calls.values():
        print(call.duration, codecs(call.legs))  # hit: duration


def codecs(legs: Legs) -> set[str]:
    return {leg.codec for leg in legs}  # hit: codec


HANDLERS: "dict[CallStatus, Handler]" = {CallStatus.RINGING: ringing}  # hit: ringing
