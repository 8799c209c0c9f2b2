"""Delivery handling as a generator of effects, and the functions that run them.

The generator in :mod:`trunkline.webhooks.endpoint` decides; it performs nothing itself, but yields
an :class:`Effect` for everything that may block. :func:`run` or :func:`arun` performs it, blocking
or awaiting, and sends the result, or throws the exception, back into it. So the order of claim,
handler, confirm and release is written once for synchronous and asynchronous frameworks, as in
httpx's ``auth_flow``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from trunkline.webhooks._workers import call_in_worker, run_coroutine

if TYPE_CHECKING:
    from asyncio import CancelledError

__all__ = ["Effect", "Effects", "arun", "run"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effect:
    """An operation that may block.

    Attributes:
        function: what to call; it may be a coroutine function.
        args: its arguments.
        blocking: False when an event loop may call the function directly.
        async_function: what to call instead where an event loop runs; None for ``function``.
        settles: True for an operation that must run even after a cancellation.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    blocking: bool = True
    async_function: Callable[..., Any] | None = None
    settles: bool = False


Effects: TypeAlias = Generator[Effect, Any, T]
"""Yields effects, receives their results, returns a value."""


def run(steps: Effects[T]) -> T:
    step: Callable[[], Effect] = partial(steps.send, None)
    while True:
        try:
            effect = step()
        except StopIteration as stop:
            value: T = stop.value
            return value
        try:
            step = partial(steps.send, _perform(effect))
        except BaseException as error:  # noqa: BLE001 - the steps decide, also about interrupts
            step = partial(steps.throw, _translate_cancellation(error))


async def arun(steps: Effects[T]) -> T:
    """Run the steps in this event loop, blocking ones in a thread.

    When the task is cancelled, CancelledError is raised only after a running thread has ended and
    its result is settled.
    """
    step: Callable[[], Effect] = partial(steps.send, None)
    performer = _Performer()
    while True:
        try:
            effect = step()
        except StopIteration as stop:
            performer.require_uncancelled()
            value: T = stop.value
            return value
        try:
            step = partial(steps.send, await performer.perform(effect))
        except BaseException as error:  # noqa: BLE001 - the steps decide, also about cancellation
            step = partial(steps.throw, performer.translate(error))


def _perform(effect: Effect) -> Any:
    result = effect.function(*effect.args)
    return run_coroutine(result) if isawaitable(result) else result


class _Performer:
    """Performs the effects of one delivery, and remembers a cancellation of the task."""

    def __init__(self) -> None:
        self._cancelled: CancelledError | None = None

    async def perform(self, effect: Effect) -> Any:
        if not effect.settles:
            self.require_uncancelled()
            return await self._make(effect)
        import asyncio

        try:
            return await self._make(effect)
        except asyncio.CancelledError as error:
            if not _is_cancelled():
                raise
            self._cancelled = error
        # A loop that stops cancels each task once, and settling a claim twice is harmless.
        return await self._make(effect)

    async def _make(self, effect: Effect) -> Any:
        function = effect.async_function or effect.function
        if effect.blocking and not iscoroutinefunction(function):
            result = await self._in_thread(function, *effect.args)
        else:
            result = function(*effect.args)
        return await result if isawaitable(result) else result

    def require_uncancelled(self) -> None:
        if self._cancelled is not None:
            raise self._cancelled

    def translate(self, error: BaseException) -> BaseException:
        return error if _is_cancelled() else _translate_cancellation(error)

    async def _in_thread(self, function: Callable[..., Any], *args: Any) -> Any:
        # A thread cannot be stopped, so wait for it even when cancelled: releasing the claim of a
        # handler that still runs would let it run twice.
        import asyncio
        from contextvars import copy_context

        call = partial(copy_context().run, call_in_worker, _contained, function, *args)
        # Not a task: a loop that shuts down cancels those.
        work = asyncio.get_running_loop().run_in_executor(None, call)
        while not work.done():
            try:
                await asyncio.wait([work])
            except asyncio.CancelledError as error:
                self._cancelled = error
        return work.result()


def _contained(function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except StopIteration as error:
        # A future cannot hold it: waiting for the thread would never end.
        raise RuntimeError("a handler or store raised StopIteration") from error


def _is_cancelled() -> bool:
    import asyncio

    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _translate_cancellation(error: BaseException) -> BaseException:
    """Return the error; a RuntimeError for one that would end the steps before they settle."""
    if isinstance(error, Exception):
        return error
    from asyncio import CancelledError

    if not isinstance(error, CancelledError | GeneratorExit):
        return error
    failure = RuntimeError(
        f"a handler or store raised {type(error).__name__}, which is not its own"
    )
    failure.__cause__ = error
    return failure
