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
    from trunkline.sandbox.core.http import Response

__all__ = [
    "TRANSPORT_KEY",
    "WriteOptions",
    "cut_connection",
    "sleep_while_connected",
    "write_response",
]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: Where the server puts the connection's transport into the ASGI scope.
TRANSPORT_KEY = "trunkline.transport"
#: A receiver that stopped reading may hold a cut connection open no longer than this (seconds).
CUT_TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class WriteOptions:
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


async def write_response(
    scope: Scope, receive: Receive, send: Send, response: Response, options: WriteOptions
) -> None:
    """Send a reply as planned; the promised headers are always complete."""
    if options.cut is not None:
        data = _as_bytes(response, options.extra_length)
        await cut_connection(scope, receive, data[: options.cut_after], options.cut)
    elif response.status not in range(200, 600):
        # The server's ASGI layer knows no such status; the client still has to cope with it.
        await cut_connection(scope, receive, _as_bytes(response, 0), "close")
    else:
        await _send_whole(receive, send, response, options)


async def _send_whole(
    receive: Receive, send: Send, response: Response, options: WriteOptions
) -> None:
    headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in _headers(response, 0)
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    size = options.chunk_bytes or max(1, len(response.body))
    for start in range(0, len(response.body), size):
        if start and not await sleep_while_connected(receive, options.interval):
            return
        piece = response.body[start : start + size]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def sleep_while_connected(receive: Receive, seconds: float) -> bool:
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


async def cut_connection(
    scope: Scope, receive: Receive, data: bytes, options: Literal["reset", "close"]
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
    if options == "reset":
        await _flush(transport)
        _reset_on_close(transport)
        transport.abort()
    else:
        transport.close()
    await sleep_while_connected(receive, CUT_TIMEOUT)


async def _flush(transport: asyncio.Transport) -> None:
    # A reset throws away what is still in the buffer, so wait for the bytes that were promised.
    for _ in range(100):
        if transport.get_write_buffer_size() == 0:
            return
        await asyncio.sleep(0.01)


def _reset_on_close(transport: asyncio.Transport) -> None:
    # Closing with a linger time of zero sends RST instead of FIN.
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _as_bytes(response: Response, extra_length: int) -> bytes:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = "Unheard Of"
    lines = [f"HTTP/1.1 {response.status} {phrase}"]
    lines += [f"{name}: {value}" for name, value in _headers(response, extra_length)]
    lines += ["connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + response.body


def _headers(response: Response, extra_length: int) -> list[tuple[str, str]]:
    headers = [*response.headers]
    if response.media_type:
        headers.append(("content-type", response.media_type))
    if response.status != HTTPStatus.NO_CONTENT:
        headers.append(("content-length", str(len(response.body) + extra_length)))
    return headers
