"""Call handlers in threads and event loops of this package.

Django closes database connections after each request; here that has to be done explicitly.
Under gevent and eventlet all greenlets share one thread, where only one event loop can run, so
coroutines get a native thread there.
"""

from __future__ import annotations

import sys
from contextvars import copy_context
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["call_in_worker", "run_coroutine"]

T = TypeVar("T")


def call_in_worker(function: Callable[..., T], *args: Any) -> T:
    """Call a function, and close old Django connections before and after it."""
    _close_old_django_connections()
    try:
        return function(*args)
    finally:
        _close_old_django_connections()


def run_coroutine(awaitable: Awaitable[T]) -> T:
    """Run an awaitable in a new event loop, and wait for it."""
    import asyncio

    in_other_thread = _native_thread_of_greenlets() or _thread_beside_event_loop()
    if in_other_thread is None:
        return asyncio.run(_as_coroutine(awaitable))
    context = copy_context()
    result: T = in_other_thread(context.run, call_in_worker, asyncio.run, _as_coroutine(awaitable))
    return result


async def _as_coroutine(awaitable: Awaitable[T]) -> T:
    return await awaitable


def _native_thread_of_greenlets() -> Callable[..., Any] | None:
    """Return a function that calls another in a native thread; None without greenlets."""
    # Not imported: an application that uses gevent or eventlet has imported it.
    monkey: Any = sys.modules.get("gevent.monkey")
    if monkey is not None and monkey.is_module_patched("threading"):
        hub: Any = import_module("gevent").get_hub()

        def call(*args: Any) -> Any:
            return hub.threadpool.spawn(*args).get()

        return call
    patcher: Any = sys.modules.get("eventlet.patcher")
    if patcher is not None and patcher.is_monkey_patched("thread"):
        execute: Callable[..., Any] = import_module("eventlet.tpool").execute
        return execute
    return None


def _thread_beside_event_loop() -> Callable[..., Any] | None:
    """Return a function that calls another in a new thread; None without an event loop here."""
    from asyncio import get_running_loop

    try:
        get_running_loop()
    except RuntimeError:
        return None
    from concurrent.futures import ThreadPoolExecutor

    def call(*args: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(*args).result()

    return call


def _close_old_django_connections() -> None:
    conf: Any = sys.modules.get("django.conf")
    database: Any = sys.modules.get("django.db")
    if database is not None and conf is not None and conf.settings.configured:
        database.close_old_connections()
