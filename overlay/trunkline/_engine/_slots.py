"""A bounded number of places, in both colours: the only part of the pool that is written twice."""

from __future__ import annotations

import queue
import threading
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import anyio


class Slots:
    """Places for threads, given to those that wait in the order of their coming.

    The places are tokens in a queue, which costs least while there are enough. The queue's own way
    of waiting is not used: CPython's SimpleQueue waits for ever when it finds its time over after
    another thread was quicker.
    """

    __slots__ = ("_lock", "_tokens", "_turns")

    def __init__(self, size: int) -> None:
        self._tokens: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        #: One locked lock for each thread that waits; unlocking it hands that thread a token.
        self._turns: deque[threading.Lock] = deque()
        for _ in range(size):
            self._tokens.put(None)

    @property
    def free(self) -> int:
        """How many places nobody has taken."""
        return self._tokens.qsize()

    def acquire(self, timeout: float) -> bool:
        """Take a place; False when none came free within ``timeout`` seconds."""
        if not self._turns and self._take():
            return True
        turn = threading.Lock()
        turn.acquire()
        self._turns.append(turn)
        try:
            self._hand_out()  # a place that came free just before nobody else would hand out
            mine = turn.acquire(timeout=max(0.0, min(timeout, threading.TIMEOUT_MAX)))
        except BaseException:
            if not self._leave(turn):
                self.release()
            raise
        return mine or not self._leave(turn)

    def release(self) -> None:
        """Give a place back."""
        self._tokens.put(None)
        if self._turns:  # whoever comes after this look finds the token
            self._hand_out()

    def _take(self) -> bool:
        try:
            self._tokens.get_nowait()
        except queue.Empty:
            return False
        return True

    def _hand_out(self) -> None:
        with self._lock:
            while self._turns and self._take():
                self._turns.popleft().release()

    def _leave(self, turn: threading.Lock) -> bool:
        """Wait no longer; False when the turn has come meanwhile."""
        with self._lock:
            if turn in self._turns:
                self._turns.remove(turn)
                return True
        return False


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
