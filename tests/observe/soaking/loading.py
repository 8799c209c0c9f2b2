"""Many concurrent replayed sessions on one event loop, with and without an observer.

A heartbeat measures how late the loop is. The observer's cost is the difference between two runs
on the same machine in the same minute.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.observe.replay import RecordedSession

if TYPE_CHECKING:
    from trunkline.observe import LivekitObserve

BEAT = 0.001
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Load:
    """The results of a run; times in milliseconds, memory in MiB."""

    sessions: int = 0
    events: int = 0
    late: list[float] = field(default_factory=list[float], repr=False)
    memory: float = 0.0
    states: dict[str, int] = field(default_factory=dict[str, int])

    def percentile(self, share: float) -> float:
        ordered = sorted(self.late)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


async def load(observer: LivekitObserve | None, sessions: int, seconds: float) -> Load:
    """Play so many sessions concurrently, each in so many seconds, and export them."""
    result = Load(sessions)
    played = [RecordedSession() for _ in range(sessions)]
    before = _memory()
    beating = asyncio.create_task(beat(result.late))
    names = await asyncio.gather(
        *(_one(observer, each, n / sessions, seconds, result) for n, each in enumerate(played))
    )
    beating.cancel()
    if observer is not None:
        found = await asyncio.gather(*(observer.export(n, deadline=60) for n in names if n))
        for each in found:
            result.states[each.state] = result.states.get(each.state, 0) + 1
    result.memory = _memory() - before
    return result


async def _one(
    observer: LivekitObserve | None,
    session: RecordedSession,
    phase: float,
    seconds: float,
    result: Load,
) -> str | None:
    session_id = observer.start_session(session) if observer is not None else None
    if observer is None:
        for name in ("conversation_item_added", "session_usage_updated", "agent_state_changed"):
            session.on(name, lambda _event: None)
    step = seconds / len(session.events)
    await asyncio.sleep(step * phase)
    for event in session.events:
        session.emit(event.event, event)
        result.events += 1
        await asyncio.sleep(step)
    return session_id


async def beat(late: list[float]) -> None:
    """Record how late the loop is, in milliseconds, until cancelled."""
    while True:
        due = time.perf_counter() + BEAT
        await asyncio.sleep(BEAT)
        late.append(1000 * (time.perf_counter() - due))


def _memory() -> float:
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE / 2**20
