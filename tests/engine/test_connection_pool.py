"""The pool over real sockets: bounds, reuse, idle connections, and what is given back."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
import time
from dataclasses import replace
from typing import Any, Self

import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.server import Asked, Exchange, response

from trunkline import errors
from trunkline._engine.runtime import SYSTEM

pytestmark = pytest.mark.parametrize("backend", BACKENDS)


class Offset:
    """The real clock, which a test can move on."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    @property
    def settings(self) -> dict[str, Any]:
        async def skip(_delay: float) -> None:
            return None

        runtime = replace(
            SYSTEM, monotonic=self.monotonic, sleep=lambda _delay: None, async_sleep=skip
        )
        return {"runtime": runtime}


class Refusing:
    """Answers 413 as soon as a head has arrived, and neither reads on nor closes."""

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._held: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._held, self._listener):
            one.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            self._held.append(connection)
            connection.recv(1000)
            connection.sendall(response(b"{}", status="413 Too Large"))


def has_ended(connection: socket.socket) -> bool:
    """Return whether the client's end has arrived, or the server has seen it already."""
    try:
        return bool(select.select([connection], [], [], 0)[0])
    except (ValueError, OSError):  # closed
        return True


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


def test_sixteen_callers_share_one_client(backend: Backend) -> None:
    """Each response goes to the call that asked; at most sixteen connections are opened."""

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
    """With three places, twelve calls at once open three connections and all are answered."""

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
    """When no connection comes free in time nothing was sent, and the error says so."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(5)
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
        gate.wait(5)
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


@pytest.mark.parametrize("kind", ["get", "post"])
def test_a_connection_that_the_server_closed_is_replaced(backend: Backend, kind: str) -> None:
    """Found closed before a byte was written: a new one is opened in silence, for a POST too."""

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
    """On a kept connection, too, a POST that was sent and not answered is ambiguous."""

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
        assert await caller.get() == "CA1"  # reset and asked again, for reading is safe
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
    """After a rush, each call that follows closes one connection that nobody needs any more."""
    clock = Offset()
    together = threading.Barrier(5)

    def all_at_once(asked: Asked) -> bytes:
        if "x-rush" in asked.headers:
            together.wait(5)
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
    """Idle ones that a POST may not take are closed where they would exceed the bound."""
    clock = Offset()
    together = threading.Barrier(3)

    def all_at_once(asked: Asked) -> bytes:
        if "x-rush" in asked.headers:
            together.wait(5)
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


def test_a_closed_client_says_so(backend: Backend) -> None:
    """After close() every call is a ClientClosedError, also on copies; closing twice is fine."""

    async def scenario(caller: Caller) -> None:
        other = caller.client.with_options(deadline=5)
        await caller.get()
        await caller.aclose()
        assert caller.idle == 0
        for call in (caller.get, caller.post):
            with pytest.raises(errors.ClientClosedError):
                await call()
        caller.client = other
        with pytest.raises(errors.ClientClosedError):
            await caller.get()
        await caller.aclose()

    with Exchange() as server:
        run(backend, scenario, base_url=server.url)
        while server.open:
            time.sleep(0.001)


def test_what_is_under_way_ends_well_when_the_client_closes(backend: Backend) -> None:
    """A call that runs while the client closes gets its response, and its connection is closed."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(5)
        return response()

    async def scenario(caller: Caller) -> None:
        async def close() -> None:
            while not server.asked:
                await caller.tick()
            await caller.aclose()
            gate.set()

        assert await caller.together(caller.post, close) == ["CA1", None]
        assert (caller.free, caller.idle) == (100, 0)

    with Exchange(blocked) as server:
        run(backend, scenario, base_url=server.url)


def test_nothing_listens(backend: Backend) -> None:
    """A refused connection was not sent: it is tried again, for a POST too, and says so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    async def scenario(caller: Caller) -> None:
        with pytest.raises(
            errors.APIConnectionError,
            match=r"no connection to 127\.0\.0\.1:\d+ could be opened \(Connection refused\)",
        ) as caught:
            await caller.post(max_retries=2)
        assert type(caught.value) is errors.APIConnectionError
        assert (caught.value.attempts, caught.value.maybe_accepted) == (3, False)
        assert caller.free == 100

    run(backend, scenario, base_url=url, **Offset().settings)


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 63 + ".invalid"])
def test_a_host_without_an_address(backend: Backend, host: str) -> None:
    """A name that leads nowhere is an error of ours."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(
            errors.APIConnectionError, match=rf"no connection to {host}:80 could be opened \("
        ):
            await caller.post(max_retries=0, timeout=20)

    run(backend, scenario, base_url=f"http://{host}")


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_bytes_beyond_an_answer_poison_nothing(backend: Backend, *, tls: bool) -> None:
    """A second response that nobody asked for is not taken for that of the next request.

    Over TLS it comes in a record of its own, which the library has read ahead.
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


def test_one_too_many_is_never_open(backend: Backend) -> None:
    """A connection that goes no further is closed before another one takes its place."""
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


def test_closing_stops_what_waits_for_a_connection(backend: Backend) -> None:
    """A call that had no connection yet was not sent, and says that the client is closed."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(30)
        return response()

    async def scenario(caller: Caller) -> None:
        async def closing() -> str:
            while not server.asked:
                await caller.tick()
            for _ in range(20):
                await caller.tick()
            await caller.aclose()
            gate.set()
            return "closed"

        *made, _ = await caller.together(caller.post, caller.post, caller.post, closing)
        kinds = sorted(str(one) if isinstance(one, str) else type(one).__name__ for one in made)
        assert kinds == ["CA1", "ClientClosedError", "ClientClosedError"]
        assert caller.free == 1

    with Exchange(blocked) as server:
        run(backend, scenario, base_url=server.url, max_connections=1)
        assert len(server.asked) == 1


def test_a_refusal_is_read_while_the_server_takes_no_more(backend: Backend) -> None:
    """413 to a body that the server stopped reading: its status, and not only a time limit."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.UnexpectedStatusError) as caught:
            await caller.request("POST", "/big", content=bytes(30_000_000))
        assert caught.value.status == 413

    with Refusing() as server:
        run(backend, scenario, base_url=server.url, timeout=0.5, max_retries=0)


@pytest.mark.parametrize("value", [0, -1, 10_001, True, 2.5, "3", None])
def test_the_number_of_connections_is_checked(backend: Backend, value: Any) -> None:
    """max_connections is a whole number from 1 to ten thousand."""
    with pytest.raises(errors.ConfigurationError, match="max_connections"):
        Caller(backend, max_connections=value)
