# Derived from _engine/transport/_async/httpx_transport.py by `make generate`; do not edit.
"""Sending through httpx itself: proxies, HTTP/2, and transports or clients of the caller's."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from trunkline._engine.models import Request, Response, plain_headers
from trunkline._engine.transport.concurrency import (
    sync_abandon_after_fork,
    sync_close_on_loop_exit,
    sync_current_loop,
    sync_fail_after,
    sync_loop_is_closed,
    sync_shield,
)
from trunkline._engine.transport.content import ContentDecoder, encoding_of
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import to_request
from trunkline._engine.transport.httpx_failures import foreign, response_from, visible
from trunkline._engine.transport.log_filter import suppress_logs
from trunkline.errors import ClientClosedError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import httpx


class HTTPXTransport:
    """A transport around httpx clients.

    Args:
        clients: gives the client; its proxies, mounts and event hooks apply.
        clock: the monotonic clock.
    """

    def __init__(self, clients: Source, clock: Callable[[], float]) -> None:
        self._clients, self._clock = clients, clock

    def send(self, request: Request) -> Response:
        """Send a request and read the whole response; raises TransportError when that fails."""
        stream = self.open(request)
        body = bytearray()
        try:
            for chunk in stream.chunks():
                body += chunk
        finally:
            stream.close()
        return Response(stream.status, plain_headers(stream.raw_headers), bytes(body))

    def open(self, request: Request) -> HTTPXStream:
        """Send a request and return its response with the body still to be read."""
        client = self._clients.get()
        request.check_pause(self._clock())
        left = request.expires_at - self._clock()
        if left <= 0:
            raise TransportError("no time is left", sent=False, timed_out=True)
        outgoing = to_request(request, left)
        try:
            with suppress_logs(), sync_fail_after(left):
                response = client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        except Exception as error:  # noqa: BLE001 - what is no response is raised
            response = response_from(error, outgoing)
        return HTTPXStream(request, response, self._clock)

    def close(self) -> None:
        """Close the clients that are the engine's to close."""
        self._clients.close()


class HTTPXStream:
    """A response of httpx whose body is read piece by piece."""

    def __init__(
        self, request: Request, response: httpx.Response, clock: Callable[[], float]
    ) -> None:
        self._request, self._response, self._clock = request, response, clock
        self.status: int = response.status_code
        self.raw_headers = response.headers.raw

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the decoded body as it arrives; raises TransportError when it is cut short."""
        # A mock's response may have been read, and decoded, when it was made.
        is_read = self._response.is_stream_consumed
        parts = self._response.iter_bytes() if is_read else self._response.iter_raw()
        encoding = b"" if is_read else encoding_of(self.raw_headers)
        inflater = ContentDecoder(encoding, self._request.options.max_response_bytes)
        try:
            while (chunk := self._next(parts)) is not None:
                yield inflater.feed(chunk)
            inflater.finish()
        except Exception as error:  # noqa: BLE001 - it becomes a TransportError
            broken = foreign(error, status=self.status, headers=self.raw_headers)
            raise broken from visible(error)

    def _next(self, parts: Iterator[bytes]) -> bytes | None:
        left = self._request.expires_at - self._clock()
        if left <= 0:
            raise TimeoutError
        with suppress_logs(), sync_fail_after(left):
            return next(parts, None)

    def close(self) -> None:
        """Give the response up."""
        with (
            suppress_logs(),
            sync_shield(),
            suppress(Exception),
        ):  # what is closed may be broken already
            self._response.close()


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
        self._end = sync_close_on_loop_exit(self.client.close)

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
        loop = sync_current_loop()
        tenant = self._tenants.get((os.getpid(), id(loop)))
        if tenant is None or tenant.client.is_closed:
            self._clear()
            tenant = self._open_for_current_loop(loop)
            tenant.settle()
        return tenant.client

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("this client is closed: make a new one")

    def _lock(self) -> threading.Lock:
        # In a child of fork, a lock that another thread of its parent held is held for ever.
        return self._locks.setdefault(os.getpid(), threading.Lock())

    def _open_for_current_loop(self, loop: object) -> Tenant:
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
            if sync_loop_is_closed(tenant.loop):
                self._forget(place)
            elif place[0] != os.getpid():
                sync_abandon_after_fork(partial(self._forget, place))

    def _forget(self, place: tuple[int, int]) -> None:
        self._tenants.pop(place, None)

    def close(self) -> None:
        """Close the client of this process and event loop; those of others end with them."""
        with self._lock():
            self._closed = True
            tenant = self._tenants.pop((os.getpid(), id(sync_current_loop())), None)
        if tenant is not None:
            tenant.close()
