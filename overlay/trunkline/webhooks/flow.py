"""The steps of a delivery as a generator, and the two drivers that carry them out.

The generator in :mod:`trunkline.webhooks.endpoint` decides; it performs nothing itself, but yields
a :class:`Call` for everything that may wait. A driver makes the call, blocking or awaiting, and
sends the result, or throws the exception, back into it. So the order of claim, handler, confirm
and release is written once for synchronous and asynchronous frameworks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from typing import Any, TypeAlias, TypeVar

__all__ = ["Call", "Flow", "adrive", "drive"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """Something to do that may wait.

    Attributes:
        function: what to call; it may be a coroutine function.
        args: its arguments.
        blocking: False when an event loop may call the function directly.
        twin: what to call instead where an event loop runs; None for ``function``.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    blocking: bool = True
    twin: Callable[..., Any] | None = None


Flow: TypeAlias = Generator[Call, Any, T]
"""Yields calls, receives their results, returns a value."""


def drive(flow: Flow[T]) -> T:
    """Carry out the steps in this thread, one after the other."""
    step: Callable[[], Call] = partial(flow.send, None)
    while True:
        try:
            call = step()
        except StopIteration as stop:
            value: T = stop.value
            return value
        try:
            step = partial(flow.send, _call(call))
        except BaseException as error:  # noqa: BLE001 - the flow decides, also about interrupts
            step = partial(flow.throw, error)


async def adrive(flow: Flow[T]) -> T:
    """Carry out the steps in this event loop, blocking ones in a thread."""
    step: Callable[[], Call] = partial(flow.send, None)
    while True:
        try:
            call = step()
        except StopIteration as stop:
            value: T = stop.value
            return value
        try:
            step = partial(flow.send, await _acall(call))
        except BaseException as error:  # noqa: BLE001 - the flow decides, also about cancellation
            step = partial(flow.throw, error)


def _call(call: Call) -> Any:
    result = call.function(*call.args)
    if not isawaitable(result):
        return result
    import asyncio

    return asyncio.run(_finish(result))


async def _finish(result: Awaitable[Any]) -> Any:
    return await result


async def _acall(call: Call) -> Any:
    function = call.twin or call.function
    if call.blocking and not iscoroutinefunction(function):
        import asyncio

        result = await asyncio.to_thread(function, *call.args)
    else:
        result = function(*call.args)
    return await result if isawaitable(result) else result
