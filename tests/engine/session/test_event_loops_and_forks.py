"""One client in several event loops, threads and processes."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import gc
import multiprocessing
import os
import socket
import ssl
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import trio
from tests.engine.backends import KEY, TO
from tests.engine.certificates import Authority
from tests.engine.server import Exchange
from tests.pool_state import pool_state

from trunkline import AsyncStateSetVoice, StateSetVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(params=["http", "https"])
def server(request: pytest.FixtureRequest) -> Iterator[Exchange]:
    with Exchange(tls=Authority().server() if request.param == "https" else None) as made:
        yield made


def settings(server: Exchange) -> dict[str, Any]:
    return {"base_url": server.url, "verify": Authority().context()}


async def twice(client: AsyncStateSetVoice) -> None:
    assert (await client.make_call(to=TO)).call_sid == "CA1"
    assert (await client.make_call(to=TO)).call_sid == "CA1"


def test_one_client_serves_many_runs(server: Exchange) -> None:
    """Five asyncio.run() calls on one client: each opens a connection, and none stays open."""
    client = AsyncStateSetVoice(KEY, **settings(server))
    for _ in range(5):
        asyncio.run(twice(client))
        gc.collect()
    assert server.connections == 5
    assert pool_state(client).idle == 0
    asyncio.run(client.aclose())
    gc.collect()


def test_one_client_serves_many_trio_runs(server: Exchange) -> None:
    """The same under trio, and alternating with asyncio."""
    client = AsyncStateSetVoice(KEY, **settings(server))
    for _ in range(3):
        trio.run(twice, client)
        asyncio.run(twice(client))
        gc.collect()
    assert server.connections == 6
    trio.run(client.aclose)


def test_event_loops_of_threads_do_not_meet(server: Exchange) -> None:
    """Eight threads, each with an event loop, share a client; each uses its own connection."""
    client = AsyncStateSetVoice(KEY, **settings(server))
    together = threading.Barrier(8)

    async def work() -> None:
        together.wait(60)
        for _ in range(10):
            await twice(client)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: asyncio.run(work()), range(8)))
    gc.collect()
    assert server.connections == 8


def test_a_client_that_nobody_closes_leaves_nothing(server: Exchange) -> None:
    """Its connections are closed when asyncio.run() ends, without a warning."""

    async def forgetful() -> None:
        await twice(AsyncStateSetVoice(KEY, **settings(server)))

    asyncio.run(forgetful())
    gc.collect()
    server.wait_until_idle()


def test_a_client_may_be_closed_in_another_run(server: Exchange) -> None:
    """Closing later, in another loop, or twice is not an error."""
    client = AsyncStateSetVoice(KEY, **settings(server))
    asyncio.run(twice(client))
    asyncio.run(client.aclose())
    trio.run(client.aclose)


def test_threads_that_begin_together_share_the_bound(server: Exchange) -> None:
    """The first use by sixteen threads at once creates one pool, not sixteen."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            client = StateSetVoice(KEY, max_connections=2, **settings(server))
            together = threading.Barrier(16)

            def call(client: StateSetVoice = client, gate: threading.Barrier = together) -> str:
                gate.wait(60)
                return client.make_call(to=TO).call_sid

            with client, ThreadPoolExecutor(16) as pool:
                futures = [pool.submit(call) for _ in range(16)]
                assert [future.result() for future in futures] == ["CA1"] * 16
                assert pool_state(client).active == 0
        assert server.most_open <= 4  # connections of the previous client may still be closing
    finally:
        sys.setswitchinterval(interval)


def in_child(work: Callable[[], None]) -> int:
    """Run something in a fork of this process; return its exit code.

    A child that hangs prints where, and exits.
    """
    child = os.fork()
    if child == 0:
        code = 1
        faulthandler.dump_traceback_later(60, exit=True, file=sys.__stderr__)
        try:
            work()
            gc.collect()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_fork_never_uses_its_parent_s_connection(server: Exchange) -> None:
    """Parent and child use connections of their own, also alternately."""
    with StateSetVoice(KEY, **settings(server)) as client:
        client.make_call(to=TO)

        def work() -> None:
            for _ in range(3):
                assert client.make_call(to=TO).call_sid == "CA1"
            client.close()

        assert in_child(work) == 0
        assert client.make_call(to=TO).call_sid == "CA1"
        assert in_child(work) == 0
        assert client.make_call(to=TO).call_sid == "CA1"
    parents = [asked.connection for asked in server.asked]
    assert parents == [1, 2, 2, 2, 1, 3, 3, 3, 1]


def test_an_event_loop_s_fork_does_not_use_its_connection(server: Exchange) -> None:
    """A child that runs its own event loop does not use its parent's connection."""

    async def parent() -> None:
        async with AsyncStateSetVoice(KEY, **settings(server)) as client:
            await twice(client)

            def work() -> None:
                asyncio.set_event_loop(None)
                asyncio.events._set_running_loop(None)
                asyncio.run(twice(client))

            assert in_child(work) == 0
            await twice(client)

    asyncio.run(parent())
    assert [asked.connection for asked in server.asked] == [1, 1, 2, 2, 1, 1]


_shared: list[StateSetVoice] = []


def in_worker(_number: int) -> str:
    return _shared[0].make_call(to=TO).call_sid


def test_prefork_workers_share_a_client_of_the_parent(server: Exchange) -> None:
    """A client used before the fork, as with Celery's prefork pool, works in workers."""
    with StateSetVoice(KEY, **settings(server)) as client:
        client.make_call(to=TO)
        _shared[:] = [client]
        with multiprocessing.get_context("fork").Pool(3) as pool:
            assert pool.map(in_worker, range(12), chunksize=1) == ["CA1"] * 12
        client.make_call(to=TO)
    first = [asked.connection for asked in server.asked]
    assert first.count(1) == 2
    assert first[0] == first[-1] == 1


def connections_to(port: int) -> int:
    """Return how many sockets of this process are connected to a port."""
    count = 0
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            copy = socket.socket(fileno=os.dup(int(name)))
            with copy:
                is_tcp = copy.family in {socket.AF_INET, socket.AF_INET6}
                count += is_tcp and copy.getpeername()[1] == port
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists its open files so")
def test_a_child_keeps_none_of_its_parent_s_idle_connections(server: Exchange) -> None:
    """Otherwise a server that closes one would also wait for the child."""
    with StateSetVoice(KEY, **settings(server)) as client:
        client.make_call(to=TO)

        def work() -> None:
            assert connections_to(server.port) == 1
            client.make_call(to=TO)
            assert connections_to(server.port) == 1

        assert in_child(work) == 0
        client.make_call(to=TO)
    assert [asked.connection for asked in server.asked] == [1, 2, 1]


def test_a_fork_in_the_middle_of_calls_is_safe(server: Exchange) -> None:
    """While other threads call, a child finds the whole pool free and no lock held."""
    stop = threading.Event()
    with StateSetVoice(KEY, max_connections=2, **settings(server)) as client:

        def busy() -> None:
            while not stop.is_set():
                client.make_call(to=TO)

        threads = [threading.Thread(target=busy) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(3):
                assert in_child(lambda: client.make_call(to=TO)) == 0  # type: ignore[arg-type, return-value]  # the result is not used
        finally:
            stop.set()
            for thread in threads:
                thread.join()


@pytest.mark.parametrize(
    ("kind", "owner", "name"),
    [
        ("sync", socket, "getaddrinfo"),
        ("asyncio", socket, "getaddrinfo"),
        ("sync", ssl.SSLSocket, "do_handshake"),
        ("asyncio", ssl.SSLObject, "do_handshake"),
        ("trio", ssl.SSLObject, "do_handshake"),
    ],
)
def test_a_fork_waits_for_what_takes_locks(
    monkeypatch: pytest.MonkeyPatch, kind: str, owner: Any, name: str
) -> None:
    """A thread interrupted there would leave a C library locked in the child."""
    begun, ended, original = threading.Event(), threading.Event(), getattr(owner, name)

    def slow(*arguments: Any, **options: Any) -> Any:
        if getattr(arguments[0], "server_side", False):
            return original(*arguments, **options)  # the server of the test, in this process
        begun.set()
        time.sleep(0.2)
        ended.set()
        return original(*arguments, **options)

    async def waiting() -> None:
        async with AsyncStateSetVoice(KEY, **settings(server)) as client:
            await client.make_call(to=TO)

    def call() -> None:
        if kind == "sync":
            with StateSetVoice(KEY, **settings(server)) as client:
                client.make_call(to=TO)
        else:
            anyio.run(waiting, backend=kind)

    with Exchange(tls=Authority().server()) as server, ThreadPoolExecutor(1) as pool:
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, slow)
            calling = pool.submit(call)
            begun.wait(60)
            assert in_child(lambda: os._exit(0 if ended.is_set() else 3)) == 0
        calling.result()


@pytest.mark.parametrize("library", ["asyncio", "trio"])
def test_two_tasks_may_close_a_client_at_once(server: Exchange, library: str) -> None:
    """The second finds it closed; no exception of the event loop is raised."""

    async def scenario() -> None:
        client = AsyncStateSetVoice(KEY, **settings(server))
        async with anyio.create_task_group() as group:
            for _ in range(8):
                group.start_soon(twice, client)
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(client.aclose)

    anyio.run(scenario, backend=library)
    server.wait_until_idle()


def test_a_cancelled_close_closes_all_the_same(server: Exchange) -> None:
    """Asyncio cancels once: idle connections are closed before the cancellation is raised."""

    async def scenario() -> None:
        client = AsyncStateSetVoice(KEY, **settings(server))
        await asyncio.gather(*(twice(client) for _ in range(8)))
        closing = asyncio.create_task(client.aclose())
        for _ in range(3):
            await asyncio.sleep(0)
        closing.cancel()
        await asyncio.gather(closing, return_exceptions=True)
        await asyncio.sleep(0)
        server.wait_until_idle()

    asyncio.run(scenario())
