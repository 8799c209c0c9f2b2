"""The pool over real sockets: how many connections are opened, and who waits for one."""

from __future__ import annotations

import select
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.server import Asked, Exchange, response

from trunkline import errors

if TYPE_CHECKING:
    import socket

pytestmark = pytest.mark.parametrize("backend", BACKENDS)


def has_ended(connection: socket.socket) -> bool:
    """Return whether the client's end has arrived, or the server has seen it already."""
    try:
        return bool(select.select([connection], [], [], 0)[0])
    except (ValueError, OSError):  # closed
        return True


def test_sixteen_callers_share_one_client(backend: Backend) -> None:
    """Each call gets its own response; at most sixteen connections are opened."""

    def echo(asked: Asked) -> bytes:
        mark = asked.headers["x-mark"]
        time.sleep(0.001)
        return response(f'{{"call_sid": "{mark}", "data": [{{"call_sid": "{mark}"}}]}}'.encode())

    async def scenario(caller: Caller) -> None:
        async def many(number: int) -> list[str]:
            marks = [f"m{number}-{step}" for step in range(12)]
            got = [await caller.get(headers={"X-Mark": mark}) for mark in marks[::2]]
            got += [await caller.post(headers={"X-Mark": mark}) for mark in marks[1::2]]
            return [*sorted(got)] if sorted(got) != sorted(marks) else []

        wrong = await caller.together(*(lambda n=n: many(n) for n in range(16)))
        assert wrong == [[]] * 16
        assert caller.free == 100

    with Exchange(echo) as server:
        run(backend, scenario, base_url=server.url)
        assert server.connections <= 16


def test_no_more_connections_than_allowed(backend: Backend) -> None:
    """With max_connections=3, twelve calls at once open three connections and all get responses."""

    async def scenario(caller: Caller) -> None:
        results = await caller.together(*(caller.post for _ in range(12)))
        assert results == ["CA1"] * 12
        assert (caller.free, caller.idle) == (3, 3)

    def unhurried(_asked: Asked) -> bytes:
        time.sleep(0.02)
        return response()

    with Exchange(unhurried) as server:
        run(backend, scenario, base_url=server.url, max_connections=3)
        assert server.most_open == 3
        assert server.connections == 3


def test_waiting_for_a_place_has_a_limit(backend: Backend) -> None:
    """If no connection is free in time, nothing was sent, and the error says so."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(60)
        return response()

    async def scenario(caller: Caller) -> None:
        async def late() -> Exception:
            while not server.asked:
                await caller.tick()
            try:
                with pytest.raises(
                    errors.APITimeoutError, match=r"no connection .* 0\.05 s"
                ) as caught:
                    await caller.post(timeout=0.05, max_retries=0)
            finally:
                gate.set()
            return caught.value

        first, second = await caller.together(caller.post, late)
        assert first == "CA1"
        assert isinstance(second, errors.APITimeoutError)
        assert not isinstance(second, errors.AmbiguousResultError)
        assert not second.maybe_accepted
        assert caller.free == 1

    with Exchange(blocked) as server:
        run(backend, scenario, base_url=server.url, max_connections=1)
        assert len(server.asked) == 1


def test_the_deadline_bounds_the_wait_for_a_place(backend: Backend) -> None:
    """A call that spends its whole deadline in the queue raises DeadlineExceededError, unsent."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(60)
        return response()

    async def scenario(caller: Caller) -> None:
        async def late() -> None:
            while not server.asked:
                await caller.tick()
            try:
                with pytest.raises(errors.DeadlineExceededError):
                    await caller.post(deadline=0.05)
            finally:
                gate.set()

        results = await caller.together(caller.post, late)
        assert results == ["CA1", None]

    with Exchange(blocked) as server:
        run(backend, scenario, base_url=server.url, max_connections=1)
        assert len(server.asked) == 1


def test_one_too_many_is_never_open(backend: Backend) -> None:
    """A connection that cannot be reused is closed before another one replaces it."""
    still_open: list[int] = []

    def closing(_asked: Asked) -> bytes:
        still_open.extend(
            earlier.connection for earlier in server.asked[:-1] if not has_ended(earlier.socket)
        )
        return response(None, "Connection: close")

    async def scenario(caller: Caller) -> None:
        results = await caller.together(*(caller.post for _ in range(12)))
        assert results == ["CA1"] * 12

    with Exchange(closing) as server:
        run(backend, scenario, base_url=server.url, max_connections=1)
        assert server.connections == 12
        assert still_open == []


@pytest.mark.parametrize("value", [0, -1, 10_001, True, 2.5, "3", None])
def test_the_number_of_connections_is_checked(backend: Backend, value: Any) -> None:
    """max_connections is a whole number from 1 to ten thousand."""
    with pytest.raises(errors.ConfigurationError, match="max_connections"):
        Caller(backend, max_connections=value)
