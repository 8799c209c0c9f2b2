"""The caller's own transports and clients."""

from __future__ import annotations

import socket
import ssl
import struct
from typing import Any

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport
from tests.engine.backends import KEY, Backend, Caller, run
from tests.engine.server import MADE, Asked, Exchange, response
from tests.engine.support import NO_WAIT
from tests.engine.transport_scenarios import both, in_every_backend, own_client, refused

from trunkline import errors


def made(request: httpx.Request) -> httpx.Response:
    assert request.headers["authorization"] == f"Bearer {KEY}"
    return httpx.Response(200, json=MADE)


@in_every_backend
def test_a_transport_of_the_caller_s_is_used(backend: Backend) -> None:
    """transport= replaces the pool, with the usual retries, limits and errors."""
    run(backend, both, base_url="https://nowhere.invalid", transport=httpx.MockTransport(made))


@in_every_backend
def test_a_client_that_its_owner_has_closed_says_so(backend: Backend) -> None:
    """The caller closes http_client=; the error names it."""

    async def scenario(caller: Caller) -> None:
        await both(caller)
        if backend == "sync":
            client.close()
        else:
            await client.aclose()
        with pytest.raises(errors.ClientClosedError, match="http_client="):
            await caller.get()

    client = own_client(backend, transport=httpx.MockTransport(made))
    run(backend, scenario, base_url="https://nowhere.invalid", http_client=client)


@in_every_backend
def test_a_closed_client_with_a_transport_says_so(backend: Backend) -> None:
    """Like the pool."""

    async def scenario(caller: Caller) -> None:
        await caller.aclose()
        with pytest.raises(errors.ClientClosedError, match="this client"):
            await caller.get()

    run(backend, scenario, transport=httpx.MockTransport(made))


@pytest.mark.parametrize("backend", ["sync", "asyncio"])
def test_a_transport_of_the_other_kind_is_refused(backend: Backend) -> None:
    """A sync transport cannot serve an async client, and vice versa."""
    wrong: Any = httpx.AsyncHTTPTransport() if backend == "sync" else httpx.HTTPTransport()
    with pytest.raises(errors.ConfigurationError, match="transport="):
        Caller(backend, transport=wrong)
    client: Any = own_client("asyncio" if backend == "sync" else "sync")
    with pytest.raises(errors.ConfigurationError, match="http_client="):
        Caller(backend, http_client=client)


@in_every_backend
@pytest.mark.parametrize(
    ("raised", "sent"),
    [
        (httpx.ConnectError("x"), False),
        (httpx.ConnectTimeout("x"), False),
        (httpx.PoolTimeout("x"), False),
        (httpx.ReadError("x"), True),
        (httpx.ReadTimeout("x"), True),
        (httpx.WriteError("x"), True),
        (httpx.RemoteProtocolError("x"), True),
        (httpx.InvalidURL("x"), True),
        (httpx.LocalProtocolError("x"), True),
        (httpx.DecodingError("x"), True),
        (OSError("x"), True),
        (TimeoutError("x"), True),
        (RuntimeError("x"), True),
        (KeyError("x"), True),
        (ssl.SSLError("x"), True),
    ],
    ids=repr,
)
def test_what_a_transport_raises_becomes_ours(
    backend: Backend, raised: Exception, *, sent: bool
) -> None:
    """Only a failure to connect proves that nothing was sent; the rest is ambiguous for a POST."""
    attempts = 0

    def failing(_request: httpx.Request) -> httpx.Response:
        nonlocal attempts
        attempts += 1
        raise raised

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert error.maybe_accepted is sent
        assert attempts == error.attempts == (1 if sent else 3)

    transport = httpx.MockTransport(failing)
    run(backend, scenario, transport=transport, **NO_WAIT)


@in_every_backend
def test_a_mock_s_own_complaint_passes(backend: Backend) -> None:
    """An assertion in a test's transport reaches the test."""

    def complaining(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("not this one")

    async def scenario(caller: Caller) -> None:
        with pytest.raises(AssertionError, match="not this one"):
            await caller.get()

    run(backend, scenario, transport=httpx.MockTransport(complaining))


@pytest.mark.parametrize("manner", ["fine", "reset", "closed", "refused"])
def test_aiohttp_carries_calls_without_repeating_any(manner: str) -> None:
    """httpx-aiohttp reports a reset mid-request as a connect timeout; a POST is not repeated."""

    def reply(asked: Asked) -> bytes | None:
        if manner == "fine":
            return response()
        if manner == "reset":
            asked.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return None

    async def scenario(caller: Caller) -> None:
        if manner == "fine":
            await both(caller)
            return
        error = await refused(caller)
        assert error.maybe_accepted is (manner != "refused")
        assert error.attempts == (3 if manner == "refused" else 1)

    with Exchange(reply) as server:
        url = "http://127.0.0.1:1" if manner == "refused" else server.url
        run("asyncio", scenario, base_url=url, transport=AiohttpTransport(), **NO_WAIT)
        assert len(server.asked) == {"fine": 2, "refused": 0}.get(manner, 1)


@in_every_backend
@pytest.mark.parametrize("size", [1000, 1001])
@pytest.mark.parametrize("packed", [False, True])
def test_bodies_through_httpx_are_bounded(backend: Backend, size: int, *, packed: bool) -> None:
    """max_response_bytes counts decompressed bytes on this session too."""
    import gzip

    body = b'{"data": [{"call_sid": "CA1"}]}'.ljust(size)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    content = gzip.compress(body) if packed else body

    class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            yield content

        async def __aiter__(self) -> Any:
            yield content

    def respond(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=headers, stream=Stream())

    async def scenario(caller: Caller) -> None:
        if size <= 1000:
            assert await caller.get() == "CA1"
        else:
            with pytest.raises(errors.ResponseValidationError, match="max_response_bytes"):
                await caller.get()

    run(backend, scenario, transport=httpx.MockTransport(respond), max_response_bytes=1000)
