"""A server that disconnects while a large request is written to it."""

from __future__ import annotations

import asyncio
import logging
import select
import socket
import struct
import threading

import pytest
from tests.engine.certificates import Authority

from trunkline._engine.transport.network.asyncio import AsyncIOStream, connect_tcp

CHUNK, CHUNKS = bytes(16 * 1024), 400


class Resetting:
    """A server with one connection, which it resets on request."""

    def __init__(self, *, encrypted: bool) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._context = Authority().server() if encrypted else None
        self._go = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        if self._context is not None:
            connection = self._context.wrap_socket(connection, server_side=True)
        self._go.wait(60)
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        connection.close()
        self._listener.close()

    def reset(self, fileno: int) -> None:
        """Reset the connection and return when this side's kernel has seen it."""
        self._go.set()
        self._thread.join(60)
        waiting = select.poll()
        waiting.register(fileno, 0)  # errors and hang-ups alone
        assert waiting.poll(60_000)


async def writes_until_lost(stream: AsyncIOStream) -> int:
    """Return how many chunks were written before the stream reported the loss."""
    for number in range(CHUNKS):
        try:
            await stream.write(CHUNK, 60)
        except OSError:
            return number
    return CHUNKS


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_lost_connection_is_noticed_at_the_next_write(
    caplog: pytest.LogCaptureFixture, *, encrypted: bool
) -> None:
    """The loop would log "socket.send() raised exception." for each write after the fifth."""
    server = Resetting(encrypted=encrypted)

    async def scenario() -> int:
        stream = await connect_tcp("127.0.0.1", server.port, 60)
        fileno = stream._transport.get_extra_info("socket").fileno()
        if encrypted:
            await stream.start_tls(Authority().context(), "localhost", 60)
        try:
            server.reset(fileno)  # the event loop does not run, so it cannot see that
            return await writes_until_lost(stream)
        finally:
            await stream.aclose()

    with caplog.at_level(logging.WARNING, "asyncio"):
        assert asyncio.run(scenario()) <= 2
    assert [record.getMessage() for record in caplog.records] == []
