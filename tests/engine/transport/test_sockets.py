"""Byte streams of the three kinds: timeouts, back pressure, staleness, early ends."""

from __future__ import annotations

import select
import socket
import threading
import time
from contextlib import suppress
from functools import partial
from importlib.metadata import requires
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from trunkline._engine.models import Origin
from trunkline._engine.transport.network.auto import async_connect_tcp
from trunkline._engine.transport.network.sync import SocketStream, connect_tcp
from trunkline.stateset_voice import AsyncStateSetVoice, StateSetVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TO = "+15555550123"
BODY = b'{"call_sid": "CA1"}'
MADE = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
BACKENDS = pytest.mark.parametrize("backend", ["sync", "asyncio", "trio"])
MUCH = 4_000_000


class Peer:
    """A listening socket, whose connections a test controls."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.origin = Origin(b"http", b"127.0.0.1", self.listener.getsockname()[1])
        self.address = ("127.0.0.1", self.origin.port_number)
        self.url = f"http://{self.origin.netloc.decode()}"

    def accept(self) -> socket.socket:
        connection, _ = self.listener.accept()
        connection.settimeout(60)
        return connection


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer()
    with made.listener:
        yield made


class Ends:
    """Our end of a connection, called the same way in every backend, and the peer's end."""

    def __init__(self, ours: Any, theirs: socket.socket) -> None:
        self.ours, self.theirs = ours, theirs

    async def call(self, name: str, *arguments: Any) -> Any:
        found = getattr(self.ours, name)(*arguments)
        return await found if hasattr(found, "__await__") else found


def with_ends(backend: str, peer: Peer, act: Callable[[Ends], Any]) -> Any:
    """Return what a coroutine function does with two ends."""

    async def run() -> Any:
        if backend == "sync":
            ends = Ends(connect_tcp(*peer.address, 5), peer.accept())
        else:
            ends = Ends(await async_connect_tcp(*peer.address, 5), peer.accept())
        with ends.theirs:
            try:
                return await act(ends)
            finally:
                await ends.call("close" if backend == "sync" else "aclose")

    return anyio.run(run, backend="trio" if backend == "trio" else "asyncio")


def test_h11_and_anyio_come_with_httpx() -> None:
    """The engine's imports are installed wherever httpx is."""
    ours = {text.split()[0] for text in requires("httpx") or [] if "extra" not in text}
    assert {"httpcore==1.*", "anyio"} <= ours
    assert any(text.startswith("h11") for text in requires("httpcore") or [])


@BACKENDS
def test_a_silent_peer_is_given_up(backend: str, peer: Peer) -> None:
    """A read ends at its timeout."""

    async def act(ends: Ends) -> float:
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            await ends.call("read", 0.05)
        return time.monotonic() - began

    assert with_ends(backend, peer, act) > 0.04


async def read_answer(ends: Ends, limit: float, after: float) -> bytes:
    """Read what the peer sends some seconds later."""
    timer = threading.Timer(after, ends.theirs.send, [b"?"])
    timer.start()
    try:
        return bytes(await ends.call("read", limit))
    finally:
        timer.join()


@BACKENDS
def test_each_wait_has_a_limit_of_its_own(backend: str, peer: Peer) -> None:
    """A longer wait before does not extend it, and a shorter one before does not end it early."""

    async def act(ends: Ends) -> None:
        assert await read_answer(ends, 60, 0.01) == b"?"
        with pytest.raises(TimeoutError):
            await ends.call("read", 0.05)
        with suppress(TimeoutError):  # on a busy machine the peer may be late
            await read_answer(ends, 0.3, 0.01)
        assert (await read_answer(ends, 60, 0.4)).startswith(b"?")

    with_ends(backend, peer, act)


@BACKENDS
def test_a_peer_that_takes_nothing_is_given_up(backend: str, peer: Peer) -> None:
    """A write ends at its timeout, whatever the kernel has accepted by then."""

    async def act(ends: Ends) -> None:
        for _ in range(100):
            await ends.call("write", bytes(1_000_000), 0.05)

    with pytest.raises(TimeoutError):
        with_ends(backend, peer, act)


@pytest.fixture
def narrow() -> Iterator[tuple[SocketStream, socket.socket]]:
    """A connection with a small send buffer."""
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    with ours, theirs:
        yield SocketStream(ours), theirs


def test_a_blocking_write_goes_on_where_the_kernel_stopped(
    narrow: tuple[SocketStream, socket.socket],
) -> None:
    """A chunk that is accepted in parts arrives whole and in order."""
    ours, theirs = narrow
    sent = bytes(range(256)) * 4000
    writer = threading.Thread(target=ours.write, args=(sent, 30))
    writer.start()
    read = bytearray()
    while len(read) < len(sent):
        read += theirs.recv(3000)
    writer.join()
    assert bytes(read) == sent


def test_a_blocking_write_s_limit_is_for_the_whole_piece(
    narrow: tuple[SocketStream, socket.socket],
) -> None:
    """A peer that reads a little now and then does not restart the timeout."""
    ours, theirs = narrow
    done = threading.Event()

    def sip() -> None:
        while not done.wait(0.01):
            theirs.recv(300)

    reader = threading.Thread(target=sip)
    reader.start()
    try:
        with pytest.raises(TimeoutError):
            ours.write(bytes(10_000_000), 0.1)
    finally:
        done.set()
        reader.join()


@pytest.mark.parametrize("has_poll", [True, False])
def test_staleness_is_seen_with_and_without_poll(
    narrow: tuple[SocketStream, socket.socket], monkeypatch: pytest.MonkeyPatch, *, has_poll: bool
) -> None:
    """Windows has only select."""
    if not has_poll:
        monkeypatch.delattr(select, "poll", raising=False)
    ours, theirs = narrow
    assert not ours.is_readable()
    theirs.send(b"?")
    assert ours.is_readable()
    ours.close()
    assert ours.is_readable()


@BACKENDS
def test_a_server_cannot_fill_the_memory_of_a_slow_reader(backend: str, peer: Peer) -> None:
    """Unread bytes stay in the kernel, so the server has to wait."""

    async def act(ends: Ends) -> int:
        ends.theirs.setblocking(False)
        sent = stuck = 0
        while stuck < 50 and sent < 200_000_000:
            try:
                sent += ends.theirs.send(bytes(1_000_000))
                stuck = 0
            except BlockingIOError:
                stuck += 1
            await anyio.sleep(0.001)
        return sent

    assert with_ends(backend, peer, act) < 50_000_000


@BACKENDS
def test_what_arrives_is_read_in_order_to_its_end(backend: str, peer: Peer) -> None:
    """More bytes than any buffer holds arrive complete, and the end is an empty chunk."""
    sent = bytes(range(256)) * (MUCH // 256)

    async def act(ends: Ends) -> bytes:
        def send() -> None:
            ends.theirs.sendall(sent)
            ends.theirs.shutdown(socket.SHUT_WR)

        transport = threading.Thread(target=send)
        transport.start()
        await anyio.sleep(0.05)  # the reader is slow at first
        read = b""
        while piece := await ends.call("read", 5):
            read += piece
        transport.join()
        return read

    assert with_ends(backend, peer, act) == sent


@BACKENDS
def test_a_connection_is_readable_when_anything_happened_to_it(backend: str, peer: Peer) -> None:
    """Idle and silent it is good; with unrequested bytes, or closed, it is not."""

    async def stale(ends: Ends, event: Callable[[], object]) -> bool:
        assert not await ends.call("is_readable")
        event()
        time.sleep(0.01)  # noqa: ASYNC251 - the event loop must not run meanwhile
        return bool(await ends.call("is_readable"))

    assert with_ends(backend, peer, lambda ends: stale(ends, partial(ends.theirs.send, b"?")))
    assert with_ends(backend, peer, lambda ends: stale(ends, ends.theirs.close))


@BACKENDS
def test_a_reset_is_an_os_error(backend: str, peer: Peer) -> None:
    """Nothing else is raised."""

    async def act(ends: Ends) -> None:
        ends.theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        ends.theirs.close()
        with pytest.raises(ConnectionResetError):
            await ends.call("read", 5)

    with_ends(backend, peer, act)


def test_a_host_without_an_address_is_an_os_error() -> None:
    """The look-up's own error already is one."""
    with pytest.raises(socket.gaierror):
        connect_tcp("nowhere.invalid", 80, 5)


@BACKENDS
def test_an_early_answer_counts_and_ends_the_connection(backend: str, peer: Peer) -> None:
    """A server may refuse to read a large body: its response is used, the connection is not."""

    def serve() -> None:
        for _ in range(2):
            with peer.accept() as connection:
                connection.recv(1000)
                connection.sendall(MADE)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1_000_000):
                    pass

    server = threading.Thread(target=serve)
    server.start()
    assert make_two(backend, peer.url) == ["CA1", "CA1"]
    server.join()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_what_was_sent_after_the_peer_ended_is_closed_like_any_other(
    backend: str, peer: Peer
) -> None:
    """The peer ends its side first and keeps reading: all is sent, and closing raises nothing."""
    sent = bytes(4 * MUCH)

    def drain(theirs: socket.socket) -> None:
        left = len(sent)
        while left:
            left -= len(theirs.recv(1_000_000))

    async def act(ends: Ends) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ends.call, "write", sent, 60)
            await anyio.wait_all_tasks_blocked()
            ends.theirs.sendall(MADE)
            ends.theirs.shutdown(socket.SHUT_WR)
            assert await ends.call("read", 60) == MADE
            assert await ends.call("read", 60) == b""
            await anyio.to_thread.run_sync(drain, ends.theirs)

    with_ends(backend, peer, act)


def make_two(backend: str, url: str) -> list[str]:
    """Return the ids of two calls, each with a large body."""
    text = "x" * MUCH

    async def tasks() -> list[str]:
        async with AsyncStateSetVoice("k", base_url=url) as client:
            return [(await client.make_call(to=TO, greeting=text)).call_sid for _ in range(2)]

    if backend != "sync":
        return anyio.run(tasks, backend=backend)
    with StateSetVoice("k", base_url=url) as client:
        return [client.make_call(to=TO, greeting=text).call_sid for _ in range(2)]
