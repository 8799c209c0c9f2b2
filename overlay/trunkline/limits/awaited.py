"""A shared limit for async clients."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.headers import RateLimit
    from trunkline.limits.shared import SharedRateLimit

__all__ = ["AsyncSharedRateLimit"]

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")


class AsyncSharedRateLimit:
    """A :class:`SharedRateLimit` for async clients, on asyncio and trio.

    Redis is called in a worker thread, so that one limit can serve event loops and threads.

    Args:
        limit: the limit, which other clients may share; its owner closes it.
    """

    def __init__(self, limit: SharedRateLimit) -> None:
        self._limit = limit

    async def reserve(self, within: float) -> float:
        """Reserve a slot and return the seconds until it may be used."""
        return await _in_thread(self._limit.reserve, within)

    async def confirm(self, within: float, late: float = 0.0) -> float:
        """Return 0 if the slot may be used now, else the seconds until a new one."""
        return await _in_thread(partial(self._limit.confirm, late=late), within)

    async def heed(self, limit: RateLimit) -> None:
        """Pause all processes if a response reports that nothing is left."""
        if limit.remaining == 0:
            await _in_thread(self._limit.heed, limit)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._limit!r}>"


async def _in_thread(function: Callable[[_Given], _Found], value: _Given) -> _Found:
    from anyio import to_thread

    return await to_thread.run_sync(function, value)
