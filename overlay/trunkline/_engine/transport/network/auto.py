"""The network stream of the running event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._engine.transport.network.sync import connect as sync_connect

if TYPE_CHECKING:
    import ssl

    from trunkline._engine.models import Origin
    from trunkline._engine.transport.network.base import AsyncNetworkStream


__all__ = ["async_connect", "sync_connect"]


async def async_connect(
    origin: Origin, context: ssl.SSLContext | None, limit: float
) -> AsyncNetworkStream:
    """Open a connection under the event loop that runs.

    Raises:
        TimeoutError: it took longer than ``limit`` seconds.
        OSError: the server cannot be reached, or its certificate is not trusted.
    """
    import asyncio

    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    if task is None:
        from trunkline._engine.transport.network.anyio import connect as by_anyio

        return await by_anyio(origin, context, limit)
    from trunkline._engine.transport.network.asyncio import connect

    return await connect(origin, context, limit)
