# Derived from _engine/_async/_clients.py by `make generate`; do not edit.
"""Whose connections httpx speaks on: the engine's own, or those of the caller's."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from trunkline._engine._shim import sync_at_end, sync_disown, sync_ended, sync_loop
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx


class Source(Protocol):
    """Gives the httpx client that a request is sent with."""

    def get(self) -> httpx.Client:
        """Return an open client; raises ClientClosedError when there is none any more."""
        ...

    def close(self) -> None:
        """Close what is to be closed."""
        ...


class Borrowed:
    """One client for all: what holds the connections is the caller's, and cannot be made again.

    Args:
        client: has the caller's transport, or is the caller's itself.
        owned: whether closing this closes the client.
    """

    def __init__(self, client: httpx.Client, *, owned: bool) -> None:
        self._client, self._owned = client, owned
        self._closed = False

    def get(self) -> httpx.Client:
        """Return the client; raises ClientClosedError when it is closed."""
        if self._closed or self._client.is_closed:
            ours = self._closed or self._owned
            whose = "this client" if ours else "the http_client= of this client"
            raise ClientClosedError(f"{whose} is closed: make a new one")
        return self._client

    def close(self) -> None:
        """Close the client, unless it is the caller's; send nothing more in either case."""
        self._closed = True
        if self._owned:
            with suppress(RuntimeError):  # the transport's own event loop has ended
                self._client.close()


class Tenant:
    """The client of one process and event loop.

    Args:
        loop: the event loop. Holding it keeps its identity from being given to a later one.
        client: its connections are of use here alone.
    """

    def __init__(self, loop: object, client: httpx.Client) -> None:
        self.loop, self.client = loop, client
        self._end: Callable[[], None] = client.close

    def settle(self) -> None:
        """Have the client closed before the event loop ends."""
        self._end = sync_at_end(self.client.close)

    def close(self) -> None:
        """Close the client."""
        self.client.close()
        self._end()


class Clients:
    """Clients of the engine's making: one for each process and event loop, as the pool has homes.

    Args:
        make: makes a client, which opens no connection until it is used.
    """

    def __init__(self, make: Callable[[], httpx.Client]) -> None:
        self._make = make
        self._spare: list[httpx.Client] = []
        self._tenants: dict[tuple[int, int], Tenant] = {}
        self._locks: dict[int, threading.Lock] = {}
        self._closed = False

    def prepare(self) -> None:
        """Make the first client now, so that arguments which httpx refuses are refused early."""
        self._spare.append(self._make())

    def get(self) -> httpx.Client:
        """Return the client of this process and event loop."""
        self._check_open()
        loop = sync_loop()
        tenant = self._tenants.get((os.getpid(), id(loop)))
        if tenant is None or tenant.client.is_closed:
            self._clear()
            tenant = self._move_in(loop)
            tenant.settle()
        return tenant.client

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _lock(self) -> threading.Lock:
        # In a child of fork, a lock that another thread of its parent held is held for ever.
        return self._locks.setdefault(os.getpid(), threading.Lock())

    def _move_in(self, loop: object) -> Tenant:
        place = (os.getpid(), id(loop))
        with self._lock():
            self._check_open()
            tenant = self._tenants.get(place)
            if tenant is None or tenant.client.is_closed:
                client = self._spare.pop() if self._spare else self._make()
                tenant = self._tenants[place] = Tenant(loop, client)
        return tenant

    def _clear(self) -> None:
        """Part with what is of no more use: clients of ended event loops and of a parent process.

        None is closed: an ended event loop cannot, a parent's pool may be locked for ever in its
        child, and its connections are the parent's to take leave on.
        """
        for place, tenant in list(self._tenants.items()):
            if sync_ended(tenant.loop):
                self._forget(place)
            elif place[0] != os.getpid():
                sync_disown(partial(self._forget, place))

    def _forget(self, place: tuple[int, int]) -> None:
        self._tenants.pop(place, None)

    def close(self) -> None:
        """Close the client of this process and event loop; those of others end with them."""
        with self._lock():
            self._closed = True
            tenant = self._tenants.pop((os.getpid(), id(sync_loop())), None)
        if tenant is not None:
            tenant.close()
