"""Runs tool calls: a bounded number at once, each within its time limit, each call once."""

from __future__ import annotations

import asyncio
import contextvars
import json
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from trunkline.webhooks._fork import restart_in_children
from trunkline.webhooks._logs import logger as _log
from trunkline.webhooks._workers import call_in_worker, run_coroutine
from trunkline.webhooks.responses import Reply
from trunkline.webhooks.tools.responses import failure, success
from trunkline.webhooks.tools.tool import ToolArgumentError, ToolResultError

if TYPE_CHECKING:
    from trunkline.webhooks.events.pamela import ToolExecution
    from trunkline.webhooks.tools.tool import Tool

__all__ = ["ToolExecutor"]


class ToolTimeoutError(Exception):
    """A coroutine did not end within its time limit."""


class InvalidArgumentsError(Exception):
    """The arguments do not fit; a ToolArgumentError raised by the tool is an ordinary failure."""


@dataclass(slots=True, eq=False)
class Run:
    """One execution, which several deliveries of the same call may wait for.

    Attributes:
        tool: what runs.
        event: the tool call that started it.
        reply: the response, once there is one.
        work: what to cancel when time is up: a queued call, or a task of an event loop.
        started: whether the function has been called.
    """

    tool: Tool
    event: ToolExecution
    reply: Future[Reply] = field(default_factory=Future[Reply])
    work: Future[None] | asyncio.Task[None] | None = None
    started: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.event.call_id, self.event.correlation_id

    def is_for(self, event: ToolExecution) -> bool:
        """Whether a delivery has the same tool and arguments."""
        # Compared as JSON, where 1 and true differ.
        own, other = (
            json.dumps([one.tool_name, one.arguments], sort_keys=True, default=repr)
            for one in (self.event, event)
        )
        return own == other


class ToolExecutor:
    """Executes tool calls and remembers their responses by correlation id, in this process."""

    def __init__(self, *, max_concurrency: int, max_remembered: int) -> None:
        self._max_concurrency = max_concurrency
        self._max_remembered = max_remembered
        self.restart()
        restart_in_children(self)

    def restart(self) -> None:
        """Reset threads and remembered responses; called in the child after a fork."""
        self._pool = ThreadPoolExecutor(self._max_concurrency, thread_name_prefix="trunkline-tool")
        self._closed = False
        self._semaphores = WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]()
        self._lock = threading.Lock()
        self._runs = OrderedDict[tuple[str, str], Run]()

    def run(self, tool: Tool, event: ToolExecution) -> Reply:
        run, is_new = self._claim(tool, event)
        if is_new:
            self._start_in_pool(run)
        elif not run.is_for(event):
            return failure(event, "conflict")
        try:
            return run.reply.result(tool.response_timeout)
        except TimeoutError:
            return self._give_up(run)

    async def arun(self, tool: Tool, event: ToolExecution) -> Reply:
        """:meth:`run` for asyncio; coroutine functions run in this event loop."""
        run, is_new = self._claim(tool, event)
        if is_new and tool.is_async:
            self._start_here(run)
        elif is_new:
            self._start_in_pool(run, asyncio.get_running_loop())
        elif not run.is_for(event):
            return failure(event, "conflict")
        try:
            return await _wait(run.reply, tool.response_timeout)
        except TimeoutError:
            return self._give_up(run)

    def close(self) -> None:
        """Accept no more calls; running tools finish."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _claim(self, tool: Tool, event: ToolExecution) -> tuple[Run, bool]:
        new = Run(tool, event)
        with self._lock:
            run = self._runs.setdefault(new.key, new)
            if run is new:
                self._forget_oldest()
        return run, run is new

    def _forget_oldest(self) -> None:
        surplus = len(self._runs) - self._max_remembered
        done = [key for key, run in self._runs.items() if run.reply.done()]
        for key in done[: max(0, surplus)]:
            del self._runs[key]

    def _give_up(self, run: Run) -> Reply:
        """Return the response when time is up; a tool that has not started may be called again."""
        # cancelled() is for repetitions, when an earlier one has already cancelled it.
        cancelled = run.work is not None and (run.work.cancel() or run.work.cancelled())
        if run.started or not cancelled:
            return failure(run.event, "timed_out")
        with self._lock:
            self._forget(run)
        return failure(run.event, "busy")

    def _forget(self, run: Run) -> None:
        if self._runs.get(run.key) is run:
            del self._runs[run.key]

    def _start_here(self, run: Run) -> None:
        if self._closed:
            self._refuse(run)
        else:
            run.work = asyncio.ensure_future(self._run_here(run))

    def _start_in_pool(self, run: Run, loop: asyncio.AbstractEventLoop | None = None) -> None:
        context = contextvars.copy_context()
        try:
            run.work = self._pool.submit(
                context.run, call_in_worker, self._run_in_thread, run, loop
            )
        except RuntimeError as error:  # closed, or the system has no thread left
            _log.error("tool %s could not be started", run.tool.name, exc_info=error)
            self._refuse(run)

    def _refuse(self, run: Run) -> None:
        with self._lock:
            # A pool that could not start a thread keeps the call, and another thread may run it.
            if not run.started:
                self._forget(run)
                run.reply.set_result(failure(run.event, "busy"))

    def _begin(self, run: Run) -> bool:
        with self._lock:
            run.started = not run.reply.done()
        return run.started

    def _run_in_thread(self, run: Run, loop: asyncio.AbstractEventLoop | None) -> None:
        if not self._begin(run):
            return
        try:
            result = run.tool.function(**_arguments(run))
            if isawaitable(result):
                result = _finish(result, run.tool.response_timeout, loop)
            reply = success(run.event, run.tool.dump(result))
        except BaseException as error:  # noqa: BLE001 - every waiter needs a response
            reply = _explain(run, error)
        run.reply.set_result(reply)

    async def _run_here(self, run: Run) -> None:
        async with self._semaphore():
            run.started = True
            try:
                result = await run.tool.function(**_arguments(run))
                reply = success(run.event, run.tool.dump(result))
            except asyncio.CancelledError as error:
                reply = _explain_cancellation(run, error)
            except BaseException as error:  # noqa: BLE001 - every waiter needs a response
                reply = _explain(run, error)
            run.reply.set_result(reply)

    def _semaphore(self) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        return self._semaphores.setdefault(loop, asyncio.Semaphore(self._max_concurrency))


def _arguments(run: Run) -> dict[str, Any]:
    try:
        return run.tool.bind(run.event)
    except ToolArgumentError as error:
        raise InvalidArgumentsError from error


def _explain(run: Run, error: BaseException) -> Reply:
    """Respond to an exception: the agent receives what it can correct, the log the rest."""
    cause = error.__cause__
    if isinstance(error, InvalidArgumentsError) and isinstance(cause, ToolArgumentError):
        if cause.__cause__ is not None:
            _log.error("tool %s refused its arguments", run.tool.name, exc_info=cause)
        return failure(run.event, "invalid_arguments", message=str(cause), field=cause.field)
    _log.error("tool %s failed", run.tool.name, exc_info=error)
    if isinstance(error, ToolResultError):
        return failure(run.event, "invalid_result")
    if isinstance(error, ToolTimeoutError):
        return failure(run.event, "timed_out")
    return failure(run.event, "failed")


def _explain_cancellation(run: Run, error: BaseException) -> Reply:
    """Respond when time is up, the loop stops, or the tool raised CancelledError itself."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        return failure(run.event, "timed_out")
    return _explain(run, error)


async def _wait(reply: Future[Reply], seconds: float) -> Reply:
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def wake(_: Future[Reply]) -> None:
        with suppress(RuntimeError):  # the loop is closed, so nothing is waiting
            loop.call_soon_threadsafe(done.set)

    reply.add_done_callback(wake)
    async with asyncio.timeout(seconds):
        await done.wait()
    return reply.result()


def _finish(awaitable: Any, seconds: float, loop: asyncio.AbstractEventLoop | None) -> Any:
    """Wait in a thread for an awaitable that a function returned.

    It runs in the event loop of the request, if there is one: what it uses may belong to that loop.
    """
    if loop is None:
        return run_coroutine(_limited(awaitable, seconds))
    # One second more, so that the thread is free again even if the loop has stopped.
    return asyncio.run_coroutine_threadsafe(_limited(awaitable, seconds), loop).result(seconds + 1)


async def _limited(awaitable: Any, seconds: float) -> Any:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await awaitable
    except TimeoutError as error:
        # A timeout inside the function is an ordinary failure.
        raise (ToolTimeoutError() if limit.expired() else error) from None
