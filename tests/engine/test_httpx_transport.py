"""Requests through httpx: what hooks, logs, proxies and long addresses make of them."""

from __future__ import annotations

import logging
import threading
import traceback
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
import respx
from httpx_aiohttp import AiohttpTransport
from tests.engine.backends import BACKENDS, KEY, TO, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.proxies import Http2, Proxy
from tests.engine.server import Asked, Exchange, response
from tests.engine.test_transports import NO_WAIT, both, own_client, refused

from trunkline import AsyncWhispey, Whispey, errors

if TYPE_CHECKING:
    from pathlib import Path

in_every_colour = pytest.mark.parametrize("backend", BACKENDS)


def hooked(backend: Backend, hook: Any) -> Any:
    """Return an httpx client that calls a function with each response."""

    async def awaited(response: httpx.Response) -> None:
        if hook is reading:
            await response.aread()
        (raising if hook is reading else hook)(response)

    return own_client(backend, event_hooks={"response": [hook if backend == "sync" else awaited]})


def run_with(backend: Backend, client: Any, scenario: Any, **settings: Any) -> None:
    """Run a scenario with an httpx client, and close that as well."""

    async def whole(caller: Caller) -> None:
        try:
            await scenario(caller)
        finally:
            if backend == "sync":
                client.close()
            else:
                await client.aclose()

    run(backend, whole, http_client=client, **settings)


def raising(response: httpx.Response) -> None:
    response.raise_for_status()


def reading(response: httpx.Response) -> None:
    response.read()
    response.raise_for_status()


@in_every_colour
@pytest.mark.parametrize("hook", [raising, reading])
def test_a_hook_that_raises_for_a_status_hides_none(backend: Backend, hook: Any) -> None:
    """A 400 is a 400, not an accident; its message is there when the hook has read it."""

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


@in_every_colour
def test_a_refusal_seen_by_a_hook_is_repeated_as_ever(backend: Backend) -> None:
    """A 429 that a hook raised for is waited out."""
    responses = [response(b"", "Retry-After: 0", status="429 Too Many Requests"), response()]

    async def scenario(caller: Caller) -> None:
        assert await caller.post() == "CA1"

    with Exchange(lambda _asked: responses.pop(0)) as server:
        client = hooked(backend, raising)
        run_with(backend, client, scenario, base_url=server.url, **NO_WAIT)
        assert len(server.asked) == 2


@in_every_colour
@pytest.mark.parametrize("status", ["connection", "500"])
def test_a_failure_inside_a_hook_repeats_no_call(backend: Backend, status: str) -> None:
    """What a hook could not send elsewhere says nothing about the call, which was accepted."""

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


@in_every_colour
def test_an_address_that_httpx_does_not_take_is_not_sent(backend: Backend) -> None:
    """It takes none of more than 64 KiB: the error says so at once."""

    async def scenario(caller: Caller) -> None:
        raw, long = caller.client.raw, {"long": "x" * 70_000}
        session = raw.get_httpx_client() if backend == "sync" else raw.get_async_httpx_client()

        async def post() -> Any:
            made = session.request("POST", "/x", params=long)
            return made if backend == "sync" else await made

        with pytest.raises(errors.APIConnectionError, match="does not take the address") as caught:
            await post()
        assert (caught.value.attempts, caught.value.maybe_accepted) == (1, False)

    transport = httpx.MockTransport(lambda _request: httpx.Response(200))
    run(backend, scenario, transport=transport)


@in_every_colour
def test_only_one_way_can_be_chosen(backend: Backend) -> None:
    """A proxy that a transport or client would not use is refused, and so are both of these."""
    ways: dict[str, Any] = {
        "http_client": own_client(backend),
        "transport": httpx.MockTransport(lambda _request: httpx.Response(200)),
        "proxy": "http://127.0.0.1:1",
    }
    for left_out in ways:
        pair = {name: value for name, value in ways.items() if name != left_out}
        with pytest.raises(errors.ConfigurationError, match="exclude each other"):
            Caller(backend, **pair)


@in_every_colour
def test_an_empty_transport_is_a_transport(backend: Backend) -> None:
    """One that counts what it holds, and holds nothing yet, is used all the same."""

    class Recorder(httpx.MockTransport):
        def __len__(self) -> int:
            return 0

    with Exchange() as server:
        transport = Recorder(lambda _request: httpx.Response(200, content=_body()))
        run(backend, both, base_url=server.url, transport=transport)
        assert not server.asked


def _body() -> bytes:
    return response().partition(b"\r\n\r\n")[2]


# --- logs ---------------------------------------------------------------------------------------


@in_every_colour
@pytest.mark.parametrize("http2", [False, True])
def test_no_library_logs_a_request(
    backend: Backend, caplog: pytest.LogCaptureFixture, *, http2: bool
) -> None:
    """Neither address nor header of what is sent through httpx reaches a log at DEBUG."""
    secure = Authority().server(protocols=("h2",))
    with Http2(secure) as fast, Exchange() as plain, caplog.at_level(logging.DEBUG):
        client = own_client(backend, http2=http2, verify=Authority().context())
        run_with(backend, client, both, base_url=(fast if http2 else plain).url)
    here = threading.current_thread().name  # the server's own logs are its affair
    records = [record for record in caplog.records if record.threadName == here]
    lines = [f"{record.name} {record.getMessage()}" for record in records]
    assert len([line for line in lines if line.startswith("trunkline.stateset_voice ")]) == 2
    for hidden in (KEY, TO, "call-logs", "/api/", "x-request-id"):
        shown = [line for line in lines if not line.startswith("trunkline.")]
        assert not [line for line in shown if hidden in line]


def test_what_others_send_is_logged_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    """An application's own requests keep their lines, before and after ours."""
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
    """What httpx, httpcore and aiohttp could not read stays out of the causes of our errors."""

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


# --- processes, event loops and threads ---------------------------------------------------------


@in_every_colour
@pytest.mark.parametrize("used", [False, True])
def test_a_closed_client_meets_no_mock(backend: Backend, *, used: bool) -> None:
    """It is closed on this session too, whether or not it has been there."""

    async def scenario(caller: Caller) -> None:
        if used:
            assert await caller.post() == "CA1"
        await caller.aclose()
        with pytest.raises(errors.ClientClosedError, match="this client"):
            await caller.post()

    with respx.mock(assert_all_called=used) as router:
        url = "http://localhost:1/api/v1/make-call"
        router.post(url).respond(json={"call_sid": "CA1"})
        run(backend, scenario, base_url="http://localhost:1")


# --- downloads ----------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", ["sync", "asyncio"])
def test_a_download_from_another_host_takes_its_proxy(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """NO_PROXY names the API's host, not the one that a redirect leads to."""

    def reply(asked: Asked) -> bytes:
        if asked.target == "/file":
            return response(b"contents")
        place = f"Location: http://localhost:{server.port}/file"
        return response(b"", place, status="302 Found")

    with Exchange(reply) as server, Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        target = str(tmp_path / "file")
        _download(backend, f"http://127.0.0.1:{server.port}", target)
        assert (tmp_path / "file").read_bytes() == b"contents"
        assert [head.split()[1] for head in proxy.heads] == [f"http://localhost:{server.port}/file"]
        assert not any(KEY in head for head in proxy.heads)


def _download(backend: Backend, url: str, target: str) -> None:
    if backend == "sync":
        with Whispey(KEY, base_url=url) as whispey:
            whispey.exports.download("e", target)
        return

    async def download() -> None:
        async with AsyncWhispey(KEY, base_url=url) as whispey:
            await whispey.exports.download("e", target)

    anyio.run(download)


@in_every_colour
def test_a_closed_client_sends_nothing_through_the_caller_s(backend: Backend) -> None:
    """The caller's httpx client stays open, and is no way around a client that was closed."""
    client = own_client(backend)

    async def scenario(caller: Caller) -> None:
        assert await caller.post() == "CA1"
        await caller.aclose()
        with pytest.raises(errors.ClientClosedError, match="this client is closed"):
            await caller.post()
        assert not client.is_closed

    with Exchange() as server:
        run_with(backend, client, scenario, base_url=server.url)
        assert len(server.asked) == 1
