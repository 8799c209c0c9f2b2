"""What sends an attempt: the engine's pool, or httpx for what the pool leaves to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import httpx

from trunkline._engine._httpx import check_proxy, environment_proxy, lazy_context, ssl_context
from trunkline._engine._mocks import async_mocked
from trunkline._engine._shim import async_timed
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from trunkline._engine._core import Core
    from trunkline._engine._wire import Answer, Origin, RawHeaders, Trip

#: More sockets than this are an operating system's affair, and a mistake more often.
MOST_CONNECTIONS: Final = 10_000


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
        through_httpx: makes the other one.
        origin: the client's own server, which is behind none.
    """

    def __init__(
        self, sender: AsyncSender, through_httpx: Callable[[], AsyncSender], origin: Origin
    ) -> None:
        self.sender = sender
        self._through_httpx = through_httpx
        self._other: AsyncSender | None = None
        self._proxied = {origin: False}

    def send(self, trip: Trip) -> Awaitable[Answer]:
        """Send and read the whole response."""
        return self._choose(trip).send(trip)

    def open(self, trip: Trip) -> Awaitable[AsyncBody]:
        """Send and return the response unread."""
        return self._choose(trip).open(trip)

    def _choose(self, trip: Trip) -> AsyncSender:
        proxied = self._proxied.get(trip.origin)
        if proxied is None:  # downloads may lead to any server
            proxied = self._proxied[trip.origin] = environment_proxy(trip.origin)
        if not proxied and not async_mocked():
            return self.sender
        if self._other is None:
            self._other = self._through_httpx()
        return self._other

    async def aclose(self) -> None:
        """Close all connections."""
        await self.sender.aclose()
        if self._other is not None:
            await self._other.aclose()


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
    clock = core.runtime.monotonic
    _check(max_connections, transport, http_client)
    ways = _ways(http_client=http_client, transport=transport, proxy=proxy)
    if proxy is not None:
        check_proxy(proxy)

    def through_httpx() -> AsyncSender:
        from trunkline._engine._async._foreign import AsyncForeign

        if http_client is not None:
            return AsyncForeign(http_client, clock, owned=False)
        client = _client(max_connections, verify, proxy, transport, http2=http2)
        return AsyncForeign(client, clock, owned=True)

    if ways or http2 or environment_proxy(core.origin):
        return through_httpx()
    from trunkline._engine._async._pool import AsyncPool

    pool = AsyncPool(lazy_context(verify), clock, max_connections)
    return AsyncMockable(pool, through_httpx, core.origin)


def _ways(**arguments: object) -> list[str]:
    """Return which of the arguments that each choose a way to the server are given."""
    given = [f"{name}=" for name, value in arguments.items() if value is not None]
    if len(given) > 1:
        raise ConfigurationError(
            f"{' and '.join(given)} exclude each other: give the first one what it should use"
        )
    return given


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
    verify: ssl.SSLContext | str | bool,  # noqa: FBT001 - httpx spells it so
    proxy: str | None,
    transport: httpx.AsyncBaseTransport | None,
    *,
    http2: bool,
) -> httpx.AsyncClient:
    limits = httpx.Limits(
        max_connections=max_connections, max_keepalive_connections=max_connections
    )
    context = True if transport is not None else ssl_context(verify, http2=http2)
    try:
        client = httpx.AsyncClient(
            transport=transport, verify=context, proxy=proxy, http2=http2, limits=limits
        )
    except (ImportError, ValueError, TypeError, httpx.InvalidURL) as error:
        raise ConfigurationError(
            f"httpx does not take proxy= (or HTTP_PROXY and its like) or http2= "
            f'({type(error).__name__}); HTTP/2 needs "trunkline[http2]"'
        ) from None
    return client if transport is not None else async_timed(client)
