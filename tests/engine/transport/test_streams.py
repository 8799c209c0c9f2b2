"""Responses that are read in chunks, and custom requests besides the generated ones."""

from __future__ import annotations

import gzip
import socket
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.server import Asked, Exchange, response
from tests.engine.support import NO_WAIT
from tests.engine.unread import content, opened

from trunkline import errors
from trunkline._engine.runtime import SYSTEM
from trunkline._engine.transport.failures import TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.parametrize("backend", BACKENDS)
PATH = "/file"


def script(*steps: bytes | str) -> Callable[[Asked], bytes | None]:
    """Return a server's responses, one after the other; "reset" and "close" do just that."""
    left = list(steps)

    def reply(asked: Asked) -> bytes | None:
        step = left.pop(0) if left else response(b"after")
        if isinstance(step, bytes):
            return step
        if step == "reset":
            asked.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return None

    return reply


LONG = b"0123456789" * 30_000


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_is_read_in_pieces(backend: Backend, *, packed: bool) -> None:
    """To its end, decompressed; then the connection serves the next request."""
    wire = gzip.compress(LONG) if packed else LONG
    headers = ["Content-Encoding: gzip"] if packed else []

    async def scenario(caller: Caller) -> None:
        body = await opened(caller)
        assert body.status == 200
        assert caller.free == 99
        assert await content(caller, body) == LONG
        assert (caller.free, caller.idle) == (100, 1)
        assert await content(caller, await opened(caller)) == b"after"

    with Exchange(script(response(wire, *headers))) as server:
        run(backend, scenario, base_url=server.url)
        assert server.connections == 1


@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_a_body_may_be_left_early(backend: Backend, pieces: int) -> None:
    """If reading stops early, the permit is released and the connection closed."""

    async def scenario(caller: Caller) -> None:
        body = await opened(caller)
        await content(caller, body, pieces=pieces)
        assert (caller.free, caller.idle) == (100, 0)
        assert await content(caller, await opened(caller)) == b"after"

    with Exchange(script(response(LONG * 10))) as server:
        run(backend, scenario, base_url=server.url)
        assert server.connections == 2


@pytest.mark.parametrize(
    "first", ["reset", "close", response(status="503 No"), response(status="429 No")]
)
def test_opening_is_tried_again(backend: Backend, first: bytes | str) -> None:
    """A GET that fails before its head arrives follows the usual rules."""

    async def scenario(caller: Caller) -> None:
        assert await content(caller, await opened(caller)) == b"after"
        assert caller.free == 100

    with Exchange(script(first)) as server:
        run(backend, scenario, base_url=server.url, **NO_WAIT)
        assert len(server.asked) == 2


def test_a_refusal_is_an_error(backend: Backend) -> None:
    """Its body is read, so that the error has the vendor's message."""
    refusal = response(b'{"error": "not_found", "message": "no such file"}', status="404 No")

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.NotFoundError, match="no such file"):
            await opened(caller)
        assert (caller.free, caller.idle) == (100, 1)

    with Exchange(script(refusal)) as server:
        run(backend, scenario, base_url=server.url)


def test_opening_a_post_is_not_repeated(backend: Backend) -> None:
    """A POST that may have been accepted is ambiguous on this session too."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.AmbiguousResultError):
            await opened(caller, "POST")

    with Exchange(script("reset")) as server:
        run(backend, scenario, base_url=server.url, **NO_WAIT)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "response",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\ngarbage",
        response(b"x" * 2000),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["cut", "damaged", "too long", "not chunks"],
)
def test_a_body_that_does_not_end_well_breaks(backend: Backend, response: bytes) -> None:
    """The reader gets an error, and the connection is not kept."""

    def reply(asked: Asked) -> None:
        asked.socket.sendall(response)

    async def scenario(caller: Caller) -> None:
        body = await opened(caller, max_response_bytes=1000)
        with pytest.raises(TransportError):
            await content(caller, body)
        assert (caller.free, caller.idle) == (100, 0)

    with Exchange(reply) as server:
        run(backend, scenario, base_url=server.url)


@pytest.mark.parametrize("kind", ["pool", "httpx", "throttled"])
def test_every_transport_streams(backend: Backend, kind: str) -> None:
    """The pool, httpx with a custom transport, and a throttled client give the same body."""
    own: Any = httpx.HTTPTransport if backend == "sync" else httpx.AsyncHTTPTransport
    more: dict[str, Any] = {
        "pool": {},
        "httpx": {"transport": own()},
        "throttled": {"throttle": True},
    }[kind]

    async def scenario(caller: Caller) -> None:
        for _ in range(2):
            assert await content(caller, await opened(caller)) == b"after"

    with Exchange(script()) as server:
        run(backend, scenario, base_url=server.url, **more)


def test_a_closed_client_opens_nothing(backend: Backend) -> None:
    """Like every other request."""

    async def scenario(caller: Caller) -> None:
        await caller.aclose()
        with pytest.raises(errors.ClientClosedError):
            await opened(caller)

    run(backend, scenario)


def test_httpx_s_own_methods_go_through_the_session(backend: Backend) -> None:
    """get() and post() of the generated client's httpx client use the key and the SDK's errors."""

    async def scenario(caller: Caller) -> None:
        raw = caller.client.raw
        client = raw.get_httpx_client() if backend == "sync" else raw.get_async_httpx_client()
        made = client.get("/x", params={"a": 1})
        got = made if backend == "sync" else await made
        assert got.content == b"after"
        assert "authorization" in server.asked[0].headers
        other_host = client.build_request("GET", "https://elsewhere.example/")
        with pytest.raises(errors.InvalidArgumentError, match="not part of this client"):
            await _awaited(backend, lambda: client.send(other_host))

    with Exchange(script()) as server:
        run(backend, scenario, base_url=server.url)
        assert server.asked[0].target == "/x?a=1"


async def _awaited(backend: Backend, call: Callable[[], Any]) -> Any:
    return call() if backend == "sync" else await call()


def test_time_may_be_over_before_httpx_is_asked(backend: Backend) -> None:
    """An attempt for which the deadline leaves no time is not started."""
    clock = iter([0.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0])
    runtime = replace(SYSTEM, monotonic=lambda: next(clock, 100.0))

    def unasked(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing is sent")

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.DeadlineExceededError) as caught:
            await caller.post()
        assert not caught.value.maybe_accepted

    run(backend, scenario, runtime=runtime, transport=httpx.MockTransport(unasked))
