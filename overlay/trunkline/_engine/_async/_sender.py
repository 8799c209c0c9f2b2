"""What sends an attempt: the engine's pool, or httpx for what the pool leaves to it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

import httpx

from trunkline._engine._async._clients import AsyncBorrowed, AsyncClients
from trunkline._engine._httpx import check_proxy, environment_proxy, lazy_context, ssl_context
from trunkline._engine._mocks import async_mocked
from trunkline._engine._shim import async_timed
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from trunkline._engine._async._clients import AsyncSource
    from trunkline._engine._core import Core
    from trunkline._engine._wire import Answer, RawHeaders, Trip

#: More sockets than this are an operating system's affair, and a mistake more often.
MOST_CONNECTIONS: Final = 10_000
#: So many servers of downloads are remembered, with whether they are behind a proxy.
MOST_PROXIED: Final = 64


class AsyncBody(Protocol):
    """A response with the body still to be read."""

    status: int
    raw_headers: RawHeaders

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives."""
        ...

    async def aclose(self) -> None:
        """Give the response up."""
        ...


class AsyncSender(Protocol):
    """Sends one attempt."""

    def send(self, trip: Trip) -> Awaitable[Answer]:
        """Send and read the whole response."""
        ...

    def open(self, trip: Trip) -> Awaitable[AsyncBody]:
        """Send and return the response unread."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


class AsyncMockable:
    """A sender that gives way to httpx while a test has mocks in httpx's place.

    So it does for servers behind a proxy of the environment's.

    Args:
        sender: the engine's pool.
        clients: what httpx sends with.
        core: knows the client's own server, which is behind none, and the clock.
    """

    def __init__(self, sender: AsyncSender, clients: AsyncClients, core: Core) -> None:
        self.sender, self._clients, self._core = sender, clients, core
        # Downloads may lead to any server, and to a new one each time.
        self._proxied = lru_cache(maxsize=MOST_PROXIED)(environment_proxy)

    def send(self, trip: Trip) -> Awaitable[Answer]:
        """Send and read the whole response."""
        return self._choose(trip).send(trip)

    def open(self, trip: Trip) -> Awaitable[AsyncBody]:
        """Send and return the response unread."""
        return self._choose(trip).open(trip)

    def _choose(self, trip: Trip) -> AsyncSender:
        proxied = trip.origin != self._core.origin and self._proxied(trip.origin)
        if not proxied and not async_mocked():
            return self.sender
        return _foreign(self._core, self._clients)

    async def aclose(self) -> None:
        """Close all connections."""
        try:
            await self.sender.aclose()
        finally:
            await self._clients.aclose()


def async_sender(
    core: Core,
    max_connections: int,
    *,
    verify: ssl.SSLContext | str | bool,
    proxy: str | None,
    transport: httpx.AsyncBaseTransport | None,
    http_client: httpx.AsyncClient | None,
    http2: bool,
) -> AsyncSender:
    """Return the sender that a client's arguments ask for.

    Raises:
        ConfigurationError: an argument is not usable.
    """
    _check(max_connections, transport, http_client)
    _check_ways(http_client=http_client, transport=transport, proxy=proxy)
    if proxy is not None:
        check_proxy(proxy)
    if http_client is not None:
        return _foreign(core, AsyncBorrowed(http_client, owned=False))
    if transport is not None:
        client = _client(max_connections, True, None, transport, http2=http2)
        return _foreign(core, AsyncBorrowed(client, owned=True))
    return _own(core, max_connections, _context(verify, http2=http2), proxy, http2=http2)


def _own(
    core: Core,
    max_connections: int,
    context: Callable[[], ssl.SSLContext],
    proxy: str | None,
    *,
    http2: bool,
) -> AsyncSender:
    """Return a sender on connections of the engine's own."""
    clients = AsyncClients(lambda: _client(max_connections, context(), proxy, None, http2=http2))
    if proxy is not None or http2 or environment_proxy(core.origin):
        clients.prepare()
        return _foreign(core, clients)
    from trunkline._engine._async._pool import AsyncPool

    pool = AsyncPool(context, core.runtime.monotonic, max_connections)
    return AsyncMockable(pool, clients, core)


def _foreign(core: Core, clients: AsyncSource) -> AsyncSender:
    # Late: it brings httpx's network code, which takes 60 ms to import.
    from trunkline._engine._async._foreign import AsyncForeign

    return AsyncForeign(clients, core.runtime.monotonic)


def _context(
    verify: ssl.SSLContext | str | bool,  # noqa: FBT001 - httpx spells it so
    *,
    http2: bool,
) -> Callable[[], ssl.SSLContext]:
    """Return what gives the TLS settings; files are read once, for all clients that follow."""
    if not http2:
        return lazy_context(verify)
    ready = ssl_context(verify, http2=True)
    return lambda: ready


def _check_ways(**arguments: object) -> None:
    """Refuse more than one of the arguments that each choose a way to the server."""
    given = [f"{name}=" for name, value in arguments.items() if value is not None]
    if len(given) > 1:
        raise ConfigurationError(
            f"{' and '.join(given)} exclude each other: give the first one what it should use"
        )


def _check(
    max_connections: int,
    transport: httpx.AsyncBaseTransport | None,
    http_client: httpx.AsyncClient | None,
) -> None:
    whole = isinstance(max_connections, int) and not isinstance(max_connections, bool)
    if not whole or not 1 <= max_connections <= MOST_CONNECTIONS:
        raise ConfigurationError(
            f"max_connections must be a whole number from 1 to {MOST_CONNECTIONS}"
        )
    if transport is not None and not isinstance(transport, httpx.AsyncBaseTransport):
        raise ConfigurationError("transport= must be an httpx.AsyncBaseTransport")
    if http_client is not None and not isinstance(http_client, httpx.AsyncClient):
        raise ConfigurationError("http_client= must be an httpx.AsyncClient")


def _client(
    max_connections: int,
    verify: ssl.SSLContext | bool,  # noqa: FBT001 - httpx spells it so
    proxy: str | None,
    transport: httpx.AsyncBaseTransport | None,
    *,
    http2: bool,
) -> httpx.AsyncClient:
    limits = httpx.Limits(
        max_connections=max_connections, max_keepalive_connections=max_connections
    )
    try:
        client = httpx.AsyncClient(
            transport=transport, verify=verify, proxy=proxy, http2=http2, limits=limits
        )
    except (ImportError, ValueError, TypeError, httpx.InvalidURL) as error:
        raise ConfigurationError(
            f"httpx does not take proxy= (or HTTP_PROXY and its like) or http2= "
            f'({type(error).__name__}); HTTP/2 needs "trunkline[http2]"'
        ) from None
    return client if transport is not None else async_timed(client)
