"""One way to write a scenario for threads, asyncio and trio."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import anyio
from tests.pool_state import PoolState, pool_state

from trunkline import AsyncStateSetVoice, StateSetVoice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

T = TypeVar("T")
Backend = Literal["sync", "asyncio", "trio"]
BACKENDS: Final[tuple[Backend, ...]] = ("sync", "asyncio", "trio")
KEY = "ssv_0123456789abcdef"
TO = "+15555550123"


class Caller:
    """A client of one backend whose methods are awaited in every backend."""

    def __init__(self, backend: Backend, **settings: Any) -> None:
        self.backend = backend
        kind: Any = StateSetVoice if backend == "sync" else AsyncStateSetVoice
        self.client: Any = kind(KEY, **settings)

    async def get(self, **options: Any) -> str:
        """List the call logs and return the first's id."""
        logs = self.client.with_options(**options).call_logs.list()
        page = logs if self.backend == "sync" else await logs
        return str(page.items[0].call_sid)

    async def post(self, **options: Any) -> str:
        """Make a call and return its id."""
        made = self.client.with_options(**options).make_call(to=TO)
        return str((made if self.backend == "sync" else await made).call_sid)

    async def request(self, method: str, path: str, **arguments: Any) -> Any:
        """Send a custom request through the generated client's httpx client."""
        if self.backend == "sync":
            return self.client.raw.get_httpx_client().request(method, path, **arguments)
        client = self.client.raw.get_async_httpx_client()
        return await client.request(method, path, **arguments)

    async def aclose(self) -> None:
        if self.backend == "sync":
            self.client.close()
        else:
            await self.client.aclose()

    async def together(self, *calls: Callable[[], Awaitable[T]]) -> list[T | Exception]:
        """Make calls at the same time, in threads or tasks; failures are results too."""
        if self.backend == "sync":
            with ThreadPoolExecutor(len(calls)) as pool:
                return list(pool.map(lambda call: drive(_caught(call)), calls))
        results: dict[int, T | Exception] = {}

        async def one(number: int) -> None:
            results[number] = await _caught(calls[number])

        async with anyio.create_task_group() as group:
            for number in range(len(calls)):
                group.start_soon(one, number)
        return [results[number] for number in range(len(calls))]

    async def tick(self) -> None:
        """Let other threads or tasks run."""
        if self.backend == "sync":
            time.sleep(0.002)  # noqa: ASYNC251 - there is no event loop to block
        else:
            await anyio.sleep(0.002)

    @property
    def pool(self) -> PoolState:
        """The state of the client's pool."""
        return pool_state(self.client)

    @property
    def free(self) -> int:
        """How many more requests the pool can take."""
        return self.pool.size - self.pool.active

    @property
    def idle(self) -> int:
        """How many connections are idle."""
        return self.pool.idle


async def _caught(call: Callable[[], Awaitable[T]]) -> T | Exception:
    try:
        return await call()
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return error


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # what the coroutine returned
    raise AssertionError("the sync client must not wait for an event loop")


def run(
    backend: Backend, scenario: Callable[[Caller], Coroutine[Any, Any, T]], **settings: Any
) -> T:
    """Run a scenario with a new client, which is closed at the end."""

    async def whole() -> T:
        caller = Caller(backend, **settings)
        try:
            return await scenario(caller)
        finally:
            await caller.aclose()

    if backend == "sync":
        return drive(whole())
    return anyio.run(whole, backend=backend)
