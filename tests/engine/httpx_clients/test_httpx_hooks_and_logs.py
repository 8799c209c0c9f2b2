"""Event hooks of the caller's httpx client, and what libraries log about requests."""

from __future__ import annotations

import logging
import threading
import traceback
from typing import Any

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport
from tests.engine.backends import KEY, TO, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.proxies import Http2
from tests.engine.server import Asked, Exchange, response
from tests.engine.support import NO_WAIT
from tests.engine.transport_scenarios import both, in_every_backend, own_client, refused, run_with

from trunkline import errors


def hooked(backend: Backend, hook: Any) -> Any:
    """Return an httpx client that calls a function with each response."""

    async def awaited(response: httpx.Response) -> None:
        if hook is reading:
            await response.aread()
        (raising if hook is reading else hook)(response)

    return own_client(backend, event_hooks={"response": [hook if backend == "sync" else awaited]})


def raising(response: httpx.Response) -> None:
    response.raise_for_status()


def reading(response: httpx.Response) -> None:
    response.read()
    response.raise_for_status()


@in_every_backend
@pytest.mark.parametrize("hook", [raising, reading])
def test_a_hook_that_raises_for_a_status_hides_none(backend: Backend, hook: Any) -> None:
    """A 400 stays a 400; its message is present if the hook has read it."""

    def reply(_asked: Asked) -> bytes:
        body = b'{"error": "invalid_request", "message": "to is not a number"}'
        return response(body, status="400 Bad Request")

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert type(error) is errors.BadRequestError
        assert ("to is not a number" in str(error)) is (hook is reading)
        assert (error.attempts, error.maybe_accepted) == (1, False)

    with Exchange(reply) as server:
        client = hooked(backend, hook)
        run_with(backend, client, scenario, base_url=server.url, **NO_WAIT)


@in_every_backend
def test_a_refusal_seen_by_a_hook_is_repeated_as_ever(backend: Backend) -> None:
    """A 429 that a hook raised for is waited out."""
    responses = [response(b"", "Retry-After: 0", status="429 Too Many Requests"), response()]

    async def scenario(caller: Caller) -> None:
        assert await caller.post() == "CA1"

    with Exchange(lambda _asked: responses.pop(0)) as server:
        client = hooked(backend, raising)
        run_with(backend, client, scenario, base_url=server.url, **NO_WAIT)
        assert len(server.asked) == 2


@in_every_backend
@pytest.mark.parametrize("status", ["connection", "500"])
def test_a_failure_inside_a_hook_repeats_no_call(backend: Backend, status: str) -> None:
    """A hook's own failed request says nothing about the call, which was accepted."""

    def report(_response: httpx.Response) -> None:
        if status == "500":
            request = httpx.Request("POST", "http://metrics.example")
            httpx.Response(500, request=request).raise_for_status()
        httpx.post("http://127.0.0.1:1/metrics", trust_env=False)

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert isinstance(error, errors.AmbiguousResultError)

    with Exchange() as server:
        client = hooked(backend, report)
        run_with(backend, client, scenario, base_url=server.url, **NO_WAIT)
        assert len(server.asked) == 1


@in_every_backend
@pytest.mark.parametrize("http2", [False, True])
def test_no_library_logs_a_request(
    backend: Backend, caplog: pytest.LogCaptureFixture, *, http2: bool
) -> None:
    """No URL or header of a request through httpx is logged, even at DEBUG."""
    secure = Authority().server(protocols=("h2",))
    with Http2(secure) as fast, Exchange() as plain, caplog.at_level(logging.DEBUG):
        client = own_client(backend, http2=http2, verify=Authority().context())
        run_with(backend, client, both, base_url=(fast if http2 else plain).url)
    here = threading.current_thread().name  # the server's own logs do not count
    records = [record for record in caplog.records if record.threadName == here]
    lines = [f"{record.name} {record.getMessage()}" for record in records]
    assert len([line for line in lines if line.startswith("trunkline.stateset_voice ")]) == 2
    for hidden in (KEY, TO, "call-logs", "/api/", "x-request-id"):
        shown = [line for line in lines if not line.startswith("trunkline.")]
        assert not [line for line in shown if hidden in line]


def test_what_others_send_is_logged_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    """An application's own requests are still logged, before and after the SDK's."""
    with Exchange() as server, own_client("sync") as client, caplog.at_level(logging.INFO):
        client.get(f"{server.url}/first")
        run("sync", both, base_url=server.url, http_client=client)
        client.get(f"{server.url}/last")
        lines = [one.getMessage() for one in caplog.records if one.name == "httpx"]
        assert [line.split()[3] for line in lines] == [f"{server.url}/first", f"{server.url}/last"]


@pytest.mark.parametrize("session", ["sync", "asyncio", "aiohttp"])
@pytest.mark.parametrize(
    "words",
    [
        b"HTTP/1.1 200 OK\r\n+15555550123 said\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+15555550123 said\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[+15555550123 said\r\n\r\n",
    ],
)
def test_a_traceback_quotes_no_server(session: str, words: bytes) -> None:
    """Bytes that httpx, httpcore and aiohttp could not read are not in the causes of SDK errors."""

    def reply(asked: Asked) -> None:
        asked.socket.sendall(words)

    async def scenario(caller: Caller) -> None:
        text = "".join(traceback.format_exception(await refused(caller)))
        assert "5555550123" not in text
        assert " said" not in text

    backend: Backend = "sync" if session == "sync" else "asyncio"
    with Exchange(reply) as server:
        ways: dict[str, Any] = {"aiohttp": AiohttpTransport, "sync": httpx.HTTPTransport}
        transport = ways.get(session, httpx.AsyncHTTPTransport)()
        run(backend, scenario, base_url=server.url, max_retries=0, transport=transport)
