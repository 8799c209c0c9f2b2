"""Calls through a proxy, which one is taken, and what its failures mean."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any

import pytest
from tests.engine.backends import KEY, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.pool_clients import Offset
from tests.engine.proxies import Proxy
from tests.engine.server import Asked, Exchange
from tests.engine.transport_scenarios import Listener, both, in_every_backend, refused

from trunkline import errors


@in_every_backend
@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_an_explicit_proxy_is_used(backend: Backend, *, tls: bool) -> None:
    """Plain requests are forwarded, encrypted ones tunnelled; the key stays inside the tunnel."""
    with Exchange(tls=Authority().server() if tls else None) as server, Proxy() as proxy:
        run(backend, both, base_url=server.url, proxy=proxy.url, verify=Authority().context())
        assert len(server.asked) == 2
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
        assert all(head.startswith("CONNECT ") is tls for head in proxy.heads)
        assert any(KEY in head for head in proxy.heads) is not tls


@in_every_backend
def test_a_proxy_of_the_environment_is_used(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP_PROXY applies by default, with its user and password."""
    with Exchange() as server, Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//user:word@"))
        run(backend, both, base_url=server.url)
        assert "Proxy-Authorization: Basic " in proxy.heads[0]
        assert len(server.asked) == 2


@in_every_backend
@pytest.mark.parametrize("listed", ["localhost", "*", "example.com,localhost"])
def test_no_proxy_means_the_pool(
    backend: Backend, listed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host in NO_PROXY is connected to directly."""
    with Exchange() as server, Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", listed)
        run(backend, both, base_url=server.url)
        assert (len(server.asked), proxy.heads) == (2, [])


@in_every_backend
@pytest.mark.parametrize("status", ["407 Proxy Authentication Required", "502 Bad Gateway"])
def test_a_tunnel_that_is_refused_was_not_sent(backend: Backend, status: str) -> None:
    """The call was not placed, and the error names the proxy."""

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert type(error) is errors.APIConnectionError
        assert f"refused the tunnel with status {status[:3]}" in str(error)
        # Credentials refused once would be refused again.
        assert error.attempts == (1 if status.startswith("407") else 2)
        assert not error.maybe_accepted

    with Proxy(status) as proxy:
        run(backend, scenario, base_url="https://localhost:1", proxy=proxy.url, max_retries=1)


@in_every_backend
def test_a_proxy_that_is_not_there_was_not_reached(backend: Backend) -> None:
    """Nothing was sent, so a POST is retried."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert (type(error), error.attempts) == (errors.APIConnectionError, 2)

    run(backend, scenario, base_url="http://localhost:1", proxy=url, max_retries=1)


def trickling(asked: Asked) -> None:
    """Send a response byte by byte, without end."""
    asked.socket.sendall(b"HTTP/1.1 200 OK\r\n")
    with contextlib.suppress(OSError):
        while True:
            asked.socket.sendall(b"X-Y: z\r\n" if "head" in asked.headers["x-slow"] else b"-")
            time.sleep(0.01)


@in_every_backend
@pytest.mark.parametrize("part", ["head", "line"])
@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_the_deadline_holds_behind_a_proxy(backend: Backend, part: str, *, tls: bool) -> None:
    """A server that trickles bytes blocks no thread, although httpx has no deadline."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.DeadlineExceededError):
            await caller.get(deadline=0.3, headers={"X-Slow": part})

    with Exchange(trickling, Authority().server() if tls else None) as server, Proxy() as proxy:
        verify = Authority().context()
        run(backend, scenario, base_url=server.url, proxy=proxy.url, verify=verify)


@in_every_backend
def test_the_deadline_holds_while_a_tunnel_is_opened(backend: Backend) -> None:
    """Of two slow steps, the tunnel and the handshake inside it, the second gets the rest."""
    clock = Offset()

    def take_long() -> None:
        clock.ahead += 599.8

    def silent(accepted: socket.socket) -> None:
        while accepted.recv(65536):
            pass

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.DeadlineExceededError):
            await caller.get(deadline=600, timeout=600)

    with Listener(silent) as server, Proxy(opening=take_long) as proxy:
        settings = {"proxy": proxy.url, "max_retries": 0, **clock.settings}
        run(backend, scenario, base_url=f"https://localhost:{server.port}", **settings)


@pytest.mark.parametrize(
    "proxy", ["", "nonsense", "ftp://x", "http://", 7, "http://[x", "http://a..b"]
)
@pytest.mark.parametrize("backend", ["sync", "asyncio"])
def test_an_unusable_proxy_is_refused(backend: Backend, proxy: Any) -> None:
    """When the client is created, with a ConfigurationError."""
    with pytest.raises(errors.ConfigurationError, match="proxy="):
        Caller(backend, proxy=proxy)
