"""Sending through httpx itself: proxies, HTTP/2, and transports or clients of the caller's."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from trunkline._engine.models import Request, Response, plain_headers
from trunkline._engine.transport.concurrency import (
    async_abandon_after_fork,
    async_close_on_loop_exit,
    async_current_loop,
    async_fail_after,
    async_loop_is_closed,
    async_shield,
)
from trunkline._engine.transport.content import ContentDecoder, encoding_of
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import to_request
from trunkline._engine.transport.httpx_failures import foreign, response_from, visible
from trunkline._engine.transport.log_filter import suppress_logs
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

    import httpx


class AsyncHTTPXTransport:
    """A transport around httpx clients.

    Args:
        clients: gives the client; its proxies, mounts and event hooks apply.
        clock: the monotonic clock.
    """

    def __init__(self, clients: AsyncSource, clock: Callable[[], float]) -> None:
        self._clients, self._clock = clients, clock

    async def send(self, request: Request) -> Response:
        """Send a request and read the whole response; raises TransportError when that fails."""
        stream = await self.open(request)
        body = bytearray()
        try:
            async for chunk in stream.chunks():
                body += chunk
        finally:
            await stream.aclose()
        return Response(stream.status, plain_headers(stream.raw_headers), bytes(body))

    async def open(self, request: Request) -> AsyncHTTPXStream:
        """Send a request and return its response with the body still to be read."""
        client = await self._clients.get()
        request.check_pause(self._clock())
        left = request.expires_at - self._clock()
        if left <= 0:
            raise TransportError("no time is left", sent=False, timed_out=True)
        outgoing = to_request(request, left)
        try:
            with suppress_logs(), async_fail_after(left):
                response = await client.send(
                    outgoing, stream=True, auth=None, follow_redirects=False
                )
        except Exception as error:  # noqa: BLE001 - what is no response is raised
            response = response_from(error, outgoing)
        return AsyncHTTPXStream(request, response, self._clock)

    async def aclose(self) -> None:
        """Close the clients that are the engine's to close."""
        await self._clients.aclose()


class AsyncHTTPXStream:
    """A response of httpx whose body is read piece by piece."""

    def __init__(
        self, request: Request, response: httpx.Response, clock: Callable[[], float]
    ) -> None:
        self._request, self._response, self._clock = request, response, clock
        self.status: int = response.status_code
        self.raw_headers = response.headers.raw

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the decoded body as it arrives; raises TransportError when it is cut short."""
        # A mock's response may have been read, and decoded, when it was made.
        is_read = self._response.is_stream_consumed
        parts = self._response.aiter_bytes() if is_read else self._response.aiter_raw()
        encoding = b"" if is_read else encoding_of(self.raw_headers)
        inflater = ContentDecoder(encoding, self._request.options.max_response_bytes)
        try:
            while (chunk := await self._next(parts)) is not None:
                yield inflater.feed(chunk)
            inflater.finish()
        except Exception as error:  # noqa: BLE001 - it becomes a TransportError
            broken = foreign(error, status=self.status, headers=self.raw_headers)
            raise broken from visible(error)

    async def _next(self, parts: AsyncIterator[bytes]) -> bytes | None:
        left = self._request.expires_at - self._clock()
        if left <= 0:
            raise TimeoutError
        with suppress_logs(), async_fail_after(left):
            return await anext(parts, None)

    async def aclose(self) -> None:
        """Give the response up."""
        with (
            suppress_logs(),
            async_shield(),
            suppress(Exception),
        ):  # what is closed may be broken already
            await self._response.aclose()


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
        self._end = await async_close_on_loop_exit(self.client.aclose)

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
        loop = async_current_loop()
        tenant = self._tenants.get((os.getpid(), id(loop)))
        if tenant is None or tenant.client.is_closed:
            await self._clear()
            tenant = self._open_for_current_loop(loop)
            await tenant.settle()
        return tenant.client

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _lock(self) -> threading.Lock:
        # In a child of fork, a lock that another thread of its parent held is held for ever.
        return self._locks.setdefault(os.getpid(), threading.Lock())

    def _open_for_current_loop(self, loop: object) -> AsyncTenant:
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
            if async_loop_is_closed(tenant.loop):
                await self._forget(place)
            elif place[0] != os.getpid():
                await async_abandon_after_fork(partial(self._forget, place))

    async def _forget(self, place: tuple[int, int]) -> None:
        self._tenants.pop(place, None)

    async def aclose(self) -> None:
        """Close the client of this process and event loop; those of others end with them."""
        with self._lock():
            self._closed = True
            tenant = self._tenants.pop((os.getpid(), id(async_current_loop())), None)
        if tenant is not None:
            await tenant.aclose()
