import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from trunkline import AsyncPamela
from trunkline.pamela import CallStatus, CallStatusResponse


@asynccontextmanager
async def session() -> AsyncIterator[AsyncPamela]:
    client = AsyncPamela()
    try:
        yield client
    finally:
        await client.aclose()


class Worker:
    queue: "asyncio.Queue[CallStatusResponse]"

    def __init__(self) -> None:
        self.queue = asyncio.Queue()
        self.seen: set[str] = set()

    async def produce(self, client: AsyncPamela, since: str) -> None:
        async for item in client.calls.list(start_date=since):  # hit: start_date
            if item.id not in self.seen:
                self.seen.add(item.id)
                await self.queue.put(await client.calls.get(item.id))

    async def consume(self) -> None:
        while True:
            call = await self.queue.get()
            print(call.summary)  # hit: summary
            self.queue.task_done()

    async def run(self, since: str) -> None:
        async with session() as client, asyncio.TaskGroup() as group:
            group.create_task(self.consume())
            await self.produce(client, since)


async def rings(numbers: list[str]) -> list[str]:
    async with session() as client:
        tasks = [
            client.calls.create(to=number, task="Ring.")  # hit: consent
            for number in numbers
        ]
        calls = await asyncio.gather(*tasks, return_exceptions=False)
        results = await asyncio.gather(*(client.calls.wait(call.id) for call in calls))
    return [result.summary or "" for result in results]  # hit: summary


async def cancel_slow(client: AsyncPamela, call_id: str) -> None:
    try:
        async with asyncio.timeout(60):
            done = await client.calls.wait(call_id)
    except TimeoutError:
        await client.calls.cancel(call_id)  # hit: cancel_call
        return
    match done:
        case CallStatusResponse(status=CallStatus.COMPLETED, summary=str(text)):  # hit: summary
            print(text)
        case CallStatusResponse(id=call_id):
            print(call_id)
