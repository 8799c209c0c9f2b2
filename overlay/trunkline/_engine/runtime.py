"""The clock, the sleep and the dice, in one place so that tests can bring their own."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def _async_sleep(delay: float) -> None:
    import anyio

    await anyio.sleep(delay)


#: The fractional part of the golden ratio: no step leaves more even gaps (Weyl's sequence).
_STEP: Final = 0.6180339887498949


class EvenJitter:
    """Draws that fill an interval evenly in whatever number they are made.

    Independent draws clump: of 175 waits within a second, 14 end in the same twentieth at times,
    of these 10. Each process begins at a random place, so that processes do not march in step.
    """

    __slots__ = ("_place",)

    def __init__(self) -> None:
        self._place = 0.0
        self.throw()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.throw)

    def throw(self) -> None:
        """Begin anew at a random place."""
        self._place = random.random()  # noqa: S311 - nothing secret

    def uniform(self, low: float, high: float) -> float:
        """Return a number between the two."""
        self._place = place = (self._place + _STEP) % 1.0
        return low + (high - low) * place


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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
    uniform: Callable[[float, float], float] = EvenJitter().uniform
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = _async_sleep

    def __repr__(self) -> str:
        """Return a word: it stands in the signature of every client."""
        return "<the system's>" if self is SYSTEM else "<a runtime of the caller's>"


SYSTEM: Final = Runtime()
