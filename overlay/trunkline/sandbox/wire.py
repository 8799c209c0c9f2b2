"""How an answer leaves: whole, in pieces, or cut off on the bare connection."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from trunkline.sandbox.messages import Reply

__all__ = ["TRANSPORT_KEY", "Sending", "cut_off", "pause", "send_reply"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: Where the server puts the connection's transport into the ASGI scope.
TRANSPORT_KEY = "trunkline.transport"
#: A receiver that stopped reading may hold a cut connection open no longer than this (seconds).
CUT_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Sending:
    """How a reply is sent.

    Attributes:
        chunk_bytes: size of the pieces, None for the whole at once.
        interval: real seconds between pieces.
        cut: how the connection ends in the middle: ``reset`` (RST) or ``close`` (FIN).
        cut_after: bytes that leave before; None for all of them.
        extra_length: how much more than the body the Content-Length promises.
    """

    chunk_bytes: int | None = None
    interval: float = 0.0
    cut: Literal["reset", "close"] | None = None
    cut_after: int | None = None
    extra_length: int = 0


async def send_reply(
    scope: Scope, receive: Receive, send: Send, reply: Reply, how: Sending
) -> None:
    """Send a reply as planned; the promised headers are always complete."""
    if how.cut is not None:
        data = _as_bytes(reply, how.extra_length)
        await cut_off(scope, receive, data[: how.cut_after], how.cut)
    elif reply.status not in range(200, 600):
        # The server's ASGI layer knows no such status; the client still has to cope with it.
        await cut_off(scope, receive, _as_bytes(reply, 0), "close")
    else:
        await _send_whole(receive, send, reply, how)


async def _send_whole(receive: Receive, send: Send, reply: Reply, how: Sending) -> None:
    headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in _headers(reply, 0)
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    size = how.chunk_bytes or max(1, len(reply.body))
    for start in range(0, len(reply.body), size):
        if start and not await pause(receive, how.interval):
            return
        piece = reply.body[start : start + size]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def pause(receive: Receive, seconds: float) -> bool:
    """Wait so many real seconds; False as soon as the client has gone.

    The request's body has to be read before.
    """
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return True
    return False


async def cut_off(
    scope: Scope, receive: Receive, data: bytes, how: Literal["reset", "close"]
) -> None:
    """Write bytes to the connection and end it.

    Raises:
        ConnectionResetError: the application runs without the sandbox's own server, so there is
            no connection; an in-process transport hands the error to its client.
    """
    transport = cast("asyncio.Transport | None", scope.get(TRANSPORT_KEY))
    if transport is None:
        raise ConnectionResetError("the sandbox cut the connection")
    transport.write(data)
    if how == "reset":
        await _flushed(transport)
        _linger_not(transport)
        transport.abort()
    else:
        transport.close()
    await pause(receive, CUT_PATIENCE)


async def _flushed(transport: asyncio.Transport) -> None:
    # A reset throws away what is still in the buffer, so wait for the bytes that were promised.
    for _ in range(100):
        if transport.get_write_buffer_size() == 0:
            return
        await asyncio.sleep(0.01)


def _linger_not(transport: asyncio.Transport) -> None:
    # Closing with a linger time of zero sends RST instead of FIN.
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _as_bytes(reply: Reply, extra_length: int) -> bytes:
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unheard Of"
    lines = [f"HTTP/1.1 {reply.status} {phrase}"]
    lines += [f"{name}: {value}" for name, value in _headers(reply, extra_length)]
    lines += ["connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + reply.body


def _headers(reply: Reply, extra_length: int) -> list[tuple[str, str]]:
    headers = [*reply.headers]
    if reply.media_type:
        headers.append(("content-type", reply.media_type))
    if reply.status != HTTPStatus.NO_CONTENT:
        headers.append(("content-length", str(len(reply.body) + extra_length)))
    return headers
