"""Clients with throttle=: when they wait, which limiter they use, and what they refuse."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import Any

import anyio
import httpx
import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.rate_limits import _keys
from tests.engine.server import MADE, Exchange, response
from tests.engine.support import Clock, build_request

from trunkline import AsyncStateSetVoice, StateSetVoice, errors
from trunkline._engine.headers import RateLimit
from trunkline.limits import AsyncLimiter, Limiter


def test_a_limiter_of_the_other_kind_is_refused() -> None:
    """The client's constructor raises, and the error says what is needed."""

    class Plain:
        def reserve(self, within: float) -> float:
            return within

        def heed(self, limit: Any) -> None: ...

    class Awaited:
        async def reserve(self, within: float) -> float:
            return within

        async def heed(self, limit: Any) -> None: ...

    wrong: Any = Plain()
    with pytest.raises(errors.ConfigurationError, match="async def"):
        AsyncStateSetVoice("k", throttle=wrong)
    wrong = Awaited()
    with pytest.raises(errors.ConfigurationError, match="plain methods"):
        StateSetVoice("k", throttle=wrong)


def responding(headers: dict[str, str] | None = None) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _request: httpx.Response(200, headers=headers, json=MADE))


def settings(clock: Clock, **more: Any) -> dict[str, Any]:
    url = f"http://acme-{next(_keys)}.example"  # a server that no other test uses
    defaults = {"transport": responding(), "throttle": True}
    return {"base_url": url, "runtime": clock.runtime(), **defaults, **more}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_holds_its_requests_back(backend: Backend) -> None:
    """Ten calls of StateSet Voice in a row: three at once, the others about a second apart."""
    clock = Clock()

    async def scenario(caller: Caller) -> None:
        for _ in range(5):
            await caller.get()
            await caller.post()

    run(backend, scenario, **settings(clock))
    assert clock.sleeps == pytest.approx([60 / 58] * 7)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_for_each_call_is_held_back_as_well(backend: Backend) -> None:
    """The server still counts after a client was closed, and so does the SDK."""
    clock = Clock()
    one_server = settings(clock)

    async def scenario(caller: Caller) -> None:
        await caller.post()

    for _ in range(5):
        run(backend, scenario, **one_server)
        gc.collect()
    assert clock.sleeps == pytest.approx([60 / 58] * 2)


@dataclass
class Stuck(Clock):
    """Time that does not pass for waiters until they are released."""

    patient: bool = False

    def sleep(self, delay: float) -> None:
        if not self.patient:
            raise KeyboardInterrupt
        super().sleep(delay)

    async def async_sleep(self, delay: float) -> None:
        if not self.patient:
            await anyio.sleep_forever()
        await super().async_sleep(delay)


async def give_up(caller: Caller) -> None:
    """Make many calls that are ended while they wait for their slots."""
    if caller.backend == "sync":
        for _ in range(40):
            with pytest.raises(KeyboardInterrupt):
                await caller.post()
        return
    async with anyio.create_task_group() as group:
        for _ in range(40):
            group.start_soon(caller.post)
        await anyio.wait_all_tasks_blocked()
        group.cancel_scope.cancel()


@pytest.mark.parametrize("backend", BACKENDS)
def test_calls_that_are_given_up_keep_nobody_waiting(backend: Backend) -> None:
    """After forty cancelled calls, the next waits as long as if they had never been made."""
    clock = Stuck()

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            await caller.post()
        await give_up(caller)
        clock.patient = True
        assert await caller.post(deadline=2.0) == "CA1"

    run(backend, scenario, **settings(clock))
    assert clock.sleeps == pytest.approx([60 / 58])


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_cannot_begin_in_time_is_not_sent(backend: Backend) -> None:
    """The deadline cannot be met: the error is raised at once with the wait; nothing was sent."""
    clock = Clock()

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            await caller.post()
        with pytest.raises(errors.DeadlineExceededError, match="own throttle") as caught:
            await caller.post(deadline=1.0)
        assert caught.value.retry_after == pytest.approx(60 / 58)
        assert not caught.value.maybe_accepted
        assert await caller.post(deadline=2.0) == "CA1"

    run(backend, scenario, **settings(clock))
    assert clock.sleeps == pytest.approx([60 / 58])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_heeds_what_responses_tell(backend: Backend) -> None:
    """Two requests left for ten seconds: one now, one five seconds later."""
    clock = Clock()
    told = {"X-RateLimit-Remaining": "2", "X-RateLimit-Reset": "10"}

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            await caller.get()

    run(backend, scenario, **settings(clock, transport=responding(told)))
    assert clock.sleeps == pytest.approx([5.0])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_limiter_of_the_caller_s_is_asked(backend: Backend) -> None:
    """It says how long to wait and receives the server's limits."""
    clock = Clock()
    heard: list[RateLimit] = []

    class Shared:
        def reserve(self, within: float) -> float:
            assert within == 60
            return 2.5

        def heed(self, limit: RateLimit) -> None:
            heard.append(limit)

    class AsyncShared:
        async def reserve(self, within: float) -> float:
            return Shared().reserve(within)

        async def heed(self, limit: RateLimit) -> None:
            Shared().heed(limit)

    limiter: Any = Shared() if backend == "sync" else AsyncShared()
    assert isinstance(limiter, Limiter if backend == "sync" else AsyncLimiter)
    told = {"X-RateLimit-Limit": "7"}

    async def scenario(caller: Caller) -> None:
        await caller.post()

    run(backend, scenario, **settings(clock, throttle=limiter, transport=responding(told)))
    assert clock.sleeps == [2.5]
    assert heard == [RateLimit(7)]


class Asked:
    """A limiter that counts how often it is asked, and may raise when it receives limits."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.places, self._failure = 0, failure

    def reserve(self, within: float) -> float:  # noqa: ARG002 - a limiter's signature
        self.places += 1
        return 0.0

    def heed(self, limit: RateLimit) -> None:  # noqa: ARG002 - a limiter's signature
        if self._failure is not None:
            raise self._failure

    def of_kind(self, backend: Backend) -> Any:
        return self if backend == "sync" else Awaited(self)


class Awaited:
    """The same for tasks."""

    def __init__(self, limiter: Asked) -> None:
        self._limiter = limiter

    async def reserve(self, within: float) -> float:
        return self._limiter.reserve(within)

    async def heed(self, limit: RateLimit) -> None:
        self._limiter.heed(limit)


@pytest.mark.parametrize("failure", [ConnectionError("the store is away"), KeyboardInterrupt()])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_limiter_that_fails_costs_no_place(backend: Backend, failure: BaseException) -> None:
    """A download's unread body releases its connection."""
    limiter = Asked(failure)

    async def opened(session: Any) -> Any:
        made = session.send_request(build_request(session.context, "GET", "/file"))
        return made if backend == "sync" else await made

    async def scenario(caller: Caller) -> None:
        raw = caller.client.raw
        get = raw.get_httpx_client if backend == "sync" else raw.get_async_httpx_client
        with pytest.raises(type(failure)):
            await opened(get())
        assert caller.free == 100

    with Exchange(lambda _: response(None, "X-RateLimit-Limit: 5")) as server:
        run(backend, scenario, base_url=server.url, throttle=limiter.of_kind(backend))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_paused_call_takes_one_place(backend: Backend) -> None:
    """It is held back first, and reserves its slot when it may be sent."""
    clock, limiter = Clock(), Asked()

    async def scenario(caller: Caller) -> None:
        raw: Any = caller.client.raw
        get = raw.get_httpx_client if backend == "sync" else raw.get_async_httpx_client
        context = get().context
        context.cooldowns.note("GET /some", clock.now + 3)
        await caller.request("GET", "/some")

    run(backend, scenario, **settings(clock, throttle=limiter.of_kind(backend)))
    assert (limiter.places, clock.sleeps) == (1, [3.0])


@pytest.mark.parametrize("value", [None, 1, "yes", object(), 0])
def test_anything_else_is_refused(value: Any) -> None:
    """throttle= takes True, False or a limiter."""
    with pytest.raises(errors.ConfigurationError, match="throttle="):
        Caller("sync", throttle=value)


def test_off_means_no_layer_at_all() -> None:
    """Without throttle= there is no layer between the session and the pool."""
    plain, throttled = Caller("sync"), Caller("sync", throttle=True)
    assert "RateLimited" not in repr(plain.client.raw.get_httpx_client())
    assert "RateLimited" in repr(throttled.client.raw.get_httpx_client())
    for caller in (plain, throttled):
        caller.client.close()
