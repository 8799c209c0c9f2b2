"""The clock, the sleep and the dice, in one place so that tests can bring their own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trunkline._engine._dice import EvenDice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def _async_sleep(delay: float) -> None:
    import anyio

    await anyio.sleep(delay)


@dataclass(frozen=True, slots=True, repr=False)
class Runtime:
    """What the engine needs of the outside world besides the network.

    Attributes:
        monotonic: seconds that never go backwards.
        wall: seconds since the epoch.
        uniform: a random number between its two arguments.
        sleep: waits that many seconds.
        async_sleep: the same for asyncio and trio.
    """

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    uniform: Callable[[float, float], float] = EvenDice().uniform
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = _async_sleep

    def __repr__(self) -> str:
        """Return a word: it stands in the signature of every client."""
        return "<the system's>" if self is SYSTEM else "<a runtime of the caller's>"


SYSTEM: Final = Runtime()
