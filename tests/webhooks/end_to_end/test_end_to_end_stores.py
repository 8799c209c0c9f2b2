"""Every replay store behind a real server, through a real outage and a restart."""

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from itertools import cycle
from pathlib import Path
from select import select
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from tests.redis_server import REDIS_URL
from tests.webhooks.sandbox_calls import EVENTS, Tally, create_call, receiver, statuses
from tests.webhooks.servers import HOOKS, Servers, Switch, in_thread, uvicorn_port

from trunkline.sandbox import Sandbox
from trunkline.webhooks import (
    AsyncRedisReplayStore,
    MemoryReplayStore,
    RedisReplayStore,
    SQLiteReplayStore,
)
from trunkline.webhooks.adapters.starlette import webhook_route


class Relay(ThreadingTCPServer):
    """Forwards connections to several addresses in turn, and can be cut."""

    daemon_threads = True

    def __init__(self, *targets: tuple[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), Pipe)
        self.server_port = self.server_address[1]
        self.targets = cycle(targets)
        self.is_cut = False
        self.ends: set[socket.socket] = set()

    def cut(self) -> None:
        """Refuse new connections, and break open ones."""
        self.is_cut = True
        for end in set(self.ends):
            end.shutdown(socket.SHUT_RDWR)


class Pipe(BaseRequestHandler):
    server: Relay
    request: socket.socket

    def handle(self) -> None:
        if self.server.is_cut:
            return
        with socket.create_connection(next(self.server.targets)) as target:
            others = {self.request: target, target: self.request}
            self.server.ends.add(self.request)
            while data := (ready := select(others, [], [])[0][0]).recv(65536):
                others[ready].sendall(data)
            self.server.ends.discard(self.request)


REDIS = urlsplit(REDIS_URL)


@pytest.fixture
def relay() -> Iterator[Relay]:
    server = Relay((str(REDIS.hostname), REDIS.port or 6379))
    with in_thread(server):
        yield server


@pytest.fixture
def relayed_url(relay: Relay) -> str:
    user, at, _ = REDIS.netloc.rpartition("@")
    return REDIS._replace(netloc=f"{user}{at}127.0.0.1:{relay.server_port}").geturl()


def check_a_call(sandbox: Sandbox, port: int, tally: Tally) -> None:
    """Two copies of each event, newest first, to a handler that fails once for each."""
    number = len(sandbox.control.deliveries())
    sandbox.control.configure(deliveries={"copies": 2, "hold": 2 * len(EVENTS)})
    create_call(sandbox, port)
    sandbox.control.advance(60)
    sandbox.control.advance(60)
    assert sorted(statuses(sandbox)[number:]) == sorted([[200], [500, 200]] * len(EVENTS))
    tally.assert_each_once(EVENTS)
    assert set(tally.runs.values()) == {2}


@pytest.mark.parametrize("name", ["wsgi", "aiohttp"])
def test_memory(sandbox: Sandbox, servers: Servers, name: str) -> None:
    """With the single-process store, each event succeeds exactly once."""
    tally = Tally(failures=1)
    with servers.serve(name, receiver(name, tally, MemoryReplayStore())) as port:
        check_a_call(sandbox, port, tally)


def test_memory_that_is_full_waits_for_room(sandbox: Sandbox, servers: Servers) -> None:
    """With space for two deliveries the third is a 503, until one of them expires."""
    now, tally = [0.0], Tally()
    store = MemoryReplayStore(capacity=2, clock=lambda: now[0])
    with servers.serve("starlette", receiver("starlette", tally, store)) as port:
        create_call(sandbox, port)
        sandbox.control.advance(4)
        assert tally.names == EVENTS[:2]
        assert statuses(sandbox) == [[200], [200], [503]]
        now[0] = 8 * 24 * 3600
        sandbox.control.advance(1)
        assert statuses(sandbox)[2] == [503, 200]
    tally.assert_each_once(EVENTS[:3])


@pytest.mark.parametrize("name", ["flask", "fastapi"])
def test_sqlite(sandbox: Sandbox, servers: Servers, name: str, tmp_path: Path) -> None:
    """The file's folder is missing at first; once it exists, every event is handled once."""
    folder, tally = tmp_path / "disk", Tally()
    with (
        SQLiteReplayStore(folder / "replay.db") as store,
        servers.serve(name, receiver(name, tally, store)) as port,
    ):
        create_call(sandbox, port)
        sandbox.control.advance(2)
        assert statuses(sandbox) == [[503, 503]]
        folder.mkdir()
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[503, 503, 200], *[[200]] * 6]
        tally.assert_each_once(EVENTS)

        again = Tally(failures=1)
        with servers.serve(name, receiver(name, again, store)):
            check_a_call(sandbox, port, again)


def test_sqlite_remembers_after_a_restart(
    sandbox: Sandbox, servers: Servers, tmp_path: Path
) -> None:
    """A new process with the same file knows what the last one handled, and what it did not."""
    first, second = Tally(), Tally()
    with SQLiteReplayStore(tmp_path / "replay.db") as store:
        with servers.serve("django wsgi", receiver("django wsgi", first, store)) as port:
            create_call(sandbox, port)
            sandbox.control.advance(10)
    with SQLiteReplayStore(tmp_path / "replay.db") as store:
        with servers.serve("django wsgi", receiver("django wsgi", second, store)):
            sandbox.control.again(1, times=5)
            sandbox.control.advance(60)
    assert first.names + second.names == EVENTS
    assert 1 < len(first.names) < len(EVENTS)


def check_an_outage(sandbox: Sandbox, port: int, tally: Tally, relay: Relay) -> None:
    """The connection is cut after the first event and stays down for two attempts."""
    create_call(sandbox, port)
    assert statuses(sandbox) == [[200]]
    relay.cut()
    sandbox.control.again(1)
    sandbox.control.advance(2)
    assert statuses(sandbox) == [[200], [503, 503]]
    relay.is_cut = False
    sandbox.control.advance(60)
    assert statuses(sandbox) == [[200], [503, 503, 200], *[[200]] * 6]
    assert tally.names == EVENTS


@pytest.mark.parametrize("name", ["flask", "asgi"])
def test_redis(
    sandbox: Sandbox, servers: Servers, name: str, relay: Relay, relayed_url: str, redis_prefix: str
) -> None:
    """A real Redis loses its connection and gets it back; then copies, disorder and failures."""
    tally = Tally()
    with (
        closing(RedisReplayStore.from_url(relayed_url, prefix=redis_prefix)) as store,
        servers.serve(name, receiver(name, tally, store)) as port,
    ):
        check_an_outage(sandbox, port, tally, relay)
        again = Tally(failures=1)
        with servers.serve(name, receiver(name, again, store)):
            check_a_call(sandbox, port, again)


def test_redis_under_asyncio(
    sandbox: Sandbox, relay: Relay, relayed_url: str, redis_prefix: str
) -> None:
    """The same for the async store, closed when its application shuts down."""
    store = AsyncRedisReplayStore.from_url(relayed_url, prefix=redis_prefix)
    tally, again, closed = Tally(), Tally(failures=1), threading.Event()

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        yield
        await store.aclose()
        closed.set()

    switch: Any = Switch()
    switch.endpoint = receiver("starlette", tally, store)
    app = Starlette(routes=[webhook_route(HOOKS, switch)], lifespan=lifespan)
    with uvicorn_port(app, lifespan="on") as port:
        check_an_outage(sandbox, port, tally, relay)
        switch.endpoint = receiver("starlette", again, store)
        check_a_call(sandbox, port, again)
    assert closed.is_set()


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_two_workers_share_a_store(
    sandbox: Sandbox, servers: Servers, kind: str, tmp_path: Path, redis_prefix: str
) -> None:
    """A balancer alternates between two workers: the first to get an event handles it."""
    store: SQLiteReplayStore | RedisReplayStore = SQLiteReplayStore(tmp_path / "replay.db")
    if kind == "redis":
        store = RedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)
    one, other = Tally(), Tally()
    # These two close each connection, so that every delivery gets a new one.
    with (
        closing(store),
        servers.serve("wsgi", receiver("wsgi", one, store)) as first,
        servers.serve("django wsgi", receiver("django wsgi", other, store)) as second,
        in_thread(Relay(("127.0.0.1", first), ("127.0.0.1", second))) as port,
    ):
        sandbox.control.configure(deliveries={"copies": 3})
        create_call(sandbox, port)
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[200]] * 3 * len(EVENTS)
    assert (one.names, other.names) == (EVENTS[::2], EVENTS[1::2])
