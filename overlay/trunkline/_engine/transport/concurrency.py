"""Helpers whose sync and async forms differ in more than their name."""

from __future__ import annotations

import sys
from contextlib import nullcontext, suppress
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from concurrent.futures import Future
    from contextlib import AbstractContextManager


T = TypeVar("T")


Arguments = TypeVarTuple("Arguments")


def async_current_loop() -> object:
    """Return the running event loop, or trio's token."""
    import asyncio  # threads do not need it, and it costs 10 ms

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio

        return trio.lowlevel.current_trio_token()


def sync_current_loop() -> object:
    """Return None: threads have no event loop."""
    return None


def async_loop_is_closed(loop: object) -> bool:
    """Return whether an event loop is certainly closed."""
    import asyncio

    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


def sync_loop_is_closed(_loop: object) -> bool:
    """Threads have no event loop."""
    return False


async def async_close_on_loop_exit(
    close: Callable[[], Awaitable[None]],
) -> Callable[[], Awaitable[None]]:
    """Call ``close`` when the running loop shuts down; returns a function that calls it earlier.

    ``asyncio.run`` and trio both close the asynchronous generators that were started under them.
    Without this, a client that is used in several runs would leave sockets open.
    """
    keeper = _keeper(close)
    await anext(keeper)

    async def end() -> None:
        with suppress(RuntimeError):  # another task is closing it
            await keeper.aclose()

    return end


async def _keeper(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        # Without a loop (nest_asyncio leaves generators to the garbage collector) nothing can be
        # awaited; the sockets close when they are collected.
        if _has_loop():
            with async_shield():
                await close()


def _has_loop() -> bool:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        trio = sys.modules.get("trio")
        return trio is not None and trio.lowlevel.in_trio_run()
    return True


def sync_close_on_loop_exit(close: Callable[[], None]) -> Callable[[], None]:
    """Return ``close`` itself: threads have no event loop that could end."""
    return close


async def async_abandon_after_fork(_close: Callable[[], Awaitable[None]]) -> None:
    """Leave the connections of a parent process alone.

    Its event loop's selector is shared with this process; closing them here would unregister
    them there.
    """


def sync_abandon_after_fork(close: Callable[[], None]) -> None:
    """Close this process's copies of its parent's sockets; the parent's stay open."""
    close()


def async_shield() -> AbstractContextManager[object]:
    """Return a context in which cancellation is delayed, so that a socket can be closed."""
    import anyio

    return anyio.CancelScope(shield=True)


def sync_shield() -> AbstractContextManager[object]:
    """Threads are not cancelled."""
    return nullcontext()


def async_fail_after(seconds: float) -> AbstractContextManager[object]:
    """Return a context that raises TimeoutError after that many seconds."""
    import anyio

    return anyio.fail_after(seconds)


def sync_fail_after(_seconds: float) -> AbstractContextManager[object]:
    """Do nothing: a thread inside httpx is bounded by the phase limits only."""
    return nullcontext()


async def async_in_thread(function: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
    """Call a function that may block, in a thread; it is never abandoned half-way."""
    import anyio.to_thread

    return await anyio.to_thread.run_sync(function, *arguments)


def sync_in_thread(function: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
    """Call a function: threads may block."""
    return function(*arguments)


async def async_result(future: Future[T]) -> T:
    """Return the result of another thread; cancellation waits for it as far as possible."""
    import anyio

    done = anyio.Event()
    notify = _thread_notifier()

    def tell(_future: Future[T]) -> None:
        with suppress(RuntimeError):  # the loop has ended, and nobody waits
            notify(done.set)

    future.add_done_callback(tell)
    with anyio.CancelScope(shield=True):
        await done.wait()
    return future.result()


def _thread_notifier() -> Callable[[Callable[[], None]], object]:
    """Return a function by which another thread runs a callback in the running event loop."""
    import asyncio

    try:
        return asyncio.get_running_loop().call_soon_threadsafe
    except RuntimeError:
        import trio

        return trio.lowlevel.current_trio_token().run_sync_soon


def sync_result(future: Future[T]) -> T:
    """Return the result of another thread."""
    return future.result()


def async_require_coroutine_function(function: object, argument: str) -> None:
    """Refuse a function that an async client could not await.

    Raises:
        ConfigurationError: the function is not a coroutine function.
    """
    if not iscoroutinefunction(function):
        raise ConfigurationError(f"{argument}= of an asynchronous client needs `async def` methods")


def sync_require_coroutine_function(function: object, argument: str) -> None:
    """Refuse a function that a sync client would have to await.

    Raises:
        ConfigurationError: the function is a coroutine function.
    """
    if iscoroutinefunction(function):
        raise ConfigurationError(f"{argument}= of a synchronous client needs plain methods")
