"""The first of a host's addresses that answers, under asyncio (RFC 8305).

asyncio's own way, happy_eyeballs_delay, loses a socket when it is cancelled at the wrong moment.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Final

#: Seconds before the host's next address is tried as well (RFC 8305, section 5).
NEXT_ADDRESS: Final = 0.25


def is_literal(host: str) -> bool:
    """Return whether a host is an address already."""
    return ":" in host or host.replace(".", "").isdigit()


async def first_answer(host: str, port: int) -> socket.socket:
    """Return a connected socket; raises OSError when no address answers."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    attempts: list[asyncio.Task[socket.socket]] = []
    winner: asyncio.Task[socket.socket] | None = None
    try:
        for info in found:
            attempts.append(loop.create_task(_dial(loop, info)))
            last = len(attempts) == len(found)
            winner = await _winner(attempts, None if last else NEXT_ADDRESS)
            if winner is not None:
                return winner.result()
    finally:
        for attempt in attempts:
            if attempt is not winner:
                attempt.cancel()
                attempt.add_done_callback(_close)
    raise next((attempt.exception() for attempt in attempts), None) or OSError("no address")


async def _dial(loop: asyncio.AbstractEventLoop, info: tuple[Any, ...]) -> socket.socket:
    *kind, _, address = info
    dialled = socket.socket(*kind)
    try:
        dialled.setblocking(False)
        await loop.sock_connect(dialled, address)
    except BaseException:
        dialled.close()
        raise
    return dialled


async def _winner(
    attempts: list[asyncio.Task[socket.socket]], patience: float | None
) -> asyncio.Task[socket.socket] | None:
    """Return an attempt that has succeeded; wait while others are under way."""
    pending = {attempt for attempt in attempts if not attempt.done()}
    while pending:
        done, pending = await asyncio.wait(
            pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED
        )
        for attempt in done:
            if attempt.exception() is None:
                return attempt
        if patience is not None:
            break
    return None


def _close(attempt: asyncio.Task[socket.socket]) -> None:
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().close()
