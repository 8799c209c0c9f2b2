"""Whose connections httpx speaks on: the engine's own, or those of the caller's."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from trunkline._engine._shim import async_at_end, async_disown, async_ended, async_loop
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx


class AsyncSource(Protocol):
    """Gives the httpx client that a request is sent with."""

    def get(self) -> Awaitable[httpx.AsyncClient]:
        """Return an open client; raises ClientClosedError when there is none any more."""
        ...

    async def aclose(self) -> None:
        """Close what is to be closed."""
        ...


class AsyncBorrowed:
    """One client for all: what holds the connections is the caller's, and cannot be made again.

    Args:
        client: has the caller's transport, or is the caller's itself.
        owned: whether closing this closes the client.
    """

    def __init__(self, client: httpx.AsyncClient, *, owned: bool) -> None:
        self._client, self._owned = client, owned
        self._closed = False

    async def get(self) -> httpx.AsyncClient:
        """Return the client; raises ClientClosedError when it is closed."""
        if self._closed or self._client.is_closed:
            ours = self._closed or self._owned
            whose = "this client" if ours else "the http_client= of this client"
            raise ClientClosedError(f"{whose} is closed: make a new one")
        return self._client

    async def aclose(self) -> None:
        """Close the client, unless it is the caller's; send nothing more in either case."""
        self._closed = True
        if self._owned:
            with suppress(RuntimeError):  # the transport's own event loop has ended
                await self._client.aclose()


class AsyncTenant:
    """The client of one process and event loop.

    Args:
        loop: the event loop. Holding it keeps its identity from being given to a later one.
        client: its connections are of use here alone.
    """

    def __init__(self, loop: object, client: httpx.AsyncClient) -> None:
        self.loop, self.client = loop, client
        self._end: Callable[[], Awaitable[None]] = client.aclose

    async def settle(self) -> None:
        """Have the client closed before the event loop ends."""
        self._end = await async_at_end(self.client.aclose)

    async def aclose(self) -> None:
        """Close the client."""
        await self.client.aclose()
        await self._end()


class AsyncClients:
    """Clients of the engine's making: one for each process and event loop, as the pool has homes.

    Args:
        make: makes a client, which opens no connection until it is used.
    """

    def __init__(self, make: Callable[[], httpx.AsyncClient]) -> None:
        self._make = make
        self._spare: list[httpx.AsyncClient] = []
        self._tenants: dict[tuple[int, int], AsyncTenant] = {}
        self._locks: dict[int, threading.Lock] = {}
        self._closed = False

    def prepare(self) -> None:
        """Make the first client now, so that arguments which httpx refuses are refused early."""
        self._spare.append(self._make())

    async def get(self) -> httpx.AsyncClient:
        """Return the client of this process and event loop."""
        self._check_open()
        loop = async_loop()
        tenant = self._tenants.get((os.getpid(), id(loop)))
        if tenant is None or tenant.client.is_closed:
            await self._clear()
            tenant = self._move_in(loop)
            await tenant.settle()
        return tenant.client

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _lock(self) -> threading.Lock:
        # In a child of fork, a lock that another thread of its parent held is held for ever.
        return self._locks.setdefault(os.getpid(), threading.Lock())

    def _move_in(self, loop: object) -> AsyncTenant:
        place = (os.getpid(), id(loop))
        with self._lock():
            self._check_open()
            tenant = self._tenants.get(place)
            if tenant is None or tenant.client.is_closed:
                client = self._spare.pop() if self._spare else self._make()
                tenant = self._tenants[place] = AsyncTenant(loop, client)
        return tenant

    async def _clear(self) -> None:
        """Part with what is of no more use: clients of ended event loops and of a parent process.

        None is closed: an ended event loop cannot, a parent's pool may be locked for ever in its
        child, and its connections are the parent's to take leave on.
        """
        for place, tenant in list(self._tenants.items()):
            if async_ended(tenant.loop):
                await self._forget(place)
            elif place[0] != os.getpid():
                await async_disown(partial(self._forget, place))

    async def _forget(self, place: tuple[int, int]) -> None:
        self._tenants.pop(place, None)

    async def aclose(self) -> None:
        """Close the client of this process and event loop; those of others end with them."""
        with self._lock():
            self._closed = True
            tenant = self._tenants.pop((os.getpid(), id(async_loop())), None)
        if tenant is not None:
            await tenant.aclose()
