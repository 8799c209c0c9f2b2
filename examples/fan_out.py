"""Make fifty calls at once on one client: fifty connections, no more."""

import asyncio

from trunkline import AsyncStateSetVoice


async def main() -> None:
    numbers = [f"+1555555{n:04d}" for n in range(50)]
    async with AsyncStateSetVoice(deadline=30) as stateset:  # STATESET_VOICE_API_KEY
        made = await asyncio.gather(
            *(stateset.make_call(to=number, agent_key="support_primary") for number in numbers)
        )
        print(f"{len({call.call_sid for call in made})} calls placed")
        logs = [log async for log in stateset.call_logs.list(limit=20)]
        print(f"{len(logs)} calls logged")


asyncio.run(main())
