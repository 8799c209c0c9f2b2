"""Concurrent real LiveKit sessions on one event loop, without an observer and with one.

Prints JSON: the results of the sessions, and the 99th percentiles of the loop's lateness, in ms.
Arguments: the folder of the journal, the file of the records, and the number of sessions.
"""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import sys

from tests.observe.soaking.live_session import conversation
from tests.observe.soaking.loading import beat

from trunkline.observe import FileDestination, LivekitObserve

ROUNDS = 3


async def lateness(observer: LivekitObserve | None, sessions: int) -> tuple[float, list[str]]:
    """Hold the conversations concurrently; return the loop's lateness and the sessions' ids."""
    late: list[float] = []
    beating = asyncio.create_task(beat(late))
    names = await asyncio.gather(*(conversation(observer) for _ in range(sessions)))
    beating.cancel()
    return statistics.quantiles(late, n=100)[98], [name for name in names if name]


async def main() -> None:
    folder, target, sessions = sys.argv[1:]
    observer = LivekitObserve(
        "agent-1", destinations=[FileDestination(target)], journal=folder, recover=False
    )
    bare, seen, names = list[float](), list[float](), list[str]()
    await lateness(None, 1)
    for _ in range(ROUNDS):
        bare.append((await lateness(None, int(sessions)))[0])
        late, more = await lateness(observer, int(sessions))
        seen.append(late)
        names += more
    states = [(await observer.export(name, deadline=60)).state for name in names]
    found = {"without": statistics.median(bare), "with": statistics.median(seen)}
    counted = {state: states.count(state) for state in sorted(set(states))}
    sys.__stdout__.write(json.dumps({**found, "states": counted}) + "\n")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main())
