"""The few helpers that differ between the backends in more than their name."""

from __future__ import annotations

import queue
import threading
from collections import deque
from contextlib import nullcontext, suppress
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from contextlib import AbstractContextManager

    import anyio
    import httpx

T = TypeVar("T")


Arguments = TypeVarTuple("Arguments")


def async_current_loop() -> object:
    """Return the running event loop, or what stands for it under trio."""
    import asyncio  # threads get on without it, and it costs 10 ms

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio

        return trio.lowlevel.current_trio_token()


def sync_current_loop() -> object:
    """Return what threads have for an event loop: nothing."""
    return None


def async_loop_is_closed(loop: object) -> bool:
    """Return whether an event loop is closed for certain."""
    import asyncio

    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


def sync_loop_is_closed(_loop: object) -> bool:
    """Threads have no event loop."""
    return False


async def async_close_on_loop_exit(
    close: Callable[[], Awaitable[None]],
) -> Callable[[], Awaitable[None]]:
    """Have something closed before the running event loop ends, and return what closes it now.

    ``asyncio.run`` and trio both finish the asynchronous generators that were begun under them:
    without one, a client that serves several runs would leave open sockets behind.
    """
    keeper = _keeper(close)
    await anext(keeper)

    async def end() -> None:
        with suppress(RuntimeError):  # another task is about it
            await keeper.aclose()

    return end


async def _keeper(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        with async_shield():
            await close()


def sync_close_on_loop_exit(close: Callable[[], None]) -> Callable[[], None]:
    """Return what closes: threads have no event loop that could end."""
    return close


async def async_abandon_after_fork(_close: Callable[[], Awaitable[None]]) -> None:
    """Leave the connections of a parent process alone.

    Its event loop's selector is shared with this process; closing here would unregister there.
    """


def sync_abandon_after_fork(close: Callable[[], None]) -> None:
    """Close this process's copies of its parent's sockets; the parent's stay open."""
    close()


def async_shield() -> AbstractContextManager[object]:
    """Return a context in which cancellation waits, so that a socket can be closed."""
    import anyio

    return anyio.CancelScope(shield=True)


def sync_shield() -> AbstractContextManager[object]:
    """Threads are not cancelled."""
    return nullcontext()


def async_fail_after(seconds: float) -> AbstractContextManager[object]:
    """Return a context that raises TimeoutError after so many seconds."""
    import anyio

    return anyio.fail_after(seconds)


def sync_fail_after(seconds: float) -> AbstractContextManager[object]:
    """Return a context in which timed connections end after so many seconds."""
    from trunkline._engine.transport.httpx_deadline import within

    return within(seconds)


def async_timed(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return a client as it is: tasks can be interrupted."""
    return client


def sync_timed(client: httpx.Client) -> httpx.Client:
    """Return a client whose connections keep the deadline of ``sync_fail_after``."""
    from trunkline._engine.transport.httpx_deadline import timed

    return timed(client)


async def async_in_thread(function: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
    """Call a function that may block, beside the event loop; it is never abandoned half-way."""
    import anyio.to_thread

    return await anyio.to_thread.run_sync(function, *arguments)


def sync_in_thread(function: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
    """Call a function: threads may block."""
    return function(*arguments)


def async_require_coroutine_function(function: object, argument: str) -> None:
    """Refuse what an asynchronous client could not await.

    Raises:
        ConfigurationError: the function is not a coroutine function.
    """
    if not iscoroutinefunction(function):
        raise ConfigurationError(f"{argument}= of an asynchronous client needs `async def` methods")


def sync_require_coroutine_function(function: object, argument: str) -> None:
    """Refuse what a synchronous client would have to await.

    Raises:
        ConfigurationError: the function is a coroutine function.
    """
    if iscoroutinefunction(function):
        raise ConfigurationError(f"{argument}= of a synchronous client needs plain methods")


class Semaphore:
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
        """Waiter no longer; False when the turn has come meanwhile."""
        with self._lock:
            if turn in self._turns:
                self._turns.remove(turn)
                return True
        return False


class AsyncSemaphore:
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
