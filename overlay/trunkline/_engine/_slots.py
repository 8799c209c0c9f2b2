"""A bounded number of places, in both colours: the only part of the pool that is written twice."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import anyio


class Slots:
    """Places for threads: tokens in a queue, which costs least while there are enough.

    A queue's own timeout is not used: CPython's SimpleQueue waits for ever when it finds its time
    over after another thread was quicker.
    """

    __slots__ = ("_came_free", "_tokens", "_waiting")

    def __init__(self, size: int) -> None:
        self._tokens: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._came_free = threading.Condition()
        self._waiting = 0
        for _ in range(size):
            self._tokens.put(None)

    @property
    def free(self) -> int:
        """How many places nobody has taken."""
        return self._tokens.qsize()

    def acquire(self, timeout: float) -> bool:
        """Take a place; False when none came free within ``timeout`` seconds."""
        # Who comes while others wait takes a place behind them.
        if not self._waiting and self._take():
            return True
        ends = time.monotonic() + timeout
        with self._came_free:
            self._waiting += 1
            try:
                while not self._take():
                    left = ends - time.monotonic()
                    if left <= 0:
                        return False
                    self._came_free.wait(left)
            finally:
                self._waiting -= 1
        return True

    def _take(self) -> bool:
        try:
            self._tokens.get_nowait()
        except queue.Empty:
            return False
        return True

    def release(self) -> None:
        """Give a place back."""
        self._tokens.put(None)
        if self._waiting:  # whoever begins to wait after this look finds the token
            with self._came_free:
                self._came_free.notify()


class AsyncSlots:
    """The same for tasks of asyncio or trio."""

    __slots__ = ("_semaphore",)

    def __init__(self, size: int) -> None:
        import anyio

        self._semaphore: anyio.Semaphore = anyio.Semaphore(size)

    @property
    def free(self) -> int:
        """How many places nobody has taken."""
        return self._semaphore.value

    async def acquire(self, timeout: float) -> bool:
        """Take a place; False when none came free within ``timeout`` seconds."""
        import anyio

        try:
            self._semaphore.acquire_nowait()
        except anyio.WouldBlock:
            with anyio.move_on_after(max(0.0, timeout)):
                await self._semaphore.acquire()
                return True
            return False
        return True

    def release(self) -> None:
        """Give a place back."""
        self._semaphore.release()
