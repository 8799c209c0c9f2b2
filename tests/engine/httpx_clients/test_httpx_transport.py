"""Requests through httpx: proxies, long URLs, and settings of the caller's client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
import respx
from tests.engine.backends import KEY, Backend, Caller, run
from tests.engine.proxies import Proxy
from tests.engine.server import Asked, Exchange, response
from tests.engine.transport_scenarios import both, in_every_backend, own_client, run_with

from trunkline import AsyncWhispey, Whispey, errors

if TYPE_CHECKING:
    from pathlib import Path


@in_every_backend
def test_an_address_that_httpx_does_not_take_is_not_sent(backend: Backend) -> None:
    """A URL of more than 64 KiB: the error says so at once."""

    async def scenario(caller: Caller) -> None:
        raw, long = caller.client.raw, {"long": "x" * 70_000}
        session = raw.get_httpx_client() if backend == "sync" else raw.get_async_httpx_client()

        async def post() -> Any:
            made = session.request("POST", "/x", params=long)
            return made if backend == "sync" else await made

        with pytest.raises(errors.APIConnectionError, match="does not accept the URL") as caught:
            await post()
        assert (caught.value.attempts, caught.value.maybe_accepted) == (1, False)

    transport = httpx.MockTransport(lambda _request: httpx.Response(200))
    run(backend, scenario, transport=transport)


@in_every_backend
def test_only_one_way_can_be_chosen(backend: Backend) -> None:
    """A proxy with a transport or client is refused, and so is a transport with a client."""
    ways: dict[str, Any] = {
        "http_client": own_client(backend),
        "transport": httpx.MockTransport(lambda _request: httpx.Response(200)),
        "proxy": "http://127.0.0.1:1",
    }
    for left_out in ways:
        pair = {name: value for name, value in ways.items() if name != left_out}
        with pytest.raises(errors.ConfigurationError, match="exclude each other"):
            Caller(backend, **pair)


@in_every_backend
def test_an_empty_transport_is_a_transport(backend: Backend) -> None:
    """A transport that is falsy because its length is 0 is still used."""

    class Recorder(httpx.MockTransport):
        def __len__(self) -> int:
            return 0

    with Exchange() as server:
        transport = Recorder(lambda _request: httpx.Response(200, content=_body()))
        run(backend, both, base_url=server.url, transport=transport)
        assert not server.asked


def _body() -> bytes:
    return response().partition(b"\r\n\r\n")[2]


@in_every_backend
@pytest.mark.parametrize("used", [False, True])
def test_a_closed_client_meets_no_mock(backend: Backend, *, used: bool) -> None:
    """The client is closed for httpx requests too, whether or not it has sent any."""

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


@pytest.mark.parametrize("backend", ["sync", "asyncio"])
def test_a_download_from_another_host_takes_its_proxy(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """NO_PROXY names the API's host, not the redirect's target."""

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


@in_every_backend
def test_a_closed_client_sends_nothing_through_the_caller_s(backend: Backend) -> None:
    """The caller's httpx client stays open, but a closed client does not send through it."""
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


@in_every_backend
def test_settings_of_the_caller_s_client_are_sent(backend: Backend) -> None:
    """Headers, parameters and cookies for a gateway are sent with every request."""
    client = own_client(
        backend,
        headers={"X-Gateway-Key": "g"},
        params={"tenant": "7"},
        cookies={"sticky": "1"},
    )
    with Exchange() as server:
        run_with(backend, client, both, base_url=server.url)
        for asked in server.asked:
            assert asked.headers["x-gateway-key"] == "g"
            assert asked.headers["cookie"] == "sticky=1"
            assert "tenant=7" in asked.target
            assert asked.headers["user-agent"].startswith("trunkline/")


@in_every_backend
@pytest.mark.parametrize(
    "settings", [{"auth": ("user", "word")}, {"headers": {"Authorization": "Basic x"}}]
)
def test_settings_that_cannot_be_sent_are_refused(
    backend: Backend, settings: dict[str, Any]
) -> None:
    """That header is for the key; the error names the remedy and no credential."""
    with pytest.raises(errors.ConfigurationError, match="http_client= must not have") as caught:
        run(backend, both, http_client=own_client(backend, **settings))
    assert "word" not in str(caught.value)


@in_every_backend
def test_cookies_of_the_api_stay_out_of_the_caller_s_jar(backend: Backend) -> None:
    """The caller's own cookie of the same name keeps its value."""
    client = own_client(backend)
    client.cookies.set("mine", "1", domain="127.0.0.1", path="/")

    def reply(_asked: Asked) -> bytes:
        return response(None, "Set-Cookie: theirs=2; Path=/", "Set-Cookie: mine=3; Path=/")

    with Exchange(reply) as server:
        run_with(backend, client, both, base_url=server.url)
    assert [(cookie.name, cookie.value) for cookie in client.cookies.jar] == [("mine", "1")]


@in_every_backend
def test_headers_of_the_caller_s_client_are_sent_byte_for_byte(backend: Backend) -> None:
    """Non-ASCII values, which httpx takes as bytes, and two headers of one name."""
    team = "Zürich".encode("latin-1")
    client = own_client(backend, headers=[(b"X-Team", team), (b"X-Via", b"a"), (b"X-Via", b"b")])
    sent: list[bytes] = []

    def keep(request: httpx.Request) -> None:
        sent.extend(value for name, value in request.headers.raw if name.startswith(b"X-"))

    async def async_keep(request: httpx.Request) -> None:
        keep(request)

    client.event_hooks = {"request": [keep if backend == "sync" else async_keep]}
    with Exchange() as server:
        run_with(backend, client, both, base_url=server.url)
    assert sent[:3] == [team, b"a", b"b"]


@in_every_backend
def test_settings_that_make_no_request_are_errors_of_ours(backend: Backend) -> None:
    """A query that httpx rejects, and a cookie that is not a valid header value."""

    async def post(caller: Caller) -> None:
        await caller.post()

    with Exchange() as server:
        for settings, kind, words in (
            ({"params": {"a": "x" * 70_000}}, errors.APIConnectionError, "accept the URL"),
            ({"cookies": {"a": "ü"}}, errors.ConfigurationError, "cookie with characters"),
        ):
            client = own_client(backend, **settings)
            with pytest.raises(kind, match=words):
                run_with(backend, client, post, base_url=server.url)
        assert not server.asked
