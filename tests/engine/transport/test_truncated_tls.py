"""A body that ends with the TLS connection: if cut off, it is never complete."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.certificates import Authority
from tests.engine.server import Asked, Exchange, response
from tests.engine.support import NO_WAIT
from tests.engine.unread import content, opened

from trunkline import errors
from trunkline._engine.transport.failures import TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.parametrize("backend", BACKENDS)


def cut(head: bytes) -> Callable[[Asked], bytes | None]:
    """Return a server that ends its TCP connection after a body, without close_notify."""

    def reply(asked: Asked) -> bytes | None:
        body = response().partition(b"\r\n\r\n")[2]
        asked.socket.sendall(head + b"\r\n\r\n" + body)
        asked.socket.shutdown(socket.SHUT_WR)  # below TLS
        return None

    return reply


HEADS = [b"HTTP/1.1 200 OK\r\nConnection: close", b"HTTP/1.0 200 OK"]


def settings(server: Exchange) -> dict[str, Any]:
    return {"base_url": server.url, "verify": Authority().context(), "max_retries": 0, **NO_WAIT}


@pytest.mark.parametrize("head", HEADS)
def test_a_result_is_not_made_of_it(backend: Backend, head: bytes) -> None:
    """RFC 9112, section 9.8: without close_notify the message is incomplete."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.APIConnectionError):
            await caller.get()

    with Exchange(cut(head), Authority().server()) as server:
        run(backend, scenario, **settings(server))


@pytest.mark.parametrize("head", HEADS)
def test_a_download_reports_it(backend: Backend, head: bytes) -> None:
    """A streamed body ends with an error, and the reader may resume."""

    async def scenario(caller: Caller) -> None:
        body = await opened(caller)
        with pytest.raises(TransportError):
            await content(caller, body)
        assert caller.free == 100

    with Exchange(cut(head), Authority().server()) as server:
        run(backend, scenario, **settings(server))
