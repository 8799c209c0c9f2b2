"""Opens connections under whichever event loop runs, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._engine.transport.network.sync import connect_tcp as sync_connect_tcp

if TYPE_CHECKING:
    from trunkline._engine.transport.network.base import AsyncNetworkStream

__all__ = ["async_connect_tcp", "sync_connect_tcp"]


async def async_connect_tcp(host: str, port: int, limit: float) -> AsyncNetworkStream:
    """Open a connection under the running event loop.

    Raises:
        TimeoutError: it took longer than ``limit`` seconds.
        OSError: the server cannot be reached.
    """
    import asyncio  # threads do not need it, and it costs 10 ms

    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    if task is None:
        from trunkline._engine.transport.network.anyio import connect_tcp as by_anyio

        return await by_anyio(host, port, limit)
    from trunkline._engine.transport.network.asyncio import connect_tcp

    return await connect_tcp(host, port, limit)
