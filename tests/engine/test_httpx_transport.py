"""Requests through httpx: what hooks, logs, proxies and long addresses make of them."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
import respx
import trio
from httpx_aiohttp import AiohttpTransport
from tests.engine.backends import BACKENDS, KEY, TO, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.proxies import Http2, Proxy
from tests.engine.server import Asked, Exchange, response
from tests.engine.test_event_loops_and_forks import connections_to, in_child, twice
from tests.engine.test_transports import NO_WAIT, both, own_client, refused

from trunkline import AsyncStateSetVoice, AsyncWhispey, StateSetVoice, Whispey, errors
from trunkline._engine.models import Origin
from trunkline._engine.transport._sync import factory as _sender

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
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
        session, long = caller.client._session, {"long": "x" * 70_000}

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
@pytest.mark.parametrize("session", ["http2", "proxy", "http_client"])
def test_no_library_logs_a_request(
    backend: Backend, session: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither address nor header of what is sent through httpx reaches a log at DEBUG."""
    secure = Authority().server(protocols=("h2",))
    with Http2(secure) as fast, Exchange() as plain, Proxy() as proxy:
        ways: dict[str, Any] = {"http2": True, "proxy": proxy.url}
        server: Http2 | Exchange = fast if session == "http2" else plain
        with caplog.at_level(logging.DEBUG):
            if session == "http_client":
                run_with(backend, own_client(backend), both, base_url=server.url)
            else:
                settings = {session: ways[session], "verify": Authority().context()}
                run(backend, both, base_url=server.url, **settings)
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

on_every_own_road = pytest.mark.parametrize("session", ["proxy", "environment", "http2"])


@contextmanager
def own_road(
    session: str, monkeypatch: pytest.MonkeyPatch
) -> Generator[tuple[dict[str, Any], Callable[[], int]], None, None]:
    """Give a client's settings, and what counts the connections to the server."""
    secure = Authority().server(protocols=("h2",))
    with Http2(secure) as fast, Exchange() as plain, Proxy() as proxy:
        if session == "environment":
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
        ways: dict[str, Any] = {
            "proxy": {"base_url": plain.url, "proxy": proxy.url},
            "environment": {"base_url": plain.url},
            "http2": {"base_url": fast.url, "http2": True, "verify": Authority().context()},
        }
        yield ways[session], lambda: plain.connections + len(fast.versions)


@on_every_own_road
def test_a_fork_has_connections_of_its_own(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child never speaks on its parent's sockets, whose responses would go astray."""
    with own_road(session, monkeypatch) as (settings, connections):
        with StateSetVoice(KEY, **settings) as client:

            def work() -> None:
                for _ in range(2):
                    assert client.make_call(to=TO).call_sid == "CA1"
                client.close()

            for expected in (1, 2):
                assert client.make_call(to=TO).call_sid == "CA1"
                assert connections() == expected
                assert in_child(work) == 0
            assert client.make_call(to=TO).call_sid == "CA1"
        assert connections() == 3


@on_every_own_road
def test_a_fork_of_an_event_loop_has_its_own(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child's event loop leaves its parent's connections alone."""

    async def parent(settings: dict[str, Any]) -> None:
        async with AsyncStateSetVoice(KEY, **settings) as client:
            await twice(client)

            def work() -> None:
                asyncio.set_event_loop(None)
                asyncio.events._set_running_loop(None)
                asyncio.run(twice(client))

            assert in_child(work) == 0
            await twice(client)

    with own_road(session, monkeypatch) as (settings, connections):
        asyncio.run(parent(settings))
        assert connections() == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists its open files so")
def test_a_child_lets_go_of_its_parent_s_connections() -> None:
    """A proxy that waits for a connection's end would otherwise wait for the child as well."""
    with Exchange() as server, Proxy() as proxy:
        with StateSetVoice(KEY, base_url=server.url, proxy=proxy.url) as client:
            client.make_call(to=TO)

            def work() -> None:
                client.make_call(to=TO)
                gc.collect()
                assert connections_to(proxy.port) == 1

            assert in_child(work) == 0
            client.make_call(to=TO)
        assert server.connections == 2


@on_every_own_road
def test_event_loops_have_connections_of_their_own(
    session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A POST in a later event loop is made, and closing there, or twice, is no error."""
    with own_road(session, monkeypatch) as (settings, connections):
        client = AsyncStateSetVoice(KEY, **settings)
        for _ in range(2):
            asyncio.run(twice(client))
            trio.run(twice, client)
        assert connections() == 4
        asyncio.run(client.aclose())
        trio.run(client.aclose)
        with pytest.raises(errors.ClientClosedError):
            asyncio.run(twice(client))


def test_threads_that_meet_a_mock_together_share_a_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """One is made, and that one is closed."""
    made: list[httpx.Client] = []
    make = _sender._client

    def slow(*arguments: Any, **settings: Any) -> httpx.Client:
        time.sleep(0.05)
        made.append(make(*arguments, **settings))
        return made[-1]

    monkeypatch.setattr(_sender, "_client", slow)
    with respx.mock as router, StateSetVoice(KEY, base_url="http://localhost:1") as client:
        router.post("http://localhost:1/api/v1/make-call").respond(json={"call_sid": "CA1"})
        with ThreadPoolExecutor(8) as pool:
            calls = [pool.submit(client.make_call, to=TO) for _ in range(8)]
            assert [call.result().call_sid for call in calls] == ["CA1"] * 8
    assert [one.is_closed for one in made] == [True]


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


def test_few_of_the_hosts_of_downloads_are_remembered() -> None:
    """A store may give each file a host of its own: a client that lives long must not grow."""
    with Whispey(KEY) as whispey:
        transport: Any = whispey._session.transport
        for number in range(1000):
            origin = Origin(b"https", b"store-%d.example" % number, 443)
            assert transport._choose(SimpleNamespace(origin=origin)) is transport.transport
        assert transport._proxied.cache_info().currsize <= _sender.MOST_PROXIED


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
