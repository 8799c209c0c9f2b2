import asyncio
import logging

from trunkline import APIError, AsyncPamela
from trunkline.pamela import CallStatusResponse

log = logging.getLogger("campaign")
LIMIT = asyncio.Semaphore(10)


async def dial(pamela: AsyncPamela, number: str) -> CallStatusResponse | None:
    async with LIMIT:
        try:
            call = await pamela.calls.create(to=number, task="Ask for feedback.", country="US")  # hit: country, consent
            return await pamela.calls.wait(call.id, timeout=900)
        except APIError:
            log.exception("no call to %s", number)
            return None


async def main(numbers: list[str]) -> None:
    async with AsyncPamela() as pamela:
        results = await asyncio.gather(*(dial(pamela, number) for number in numbers))
        for result in results:
            if result is not None:
                print(result.id, result.summary)  # hit: summary
        usage, tools = await asyncio.gather(pamela.usage.get(), pamela.tools.list())
        print(usage.call_count, usage.api_minutes)  # hit: call_count, api_minutes
        print([tool.timeout_ms for tool in tools])  # hit: timeout_ms


if __name__ == "__main__":
    asyncio.run(main(["+15550001000"]))
