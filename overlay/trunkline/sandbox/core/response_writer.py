"""Sends a response: whole, in pieces, or cut off on the bare connection."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from trunkline.sandbox.core.http import Response

__all__ = ["TRANSPORT_KEY", "Receive", "Scope", "Send", "sleep_while_connected", "write_response"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: Key of the connection's transport in the ASGI scope.
TRANSPORT_KEY = "trunkline.transport"
#: Seconds after which a connection is closed even if the client does not read.
CUT_TIMEOUT = 5.0


async def write_response(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    """Send a response as its `transfer` specifies.

    Raises:
        ConnectionResetError: the response cuts the connection, and the application runs without
            the sandbox's own server; an in-process transport hands the error to its client.
    """
    transfer = response.transfer
    if transfer.delay:
        await sleep_while_connected(receive, transfer.delay)
    if transfer.cut is not None:
        data = _as_bytes(response)[: transfer.cut_after]
        await _cut_connection(scope, receive, data, transfer.cut)
    elif response.status not in range(200, 600):
        # The ASGI server cannot send such a status.
        await _cut_connection(scope, receive, _as_bytes(response), "close")
    else:
        await _send(receive, send, response)


async def sleep_while_connected(receive: Receive, seconds: float) -> bool:
    """Wait this many real seconds; False as soon as the client has disconnected.

    The request's body must have been read.
    """
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return True
    return False


async def _send(receive: Receive, send: Send, response: Response) -> None:
    transfer, body = response.transfer, response.body
    headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in _headers(response)
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    size = transfer.chunk_bytes or max(1, len(body))
    for start in range(0, len(body), size):
        if start and not await sleep_while_connected(receive, transfer.interval):
            return
        chunk = body[start : start + size]
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _cut_connection(
    scope: Scope, receive: Receive, data: bytes, cut: Literal["reset", "close"]
) -> None:
    transport = cast("asyncio.Transport | None", scope.get(TRANSPORT_KEY))
    if transport is None:
        raise ConnectionResetError("the sandbox cut the connection")
    transport.write(data)
    if cut == "reset":
        await _flush(transport)
        _reset_on_close(transport)
        transport.abort()
    else:
        transport.close()
    await sleep_while_connected(receive, CUT_TIMEOUT)


async def _flush(transport: asyncio.Transport) -> None:
    # A reset discards what is still in the buffer, so wait until it is sent.
    for _ in range(100):
        if transport.get_write_buffer_size() == 0:
            return
        await asyncio.sleep(0.01)


def _reset_on_close(transport: asyncio.Transport) -> None:
    # Closing with a linger time of zero sends RST instead of FIN.
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _as_bytes(response: Response) -> bytes:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {response.status} {phrase}"]
    lines += [f"{name}: {value}" for name, value in _headers(response)]
    lines += ["connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + response.body


def _headers(response: Response) -> list[tuple[str, str]]:
    headers = [*response.headers]
    if response.media_type:
        headers.append(("content-type", response.media_type))
    if response.status != HTTPStatus.NO_CONTENT:
        length = len(response.body) + response.transfer.extra_length
        headers.append(("content-length", str(length)))
    return headers
