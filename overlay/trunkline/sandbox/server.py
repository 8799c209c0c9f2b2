"""The sandbox on a loopback port, in a thread of this process or as a separate process."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import warnings
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from trunkline.errors import ConfigurationError
from trunkline.sandbox.app import SandboxApp, create_app
from trunkline.sandbox.control.client import Control
from trunkline.sandbox.core.response_writer import TRANSPORT_KEY

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from trunkline.sandbox.config import SandboxConfig
    from trunkline.sandbox.core.clock import Clock
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["Sandbox", "SandboxServer", "bind", "running"]

#: uvicorn reports errors to its logger; without any logging configuration they reach stderr.
START_FAILED_HINT = "the log `uvicorn.error` says why"
#: Real seconds that open requests get when the server stops.
SHUTDOWN_GRACE = 1
#: Real seconds that the server gets to start, and to stop.
START_TIMEOUT = 30.0
STOP_TIMEOUT = 10.0
BACKLOG = 2048
MAX_PORT = 65535


class _Protocol(H11Protocol):
    """uvicorn's protocol with the connection's transport in the ASGI scope, for faults."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served: Any = self.app

        async def with_transport(scope: Any, receive: Any, send: Any) -> None:
            await served({**scope, TRANSPORT_KEY: self.transport}, receive, send)

        self.app = with_transport


class SandboxServer(uvicorn.Server):
    """A uvicorn server that reports when it is ready and leaves signals to its owner."""

    def __init__(self, app: SandboxApp, keep_alive_seconds: int) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_Protocol,
                ws="none",
                loop="asyncio",
                lifespan="on",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                date_header=False,
                server_header=False,
                timeout_keep_alive=keep_alive_seconds,
                timeout_graceful_shutdown=SHUTDOWN_GRACE,
            )
        )
        self._start_finished = threading.Event()

    def wait_until_started(self, timeout: float | None = None) -> bool:
        """Wait until the server has started; False if it has ended, or after `timeout` seconds."""
        return self._start_finished.wait(timeout) and self.started

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until `should_exit` is set, or until the start fails."""
        try:
            # Newer versions of uvicorn raise it if the start fails, after logging the reason.
            with contextlib.suppress(SystemExit):
                super().run(sockets)
        finally:
            self._start_finished.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then report it."""
        await super().startup(sockets)
        self._start_finished.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close open connections first: a slow fault would delay the stop."""
        for connection in list(self.server_state.connections):
            cast("Any", connection).transport.abort()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Install no handlers: a thread cannot, and in a process main() has its own."""
        yield


class Sandbox:
    """A sandbox that serves from a background thread.

    A context manager; without `with`, call `start` and `stop`.

    Args:
        clock: None for a clock that runs at the speed of the real one.
        config: None for the defaults.
        host: address to listen on.
        port: 0 for a free one.
        keep_alive_seconds: real seconds after which idle connections are closed.
        contracts: further APIs by name, each an OpenAPI document or the path of one; see
            `create_app`.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        config: SandboxConfig | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        keep_alive_seconds: int = 60,
        contracts: Mapping[str, str | Path | Mapping[str, Any]] | None = None,
    ) -> None:
        self._host, self._port = host, port
        self._keep_alive_seconds = keep_alive_seconds
        self._server: SandboxServer | None = None
        self._thread: threading.Thread | None = None
        self._control: Control | None = None
        self.app = create_app(clock, config, contracts)

    @property
    def url(self) -> str:
        """Address of the server.

        Like everything that needs the server, raises ConfigurationError while it does not run.
        """
        return self.control.url

    def url_for(self, provider: str) -> str:
        """Return the URL to give to a client of a provider.

        Args:
            provider: a name of the sandbox (``pamela``, ``whispey``, ``whispey_ingest``,
                ``stateset``, ``phone_ai``) or of `contracts`.

        Raises:
            ConfigurationError: the sandbox does not run, or has no such provider.
        """
        urls = self.app.registry.urls(self.url)
        if provider not in urls:
            known = ", ".join(urls)
            raise ConfigurationError(f"no provider is called {provider!r}: give one of {known}")
        return urls[provider]

    @property
    def pamela_url(self) -> str:
        """``base_url`` for Pamela."""
        return self.url_for("pamela")

    @property
    def whispey_url(self) -> str:
        """``base_url`` for Whispey."""
        return self.url_for("whispey")

    @property
    def whispey_ingest_url(self) -> str:
        """``ingest_url`` for Whispey: the complete URL that call logs are posted to."""
        return self.url_for("whispey_ingest")

    @property
    def stateset_url(self) -> str:
        """``base_url`` for StateSet Voice."""
        return self.url_for("stateset")

    @property
    def phone_ai_url(self) -> str:
        """``base_url`` for Phone.ai."""
        return self.url_for("phone_ai")

    @property
    def control(self) -> Control:
        """The control endpoints; one connection, so use it from one thread at a time."""
        if self._control is None:
            raise ConfigurationError("the sandbox does not run: use `with Sandbox() as sandbox:`")
        return self._control

    def start(self) -> Self:
        """Start serving and return once requests can be sent, immediately if already running.

        Raises:
            ConfigurationError: the address cannot be listened on, or the server does not start.
        """
        if self._control is not None:
            return self
        listener = bind(self._host, self._port)
        url = url_of(listener)
        self._server = server = SandboxServer(self.app, self._keep_alive_seconds)
        self._thread = threading.Thread(
            target=server.run, args=([listener],), name="trunkline-sandbox", daemon=True
        )
        self._thread.start()
        if not server.wait_until_started(START_TIMEOUT):
            self.stop()
            listener.close()
            raise ConfigurationError(f"the server at {url} did not start: {START_FAILED_HINT}")
        self._control = Control(url)
        return self

    def stop(self) -> None:
        """Stop serving; does nothing if it does not run."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(STOP_TIMEOUT)
            self._server = self._thread = None

    def environment(self) -> dict[str, str]:
        """Return the environment variables from which clients read their settings.

        For each provider the base URL, and the first credential and webhook secret of the
        configuration; what ``python -m trunkline.sandbox`` prints.
        """
        return self.app.registry.environment(self.url)

    @property
    def world(self) -> SandboxState:
        """Deprecated: ``sandbox.app.registry.state``."""
        text = "Sandbox.world is deprecated: use sandbox.app.registry.state"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return self.app.registry.state

    def __repr__(self) -> str:
        where = "not running" if self._control is None else f"running at {self.url}"
        return f"<Sandbox {where}>"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


@contextlib.contextmanager
def running(
    *, clock: Clock | None = None, config: SandboxConfig | None = None
) -> Generator[Sandbox]:
    """Run a sandbox for the duration of the block."""
    with Sandbox(clock=clock, config=config) as sandbox:
        yield sandbox


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises ConfigurationError when the address cannot be used."""
    if not 0 <= port <= MAX_PORT:
        raise ConfigurationError(
            f"port is {port}: give a number up to {MAX_PORT}, or 0 for a free one"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio disables Nagle's algorithm only if the protocol is given; otherwise every response of
    # two writes waits 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ConfigurationError(
            f"cannot listen on {host} port {port} ({error.strerror}): give another port, or 0"
        ) from None
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
