"""Cancellation at every point where a call can be suspended: no leaks, no mixed-up responses."""

from __future__ import annotations

import asyncio
import gc
import gzip
import threading
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import pytest
import trio
from tests.engine.backends import KEY, TO
from tests.engine.certificates import Authority
from tests.engine.server import Asked, Exchange, response
from tests.pool_state import pool_state

from trunkline import AsyncStateSetVoice

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator

FAR = 400  # no call is suspended this often


def reply(asked: Asked) -> bytes:
    """Return a response that takes several steps to read."""
    packed = gzip.compress(response().partition(b"\r\n\r\n")[2])
    if "chunked" in asked.headers.get("x-form", ""):
        pieces = [packed[:20], packed[20:]]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        return head + body + b"0\r\n\r\n"
    return response()


async def get(client: AsyncStateSetVoice) -> None:
    await client.with_options(headers={"X-Form": "chunked"}).call_logs.list()


async def post(client: AsyncStateSetVoice) -> None:
    await client.make_call(to=TO, greeting="x" * 40_000)


async def list_all(client: AsyncStateSetVoice) -> None:
    async for _ in client.call_logs.list():
        pass


async def queued(client: AsyncStateSetVoice) -> None:
    """With only one connection, the second call waits for the first."""
    async with anyio.create_task_group() as group:
        group.start_soon(get, client)
        await anyio.lowlevel.checkpoint()
        await get(client)


ACTS = {act.__name__: act for act in (get, post, list_all, queued)}


@pytest.fixture(params=["http", "https"])
def server(request: pytest.FixtureRequest) -> Generator[Exchange]:
    tls = Authority().server() if request.param == "https" else None
    with Exchange(reply, tls) as made:
        yield made


def settings(server: Exchange) -> dict[str, Any]:
    return {
        "base_url": server.url,
        "verify": Authority().context() if server.url.startswith("https") else True,
        "max_connections": 1,
        "max_retries": 0,
    }


class CancelledAt:
    """Awaits an awaitable, and cancels the task at its n-th suspension."""

    def __init__(self, inner: Coroutine[Any, Any, Any], number: int) -> None:
        self.inner, self.number = inner, number
        self.suspensions = 0

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self.inner.__await__()
        proceed: Callable[[], Any] = partial(steps.send, None)
        while True:
            try:
                waited_for = proceed()
            except StopIteration as done:
                return done.value
            self.suspensions += 1
            if self.suspensions == self.number:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
            try:
                proceed = partial(steps.send, (yield waited_for))
            except BaseException as error:  # noqa: BLE001 - passed on to the coroutine
                proceed = partial(steps.throw, error)


def whole(client: Any, size: int = 1) -> bool:
    """Whether the whole pool is free."""
    state = pool_state(client)
    return state.active == 0 and state.size == size


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize("act", ACTS)
def test_asyncio_calls_may_be_cancelled_anywhere(server: Exchange, act: str, *, warm: bool) -> None:
    """After a cancellation at the n-th suspension, for every n, the client works as before."""

    async def cut(number: int) -> bool:
        async with AsyncStateSetVoice(KEY, **settings(server)) as client:
            if warm:
                await get(client)
            attempt = CancelledAt(ACTS[act](client), number)
            task = asyncio.ensure_future(_await(attempt))
            await asyncio.wait([task])
            assert whole(client), number
            await get(client)
            assert whole(client), number
            if not task.cancelled():
                task.result()
            return task.cancelled()

    async def scenario() -> int:
        async with aclosing(_first_uncut(cut)) as found:
            return await anext(found)

    assert 1 + (not warm) < asyncio.run(scenario()) < FAR
    gc.collect()


async def _first_uncut(cut: Callable[[int], Awaitable[bool]]) -> AsyncGenerator[int]:
    for number in range(1, FAR):
        if not await cut(number):
            yield number


async def _await(what: Awaitable[Any]) -> None:
    await what


class CancelScopeAt(trio.abc.Instrument):
    """Cancels a scope at the n-th step of a task."""

    def __init__(self, number: int) -> None:
        self.number, self.steps = number, 0
        self.scope = trio.CancelScope()
        self.task: trio.lowlevel.Task | None = None

    def after_task_step(self, task: trio.lowlevel.Task) -> None:
        if task is self.task:
            self.steps += 1
            if self.steps == self.number:
                self.scope.cancel()


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize("act", ACTS)
def test_trio_calls_may_be_cancelled_anywhere(server: Exchange, act: str, *, warm: bool) -> None:
    """The same under trio, where scopes cancel."""

    async def cut(number: int) -> bool:
        async with AsyncStateSetVoice(KEY, **settings(server)) as client:
            if warm:
                await get(client)
            knife = CancelScopeAt(number)
            trio.lowlevel.add_instrument(knife)
            with knife.scope:
                knife.task = trio.lowlevel.current_task()
                await ACTS[act](client)
            trio.lowlevel.remove_instrument(knife)
            assert whole(client), number
            await get(client)
            assert whole(client), number
            return knife.scope.cancelled_caught

    async def scenario() -> int:
        async with aclosing(_first_uncut(cut)) as found:
            return await anext(found)

    assert 1 + (not warm) < trio.run(scenario) < FAR
    gc.collect()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_post_is_not_repeated(backend: str) -> None:
    """A cancelled call is not placed twice."""
    begun, cancelled = threading.Event(), threading.Event()

    def reply_late(_asked: Asked) -> bytes:
        begun.set()
        cancelled.wait(60)
        return response()

    async def scenario() -> None:
        async with AsyncStateSetVoice(KEY, base_url=server.url) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(partial(client.make_call, to=TO))
                await anyio.to_thread.run_sync(begun.wait)
                group.cancel_scope.cancel()
            cancelled.set()
            await client.call_logs.list()

    with Exchange(reply_late) as server:
        anyio.run(scenario, backend=backend)
        assert [asked.method for asked in server.asked] == ["POST", "GET"]
