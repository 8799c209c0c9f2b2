"""Which connection of the pool carries the next request."""

from __future__ import annotations

import socket
import struct
import threading

import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.pool_clients import Offset
from tests.engine.server import Asked, Exchange, response

from trunkline import errors

pytestmark = pytest.mark.parametrize("backend", BACKENDS)


def test_one_connection_serves_one_caller(backend: Backend) -> None:
    """Twenty calls in a row go through one connection."""

    async def scenario(caller: Caller) -> None:
        for _ in range(10):
            assert await caller.get() == "CA1"
            assert await caller.post() == "CA1"
        assert caller.idle == 1

    with Exchange() as server:
        run(backend, scenario, base_url=server.url)
        assert server.connections == 1


@pytest.mark.parametrize("kind", ["get", "post"])
def test_a_connection_that_the_server_closed_is_replaced(backend: Backend, kind: str) -> None:
    """Found closed before a byte was written: a new one is opened silently, for a POST too."""

    async def scenario(caller: Caller) -> None:
        call = getattr(caller, kind)
        await call()
        server.hang_up()
        while server.open:
            await caller.tick()
        raw = await call(max_retries=0)
        assert raw == "CA1"
        assert (caller.free, caller.idle) == (100, 1)

    with Exchange() as server:
        run(backend, scenario, base_url=server.url)
        assert (server.connections, len(server.asked)) == (2, 2)


def test_a_reset_after_the_first_byte_is_never_replayed(backend: Backend) -> None:
    """Also on a kept connection, a POST that was sent and got no response is ambiguous."""

    def second_time_reset(asked: Asked) -> bytes | None:
        if len(server.asked) % 2:
            return response()
        asked.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return None

    async def scenario(caller: Caller) -> None:
        await caller.post()
        with pytest.raises(errors.AmbiguousResultError) as caught:
            await caller.post(max_retries=5)
        assert caught.value.attempts == 1
        await caller.get()
        assert await caller.get() == "CA1"  # reset and retried, because GET is safe
        assert caller.free == 100

    with Exchange(second_time_reset) as server:
        run(backend, scenario, base_url=server.url)
        assert [asked.method for asked in server.asked] == ["POST", "POST", "GET", "GET", "GET"]


def test_a_post_takes_only_a_fresh_connection(backend: Backend) -> None:
    """After four idle seconds a POST opens a connection; a GET still uses the old one."""
    clock = Offset()

    async def scenario(caller: Caller) -> None:
        await caller.get()
        clock.ahead += 3
        await caller.post()
        clock.ahead += 5
        await caller.post()
        assert caller.idle == 2
        clock.ahead += 5
        await caller.get()
        assert caller.idle == 2

    with Exchange() as server:
        run(backend, scenario, base_url=server.url, **clock.settings)
        assert [asked.connection for asked in server.asked] == [1, 1, 2, 2]


def test_idle_connections_end_after_half_a_minute(backend: Backend) -> None:
    """What has been idle for longer is closed and replaced."""
    clock = Offset()

    async def scenario(caller: Caller) -> None:
        await caller.get()
        clock.ahead += 31
        await caller.get()
        assert caller.idle == 1

    with Exchange() as server:
        run(backend, scenario, base_url=server.url, **clock.settings)
        assert [asked.connection for asked in server.asked] == [1, 2]


def test_the_oldest_idle_connection_is_reaped(backend: Backend) -> None:
    """After a burst, each later call closes one connection that is no longer needed."""
    clock = Offset()
    together = threading.Barrier(5)

    def all_at_once(asked: Asked) -> bytes:
        if "x-rush" in asked.headers:
            together.wait(60)
        return response()

    async def scenario(caller: Caller) -> None:
        rush = {"headers": {"X-Rush": "1"}}
        await caller.together(*(lambda: caller.get(**rush) for _ in range(5)))
        assert caller.idle == 5
        for _ in range(40):
            clock.ahead += 1
            await caller.get()
        assert caller.idle == 1

    with Exchange(all_at_once) as server:
        run(backend, scenario, base_url=server.url, **clock.settings)
        assert server.connections == 5


def test_idle_connections_make_room(backend: Backend) -> None:
    """Idle ones that a POST may not use are closed if they would exceed the limit."""
    clock = Offset()
    together = threading.Barrier(3)

    def all_at_once(asked: Asked) -> bytes:
        if "x-rush" in asked.headers:
            together.wait(60)
        return response()

    async def scenario(caller: Caller) -> None:
        rush = {"headers": {"X-Rush": "1"}}
        await caller.together(*(lambda: caller.get(**rush) for _ in range(3)))
        clock.ahead += 10
        assert await caller.post() == "CA1"
        assert caller.idle == 3
        while server.open > 3:
            await caller.tick()

    with Exchange(all_at_once) as server:
        run(backend, scenario, base_url=server.url, max_connections=3, **clock.settings)
        assert server.connections == 4


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_bytes_beyond_an_answer_poison_nothing(backend: Backend, *, tls: bool) -> None:
    """An unrequested second response is not used for the next request.

    Over TLS it is in a separate record, which the library has read ahead.
    """
    stray = response(b'{"call_sid": "stray", "data": [{"call_sid": "stray"}]}')

    def doubled(asked: Asked) -> bytes:
        if asked.method != "POST":
            return response()
        if not tls:
            return response() + stray
        asked.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        asked.socket.sendall(response())
        asked.socket.sendall(stray)
        asked.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
        return b""

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            assert await caller.post() == "CA1"
            assert await caller.get() == "CA1"

    with Exchange(doubled, tls=Authority().server() if tls else None) as server:
        run(backend, scenario, base_url=server.url, verify=Authority().context())
        assert server.connections >= 3
