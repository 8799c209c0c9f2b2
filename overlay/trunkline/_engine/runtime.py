"""Clock, sleep and random numbers in one place, so that tests can inject their own."""

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
    """Random waits that are spread evenly over an interval, however many are drawn.

    Independent random waits cluster: of 175 in one second, up to 14 end within 50 ms; with this
    sequence, 10. Each process starts at a random position, so that processes do not retry in step.
    """

    __slots__ = ("_position",)

    def __init__(self) -> None:
        self._position = 0.0
        self.reseed()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.reseed)

    def reseed(self) -> None:
        """Start again at a random position."""
        self._position = random.random()  # noqa: S311 - nothing secret

    def uniform(self, low: float, high: float) -> float:
        """Return a number between the two."""
        self._position = position = (self._position + _STEP) % 1.0
        return low + (high - low) * position


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Runtime:
    """What the engine needs from the system besides the network.

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
        """Return a short text: it appears in the signature of every client."""
        return "<the system's>" if self is SYSTEM else "<a runtime of the caller's>"


SYSTEM: Final = Runtime()
