"""Servers that are unreachable, or stop reading."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.pool_clients import Offset
from tests.engine.server import response

from trunkline import errors

pytestmark = pytest.mark.parametrize("backend", BACKENDS)


class Refusing:
    """Responds with 413 as soon as a head has arrived, and neither reads on nor closes."""

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._held: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._held, self._listener):
            one.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            self._held.append(connection)
            connection.recv(1000)
            connection.sendall(response(b"{}", status="413 Too Large"))


def test_nothing_listens(backend: Backend) -> None:
    """If the connection was refused, nothing was sent: it is retried, a POST too, and reported."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    async def scenario(caller: Caller) -> None:
        with pytest.raises(
            errors.APIConnectionError,
            match=r"no connection to 127\.0\.0\.1:\d+ could be opened \(Connection refused\)",
        ) as caught:
            await caller.post(max_retries=2)
        assert type(caught.value) is errors.APIConnectionError
        assert (caught.value.attempts, caught.value.maybe_accepted) == (3, False)
        assert caller.free == 100

    run(backend, scenario, base_url=url, **Offset().settings)


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 63 + ".invalid"])
def test_a_host_without_an_address(backend: Backend, host: str) -> None:
    """A name that does not resolve is an SDK error."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(
            errors.APIConnectionError, match=rf"no connection to {host}:80 could be opened \("
        ):
            await caller.post(max_retries=0, timeout=20)

    run(backend, scenario, base_url=f"http://{host}")


def test_a_refusal_is_read_while_the_server_takes_no_more(backend: Backend) -> None:
    """413 to a body that the server stopped reading: the error has the status, not a timeout."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.UnexpectedStatusError) as caught:
            await caller.request("POST", "/big", content=bytes(30_000_000))
        assert caught.value.status == 413

    with Refusing() as server:
        run(backend, scenario, base_url=server.url, timeout=1.5, max_retries=0)
