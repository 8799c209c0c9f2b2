"""Roads beside the pool: proxies, TLS, HTTP/2, and transports or clients of the caller's."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport
from tests.engine.backends import BACKENDS, KEY, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.proxies import Proxy
from tests.engine.server import MADE, Asked, Exchange, response

from trunkline import errors
from trunkline._engine.transport.tls import ssl_context

if TYPE_CHECKING:
    from pathlib import Path

in_every_colour = pytest.mark.parametrize("backend", BACKENDS)
QUICK: dict[str, Any] = {"max_retries": 0, "timeout": 5}


async def both(caller: Caller) -> None:
    assert await caller.get() == "CA1"
    assert await caller.post() == "CA1"


async def refused(caller: Caller) -> errors.APIError:
    with pytest.raises(errors.APIError) as caught:
        await caller.post()
    return caught.value


# --- TLS ----------------------------------------------------------------------------------------


@in_every_colour
@pytest.mark.parametrize("form", ["context", "file", "folder", "off"])
def test_a_private_authority_is_trusted(backend: Backend, form: str, tmp_path: Path) -> None:
    """By a context, a PEM file, a folder of hashed PEM files, or not at all when told so."""
    verify: Any = {"context": Authority().context(), "off": False}.get(form)
    if verify is None:
        verify = Authority().pem(tmp_path)
    if form == "folder":
        _hash_names(tmp_path)
        verify = str(tmp_path)
    with Exchange(tls=Authority().server()) as server:
        run(backend, both, base_url=server.url, verify=verify)
        assert server.connections == 1


def _hash_names(folder: Path) -> None:
    """Name the certificate as OpenSSL looks for it."""
    import subprocess

    pem = folder / "authority.pem"
    named = subprocess.run(
        ["openssl", "x509", "-hash", "-noout", "-in", str(pem)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (folder / f"{named}.0").write_bytes(pem.read_bytes())


@in_every_colour
def test_an_unknown_authority_is_not_trusted(backend: Backend) -> None:
    """The error says what is wrong and where to look; one attempt is enough to know."""

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert type(error) is errors.APIConnectionError
        assert "is not trusted (see verify=)" in str(error)
        assert (error.attempts, error.maybe_accepted) == (1, False)
        assert caller.free == 100

    with Exchange(tls=Authority().server()) as server:
        run(backend, scenario, base_url=server.url)
        assert not server.asked


@in_every_colour
@pytest.mark.parametrize("session", ["pool", "proxy", "transport"])
def test_an_unknown_authority_is_not_asked_again(backend: Backend, session: str) -> None:
    """One attempt is enough to know, on every transport."""

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert type(error) is errors.APIConnectionError
        assert "is not trusted (see verify=)" in str(error)
        assert (error.attempts, error.maybe_accepted) == (1, False)

    with Exchange(tls=Authority().server()) as server, Proxy() as proxy:
        kind = httpx.HTTPTransport if backend == "sync" else httpx.AsyncHTTPTransport
        ways: dict[str, Any] = {
            "pool": {},
            "proxy": {"proxy": proxy.url},
            "transport": {"transport": kind()},
        }
        run(backend, scenario, base_url=server.url, **ways[session])
        assert not server.asked


@in_every_colour
def test_a_certificate_for_another_host_is_not_trusted(backend: Backend) -> None:
    """The name counts, and nothing is sent to the wrong server."""

    async def scenario(caller: Caller) -> None:
        assert "not trusted" in str(await refused(caller))

    with Exchange(tls=Authority().server("elsewhere.example")) as server:
        run(backend, scenario, base_url=server.url, verify=Authority().context())
        assert not server.asked


@in_every_colour
@pytest.mark.parametrize("manner", ["plain", "silent", "reset", "closed"])
def test_a_handshake_that_fails_was_not_sent(backend: Backend, manner: str) -> None:
    """Clear text, silence, a reset or a close instead of TLS: an error of ours, nothing sent."""

    def serve(accepted: socket.socket) -> None:
        accepted.recv(65536)
        if manner == "plain":
            accepted.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        elif manner == "reset":
            accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif manner == "silent":
            accepted.recv(1)

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        late = errors.APITimeoutError if manner == "silent" else errors.APIConnectionError
        assert type(error) is late
        assert not error.maybe_accepted
        assert caller.free == 100

    with _Raw(serve) as server:
        limits = {"max_retries": 1, "timeout": 0.2}
        run(backend, scenario, base_url=f"https://localhost:{server.port}", verify=False, **limits)


class _Raw(Proxy):
    """A listener with a behaviour of its own."""

    def __init__(self, behaviour: Any) -> None:
        super().__init__()
        self.serve = behaviour  # type: ignore[method-assign]  # that is its only difference


@pytest.mark.parametrize("verify", ["/no/such/file.pem", "", 7, [], b"x"])
def test_an_unusable_authority_is_refused(verify: Any) -> None:
    """A file that is not there, or holds no certificates, is a ConfigurationError."""
    with pytest.raises(errors.ConfigurationError, match="verify="):
        Caller("sync", verify=verify)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    """What is no PEM is named as such."""
    (tmp_path / "x.pem").write_text("hello")
    with pytest.raises(errors.ConfigurationError, match="verify="):
        ssl_context(str(tmp_path / "x.pem"))


@in_every_colour
@pytest.mark.parametrize("form", ["file", "off", "context"])
def test_the_pool_says_what_it_speaks(backend: Backend, form: str, tmp_path: Path) -> None:
    """A server that prefers HTTP/2 learns by ALPN that it is to speak HTTP/1.1.

    So it does when the caller's context has offered HTTP/2 before.
    """
    chosen: list[str | None] = []

    def reply(asked: Asked) -> bytes:
        assert isinstance(asked.socket, ssl.SSLSocket)
        chosen.append(asked.socket.selected_alpn_protocol())
        return response()

    verify: Any = {"context": Authority().context(), "off": False}.get(form)
    if verify is None:
        verify = Authority().pem(tmp_path)
    elif verify:
        verify.set_alpn_protocols(["h2", "http/1.1"])
    with Exchange(reply, Authority().server(protocols=("h2", "http/1.1"))) as server:
        run(backend, both, base_url=server.url, verify=verify)
    assert chosen == ["http/1.1"] * 2


def test_the_usual_authorities_are_loaded_once() -> None:
    """All clients of a process share one context."""
    assert ssl_context(True) is ssl_context(True)
    own = ssl.create_default_context()
    assert ssl_context(own) is own


# --- proxies ------------------------------------------------------------------------------------


@in_every_colour
@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_an_explicit_proxy_is_used(backend: Backend, *, tls: bool) -> None:
    """Plain requests are forwarded, encrypted ones tunnelled; the key stays inside the tunnel."""
    with Exchange(tls=Authority().server() if tls else None) as server, Proxy() as proxy:
        run(backend, both, base_url=server.url, proxy=proxy.url, verify=Authority().context())
        assert len(server.asked) == 2
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
        assert all(head.startswith("CONNECT ") is tls for head in proxy.heads)
        assert any(KEY in head for head in proxy.heads) is not tls


@in_every_colour
def test_a_proxy_of_the_environment_is_used(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP_PROXY applies where nothing else is said, with its user and password."""
    with Exchange() as server, Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//user:word@"))
        run(backend, both, base_url=server.url)
        assert "Proxy-Authorization: Basic " in proxy.heads[0]
        assert len(server.asked) == 2


@in_every_colour
@pytest.mark.parametrize("listed", ["localhost", "*", "example.com,localhost"])
def test_no_proxy_means_the_pool(
    backend: Backend, listed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host in NO_PROXY is asked directly."""
    with Exchange() as server, Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", listed)
        run(backend, both, base_url=server.url)
        assert (len(server.asked), proxy.heads) == (2, [])


@in_every_colour
@pytest.mark.parametrize("status", ["407 Proxy Authentication Required", "502 Bad Gateway"])
def test_a_tunnel_that_is_refused_was_not_sent(backend: Backend, status: str) -> None:
    """The call was not placed, and the error says whose fault it is."""

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert type(error) is errors.APIConnectionError
        assert f"refused the tunnel with status {status[:3]}" in str(error)
        # Credentials that are refused once are refused again.
        assert error.attempts == (1 if status.startswith("407") else 2)
        assert not error.maybe_accepted

    with Proxy(status) as proxy:
        run(backend, scenario, base_url="https://localhost:1", proxy=proxy.url, max_retries=1)


@in_every_colour
def test_a_proxy_that_is_not_there_was_not_reached(backend: Backend) -> None:
    """Nothing was sent, so a POST is tried again."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert (type(error), error.attempts) == (errors.APIConnectionError, 2)

    run(backend, scenario, base_url="http://localhost:1", proxy=url, max_retries=1)


def trickling(asked: Asked) -> None:
    """Response byte by byte, without end."""
    asked.socket.sendall(b"HTTP/1.1 200 OK\r\n")
    with contextlib.suppress(OSError):
        while True:
            asked.socket.sendall(b"X-Y: z\r\n" if "head" in asked.headers["x-slow"] else b"-")
            time.sleep(0.01)


@in_every_colour
@pytest.mark.parametrize("part", ["head", "line"])
@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_the_deadline_holds_behind_a_proxy(backend: Backend, part: str, *, tls: bool) -> None:
    """A server that sends a byte now and then holds no thread, although httpx knows no deadline."""

    async def scenario(caller: Caller) -> None:
        started = time.monotonic()
        with pytest.raises(errors.DeadlineExceededError):
            await caller.get(deadline=0.3, headers={"X-Slow": part})
        assert time.monotonic() - started < 0.8

    with Exchange(trickling, Authority().server() if tls else None) as server, Proxy() as proxy:
        verify = Authority().context()
        run(backend, scenario, base_url=server.url, proxy=proxy.url, verify=verify)


@in_every_colour
def test_the_deadline_holds_while_a_tunnel_is_opened(backend: Backend) -> None:
    """Of two slow steps, the tunnel and the handshake inside it, the second has what is left."""

    async def scenario(caller: Caller) -> None:
        started = time.monotonic()
        with pytest.raises(errors.DeadlineExceededError):
            await caller.get(deadline=2)
        assert time.monotonic() - started < 3

    with _Raw(lambda accepted: accepted.recv(65536) and accepted.recv(65536)) as silent:
        url = f"https://localhost:{silent.port}"
        with Proxy(delay=1.5) as proxy:
            run(backend, scenario, base_url=url, proxy=proxy.url, max_retries=0)


@pytest.mark.parametrize(
    "proxy", ["", "nonsense", "ftp://x", "http://", 7, "http://[x", "http://a..b"]
)
@pytest.mark.parametrize("backend", ["sync", "asyncio"])
def test_an_unusable_proxy_is_refused(backend: Backend, proxy: Any) -> None:
    """When the client is made, by a ConfigurationError."""
    with pytest.raises(errors.ConfigurationError, match="proxy="):
        Caller(backend, proxy=proxy)


# --- HTTP/2 -------------------------------------------------------------------------------------


@in_every_colour
def test_http11_is_spoken_otherwise(backend: Backend) -> None:
    """By default only HTTP/1.1 is offered, whatever the server would prefer."""
    with Exchange(tls=Authority().server(protocols=("h2", "http/1.1"))) as server:
        run(backend, both, base_url=server.url, verify=Authority().context())
        assert server.connections == 1


# --- transports and clients of the caller's -----------------------------------------------------


def made(request: httpx.Request) -> httpx.Response:
    assert request.headers["authorization"] == f"Bearer {KEY}"
    return httpx.Response(200, json=MADE)


def own_client(backend: Backend, **settings: Any) -> Any:
    return httpx.Client(**settings) if backend == "sync" else httpx.AsyncClient(**settings)


@in_every_colour
def test_a_transport_of_the_caller_s_is_used(backend: Backend) -> None:
    """transport= takes the pool's place, with retries, limits and errors as ever."""
    run(backend, both, base_url="https://nowhere.invalid", transport=httpx.MockTransport(made))


@in_every_colour
def test_a_client_that_its_owner_has_closed_says_so(backend: Backend) -> None:
    """http_client= is the caller's to close; the error names it."""

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


@in_every_colour
def test_a_closed_client_with_a_transport_says_so(backend: Backend) -> None:
    """As the pool does."""

    async def scenario(caller: Caller) -> None:
        await caller.aclose()
        with pytest.raises(errors.ClientClosedError, match="this client"):
            await caller.get()

    run(backend, scenario, transport=httpx.MockTransport(made))


@pytest.mark.parametrize("backend", ["sync", "asyncio"])
def test_a_transport_of_the_other_colour_is_refused(backend: Backend) -> None:
    """A sync transport cannot serve an async client, nor the other way round."""
    wrong: Any = httpx.AsyncHTTPTransport() if backend == "sync" else httpx.HTTPTransport()
    with pytest.raises(errors.ConfigurationError, match="transport="):
        Caller(backend, transport=wrong)
    client: Any = own_client("asyncio" if backend == "sync" else "sync")
    with pytest.raises(errors.ConfigurationError, match="http_client="):
        Caller(backend, http_client=client)


@in_every_colour
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
    """Only a failure to connect proves that nothing was sent; all else is ambiguous for a POST."""
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


async def _skip(_delay: float) -> None:
    return None


def _no_wait() -> dict[str, Any]:
    from dataclasses import replace

    from trunkline._engine.runtime import SYSTEM

    return {"runtime": replace(SYSTEM, sleep=lambda _delay: None, async_sleep=_skip)}


NO_WAIT = _no_wait()


@in_every_colour
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
    """httpx-aiohttp calls a reset in the middle a connect timeout; no POST is repeated for it."""

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


@in_every_colour
@pytest.mark.parametrize("size", [1000, 1001])
@pytest.mark.parametrize("packed", [False, True])
def test_bodies_through_httpx_are_bounded(backend: Backend, size: int, *, packed: bool) -> None:
    """max_response_bytes counts unpacked bytes on this session too."""
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
