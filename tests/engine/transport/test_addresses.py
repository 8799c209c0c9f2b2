"""A host with several addresses: the first that accepts is used, within one time limit."""

from __future__ import annotations

import asyncio
import gc
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.backends import BACKENDS, KEY, Backend, Caller, run
from tests.engine.server import Exchange

from trunkline import AsyncStateSetVoice, errors
from trunkline._engine.transport.network.asyncio import (
    happy_eyeballs_connect,
    is_literal,
)
from trunkline._engine.transport.network.base import STAGGER

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD, DEAF, GONE = "127.0.0.1", "127.0.0.2", "127.0.0.3"


@pytest.fixture
def server() -> Iterator[Exchange]:
    with Exchange() as made:
        yield made


@pytest.fixture
def deaf(server: Exchange) -> Iterator[None]:
    """The same port of another address, where connecting hangs: its queue is full."""
    with socket.socket() as listener:
        listener.bind((DEAF, server.port))
        listener.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex((DEAF, server.port))
        yield
        for filler in fillers:
            filler.close()


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Make a name resolve to these addresses."""
    original = socket.getaddrinfo

    def lookup(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        if host not in {"many.example", b"many.example"}:
            return original(host, port, *arguments, **options)
        kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        return [(*kind, (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


async def one_call(caller: Caller) -> float:
    started = time.monotonic()
    assert await caller.post() == "CA1"
    return time.monotonic() - started


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_refusing_address_is_passed_over(
    backend: Backend, server: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address where nothing listens causes no delay."""
    resolve(monkeypatch, GONE, GOOD)
    assert run(backend, one_call, base_url=f"http://many.example:{server.port}") < 15
    assert server.connections == 1


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.usefixtures("deaf")
def test_a_hanging_address_does_not_take_all_the_time(
    backend: Backend, server: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tasks try the next one after a quarter of a second, threads after its share of the limit."""
    resolve(monkeypatch, DEAF, GOOD)
    run(backend, one_call, base_url=f"http://many.example:{server.port}", timeout=4.0)
    assert server.connections == 1
    gc.collect()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.usefixtures("deaf")
def test_all_addresses_share_one_limit(
    backend: Backend, server: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty addresses that hang take the connect limit once, and nothing was sent."""
    resolve(monkeypatch, *[DEAF] * 30)

    async def scenario(caller: Caller) -> None:
        started = time.monotonic()
        with pytest.raises(errors.APITimeoutError) as caught:
            await caller.post(timeout=0.3, max_retries=0)
        assert time.monotonic() - started < 30 * 0.3
        assert not caught.value.maybe_accepted

    run(backend, scenario, base_url=f"http://many.example:{server.port}")
    gc.collect()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("addresses", [(), (GONE,), (GONE, GONE, GONE)])
def test_no_address_answers(
    backend: Backend, addresses: tuple[str, ...], server: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An SDK error says that no connection could be opened."""
    resolve(monkeypatch, *addresses)

    async def scenario(caller: Caller) -> None:
        with pytest.raises(
            errors.APIConnectionError, match=r"no connection to many\.example:\d+ could be opened"
        ):
            await caller.post(max_retries=0)

    run(backend, scenario, base_url=f"http://many.example:{server.port}")


@pytest.mark.usefixtures("deaf")
def test_a_cancelled_look_around_leaves_no_socket(
    server: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it is cancelled, between addresses or after one has accepted, all are closed."""
    resolve(monkeypatch, DEAF, GOOD, GONE)

    async def scenario() -> None:
        for step in range(12):
            async with AsyncStateSetVoice(
                KEY, base_url=f"http://many.example:{server.port}"
            ) as client:
                call = asyncio.ensure_future(client.health.ready())
                await asyncio.sleep(STAGGER * step / 9)
                call.cancel()
                await asyncio.wait([call])

    asyncio.run(scenario())
    gc.collect()


def test_who_loses_the_race_is_closed(server: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two addresses that both accept late: one socket is used, the other is closed."""
    resolve(monkeypatch, GOOD, GOOD)

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        original = loop.sock_connect

        async def late(dialled: socket.socket, address: Any) -> None:
            await asyncio.sleep(STAGGER + 0.02)
            await original(dialled, address)

        monkeypatch.setattr(loop, "sock_connect", late)
        (await happy_eyeballs_connect("many.example", server.port, 5.0)).close()
        await asyncio.sleep(0.05)

    asyncio.run(scenario())
    gc.collect()


@pytest.mark.parametrize(
    ("host", "literal"), [("127.0.0.1", True), ("::1", True), ("a.example", False), ("1a", False)]
)
def test_addresses_are_not_looked_up(host: str, *, literal: bool) -> None:
    """An IP address needs no name server."""
    assert is_literal(host) is literal
