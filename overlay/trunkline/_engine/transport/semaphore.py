"""FIFO semaphores for threads and for tasks whose permits cannot be lost.

A permit is an object, and the semaphore counts the live ones: when a signal handler's exception
ends a frame at any line, the frame's permit is deleted with it and is free again. Waiters are also
held by weak references; otherwise one that is gone would stay first in the queue.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol
from weakref import ref

if TYPE_CHECKING:
    import anyio

#: Seconds after which a waiter checks by itself: deleting a permit unreleased wakes nobody.
_RECHECK: Final = 0.2


class Permit:
    """Permission to hold one connection, as long as this object lives."""

    __slots__ = ("__weakref__",)


class _Wakeable(Protocol):
    def set(self) -> object: ...


class _Permits:
    """The permits of a semaphore of either kind, and the queue of its waiters."""

    __slots__ = ("_alive", "_lock", "_waiters", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._lock = threading.Lock()
        self._alive: set[ref[Permit]] = set()
        self._waiters: deque[ref[_Wakeable]] = deque()

    @property
    def free(self) -> int:
        """How many permits can be taken."""
        return self.size - len(self._alive)

    @property
    def waiting(self) -> int:
        """How many threads or tasks wait for a permit."""
        return sum(waiter() is not None for waiter in self._waiters.copy())

    def _take(self, waiter: _Wakeable | None = None) -> Permit | None:
        """Return a permit if one is free and ``waiter`` (or nobody) is first in the queue."""
        with self._lock:
            while self._waiters and self._waiters[0]() is None:
                self._waiters.popleft()
            if self._waiters and self._waiters[0]() is not waiter:
                return None
            if len(self._alive) >= self.size:
                return None
            permit = Permit()
            # The callback is implemented in C: no signal handler can run in the middle of it.
            self._alive.add(ref(permit, self._alive.discard))
            if self._waiters:
                self._waiters.popleft()
        return permit

    def _leave(self, waiter: _Wakeable) -> None:
        with self._lock, suppress(ValueError):  # it was given a permit
            self._waiters.remove(ref(waiter))
        self.wake_next()

    def wake_next(self) -> None:
        """Wake the first waiter: call this after a permit was dropped."""
        for waiter in self._waiters.copy():
            first = waiter()
            if first is not None:
                first.set()
                return


class Semaphore(_Permits):
    """A FIFO semaphore for threads."""

    __slots__ = ()

    def acquire(self, timeout: float) -> Permit | None:
        """Take a permit; None when none became free within ``timeout`` seconds."""
        permit = self._take()
        if permit is not None:
            return permit
        ends = time.monotonic() + timeout
        waiter = _Wakeup()
        try:
            self._waiters.append(ref(waiter))
            while (permit := self._take(waiter)) is None:
                left = ends - time.monotonic()
                if left <= 0:
                    break
                waiter.wait(min(left, _RECHECK))
        finally:
            self._leave(waiter)
        return permit


class _Wakeup:
    """An event for one thread, made of a single lock.

    ``threading.Event`` is Python code: an exception of a signal handler can leave its lock taken,
    or raise RuntimeError for a lock that is not.
    """

    __slots__ = ("__weakref__", "_lock")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def set(self) -> None:
        with suppress(RuntimeError):  # it is set already
            self._lock.release()

    def wait(self, timeout: float) -> None:
        self._lock.acquire(timeout=timeout)


class AsyncSemaphore(_Permits):
    """A FIFO semaphore for tasks of asyncio or trio."""

    __slots__ = ()

    async def acquire(self, timeout: float) -> Permit | None:
        """Take a permit; None when none became free within ``timeout`` seconds."""
        permit = self._take()
        if permit is not None:
            return permit
        import anyio

        ends = time.monotonic() + timeout
        waiter = _Turn(anyio.Event())
        try:
            self._waiters.append(ref(waiter))
            while (permit := self._take(waiter)) is None:
                left = ends - time.monotonic()
                if left <= 0:
                    break
                await waiter.wait(min(left, _RECHECK))
        finally:
            self._leave(waiter)
        return permit


class _Turn:
    """An event of anyio that can be waited for again."""

    __slots__ = ("__weakref__", "_event")

    def __init__(self, event: anyio.Event) -> None:
        self._event = event

    def set(self) -> None:
        self._event.set()

    async def wait(self, timeout: float) -> None:
        import anyio

        with anyio.move_on_after(timeout):
            await self._event.wait()
        self._event = anyio.Event()
