"""Which certificates a client trusts, and handshakes that fail."""

from __future__ import annotations

import gc
import os
import socket
import ssl
import struct
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.engine.backends import Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.proxies import Proxy
from tests.engine.server import Asked, Exchange, response

from trunkline import errors
from trunkline._engine.transport.network.sync import SocketStream
from trunkline._engine.transport.tls import ssl_context

if TYPE_CHECKING:
    from pathlib import Path
from tests.engine.transport_scenarios import Listener, both, in_every_backend, refused


@in_every_backend
@pytest.mark.parametrize("form", ["context", "file", "folder", "off"])
def test_a_private_authority_is_trusted(backend: Backend, form: str, tmp_path: Path) -> None:
    """By a context, a PEM file or a folder of hashed PEM files; or verification is off."""
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
    """Name the certificate file as OpenSSL expects."""
    import subprocess

    pem = folder / "authority.pem"
    named = subprocess.run(
        ["openssl", "x509", "-hash", "-noout", "-in", str(pem)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (folder / f"{named}.0").write_bytes(pem.read_bytes())


@in_every_backend
def test_an_unknown_authority_is_not_trusted(backend: Backend) -> None:
    """The error says what is wrong and where to look; there is only one attempt."""

    async def scenario(caller: Caller) -> None:
        error = await refused(caller)
        assert type(error) is errors.APIConnectionError
        assert "is not trusted (see verify=)" in str(error)
        assert (error.attempts, error.maybe_accepted) == (1, False)
        assert caller.free == 100

    with Exchange(tls=Authority().server()) as server:
        run(backend, scenario, base_url=server.url)
        assert not server.asked


@in_every_backend
@pytest.mark.parametrize("session", ["pool", "proxy", "transport"])
def test_an_unknown_authority_is_not_asked_again(backend: Backend, session: str) -> None:
    """There is only one attempt, on every transport."""

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


@in_every_backend
def test_a_certificate_for_another_host_is_not_trusted(backend: Backend) -> None:
    """The name is checked, and nothing is sent to the wrong server."""

    async def scenario(caller: Caller) -> None:
        assert "not trusted" in str(await refused(caller))

    with Exchange(tls=Authority().server("elsewhere.example")) as server:
        run(backend, scenario, base_url=server.url, verify=Authority().context())
        assert not server.asked


@in_every_backend
@pytest.mark.parametrize("manner", ["plain", "silent", "reset", "closed"])
def test_a_handshake_that_fails_was_not_sent(backend: Backend, manner: str) -> None:
    """Clear text, silence, a reset or a close instead of TLS: an SDK error, nothing sent."""

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

    with Listener(serve) as server:
        limits = {"max_retries": 1, "timeout": 0.2 if manner == "silent" else 30}
        run(backend, scenario, base_url=f"https://localhost:{server.port}", verify=False, **limits)


@pytest.mark.parametrize("verify", ["/no/such/file.pem", "", 7, [], b"x"])
def test_an_unusable_authority_is_refused(verify: Any) -> None:
    """A missing file, or one without certificates, is a ConfigurationError."""
    with pytest.raises(errors.ConfigurationError, match="verify="):
        Caller("sync", verify=verify)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    """The error says that the file is not PEM."""
    (tmp_path / "x.pem").write_text("hello")
    with pytest.raises(errors.ConfigurationError, match="verify="):
        ssl_context(str(tmp_path / "x.pem"))


@in_every_backend
@pytest.mark.parametrize("form", ["file", "off", "context"])
def test_the_pool_says_what_it_speaks(backend: Backend, form: str, tmp_path: Path) -> None:
    """ALPN makes a server that prefers HTTP/2 use HTTP/1.1.

    Also if the caller's context offered HTTP/2 before.
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


@in_every_backend
def test_http11_is_spoken_otherwise(backend: Backend) -> None:
    """By default only HTTP/1.1 is offered, whatever the server would prefer."""
    with Exchange(tls=Authority().server(protocols=("h2", "http/1.1"))) as server:
        run(backend, both, base_url=server.url, verify=Authority().context())
        assert server.connections == 1


class InterruptedSocket(socket.socket):
    """A signal handler raises when both the TLS socket and this one have the descriptor."""

    def detach(self) -> int:
        raise KeyboardInterrupt


def test_an_interrupt_while_tls_begins_closes_the_descriptor_once() -> None:
    """A second close could close a file or connection that was opened meanwhile."""
    ours, theirs = socket.socketpair()
    plain = InterruptedSocket(fileno=ours.detach())
    stream = SocketStream(plain)
    with theirs:
        with pytest.raises(KeyboardInterrupt):
            stream.start_tls(ssl.create_default_context(), "localhost", 5)
        gc.collect()
        assert os.fstat(plain.fileno())
        stream.close()
        assert plain.fileno() == -1


@pytest.mark.parametrize("limit", [None, 60.0])
def test_a_caller_s_context_still_serves_the_caller(limit: float | None) -> None:
    """After a client has used it: for blocking sockets, with and without timeout, and others."""
    context = Authority().context()
    with Exchange(tls=Authority().server()) as server:
        run("sync", both, base_url=server.url, verify=context)
        address = ("127.0.0.1", server.port)
        with socket.create_connection(address, limit) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as secured:
                assert secured.version() == "TLSv1.3"
                assert secured.gettimeout() == limit
    silent, theirs = socket.socketpair()
    with silent, theirs:
        silent.setblocking(False)
        with context.wrap_socket(
            silent, server_hostname="localhost", do_handshake_on_connect=False
        ) as secured:
            with pytest.raises(ssl.SSLWantReadError):
                secured.do_handshake()
