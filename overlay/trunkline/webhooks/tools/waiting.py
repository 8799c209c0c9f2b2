"""Waits across threads and event loops, for so long and no longer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Future

    from trunkline.webhooks.answers import Reply

__all__ = ["LateError", "finish", "wait"]


class LateError(Exception):
    """A coroutine did not end within its time limit."""


async def wait(reply: Future[Reply], seconds: float) -> Reply:
    """The answer that a thread or another task gives.

    Raises:
        TimeoutError: when there is none in time.
    """
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def wake(_: Future[Reply]) -> None:
        with suppress(RuntimeError):  # the loop is closed, so nobody waits any more
            loop.call_soon_threadsafe(done.set)

    reply.add_done_callback(wake)
    async with asyncio.timeout(seconds):
        await done.wait()
    return reply.result()


def finish(awaitable: Any, seconds: float, loop: asyncio.AbstractEventLoop | None) -> Any:
    """Wait in a thread for what a function returned to be awaited.

    It runs in the event loop of the request where there is one: what it uses may belong there.
    """
    if loop is None:
        return asyncio.run(_limited(awaitable, seconds))
    # One second more, so that the thread is free again even if the loop has stopped.
    return asyncio.run_coroutine_threadsafe(_limited(awaitable, seconds), loop).result(seconds + 1)


async def _limited(awaitable: Any, seconds: float) -> Any:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await awaitable
    except TimeoutError as error:
        # A timeout of the function's own is a failure like any other.
        raise (LateError() if limit.expired() else error) from None
