# Derived from _engine/transport/_async/factory.py by `make generate`; do not edit.
"""What sends an attempt: the engine's pool, or httpx for what the pool leaves to it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import httpx

from trunkline._engine.transport._sync.httpx_transport import Borrowed, Clients
from trunkline._engine.transport.concurrency import sync_timed
from trunkline._engine.transport.mocking import sync_is_patched
from trunkline._engine.transport.tls import lazy_context, ssl_context
from trunkline._engine.urls import check_proxy, environment_proxy
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from trunkline._engine.models import Request, Response
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.transport._sync.httpx_transport import Source
    from trunkline._engine.transport._sync.interfaces import Stream, Transport

#: More sockets than this are an operating system's affair, and a mistake more often.
MOST_CONNECTIONS: Final = 10_000


#: So many servers of downloads are remembered, with whether they are behind a proxy.
MOST_PROXIED: Final = 64


class MockAwareTransport:
    """A transport that gives way to httpx while a test has mocks in httpx's place.

    So it does for servers behind a proxy of the environment's.

    Args:
        transport: the engine's pool.
        clients: what httpx sends with.
        context: knows the client's own server, which is behind none, and the clock.
    """

    def __init__(self, transport: Transport, clients: Clients, context: ClientContext) -> None:
        self.transport, self._clients, self._context = transport, clients, context
        # Downloads may lead to any server, and to a new one each time.
        self._proxied = lru_cache(maxsize=MOST_PROXIED)(environment_proxy)

    def send(self, request: Request) -> Response:
        """Send and read the whole response."""
        return self._choose(request).send(request)

    def open(self, request: Request) -> Stream:
        """Send and return the response unread."""
        return self._choose(request).open(request)

    def _choose(self, request: Request) -> Transport:
        proxied = request.origin != self._context.origin and self._proxied(request.origin)
        if not proxied and not sync_is_patched():
            return self.transport
        return _foreign(self._context, self._clients)

    def close(self) -> None:
        """Close all connections."""
        try:
            self.transport.close()
        finally:
            self._clients.close()


def sync_transport(
    context: ClientContext,
    max_connections: int,
    *,
    verify: ssl.SSLContext | str | bool,
    proxy: str | None,
    transport: httpx.BaseTransport | None,
    http_client: httpx.Client | None,
    http2: bool,
) -> Transport:
    """Return the transport that a client's arguments ask for.

    Raises:
        ConfigurationError: an argument is not usable.
    """
    _check(max_connections, transport, http_client)
    _check_ways(http_client=http_client, transport=transport, proxy=proxy)
    if proxy is not None:
        check_proxy(proxy)
    if http_client is not None:
        return _foreign(context, Borrowed(http_client, owned=False))
    if transport is not None:
        client = _client(max_connections, True, None, transport, http2=http2)
        return _foreign(context, Borrowed(client, owned=True))
    return _own(context, max_connections, _context(verify, http2=http2), proxy, http2=http2)


def _own(
    context: ClientContext,
    max_connections: int,
    tls: Callable[[], ssl.SSLContext],
    proxy: str | None,
    *,
    http2: bool,
) -> Transport:
    """Return a transport on connections of the engine's own."""
    clients = Clients(lambda: _client(max_connections, tls(), proxy, None, http2=http2))
    if proxy is not None or http2 or environment_proxy(context.origin):
        clients.prepare()
        return _foreign(context, clients)
    from trunkline._engine.transport._sync.connection_pool import ConnectionPool

    pool = ConnectionPool(tls, context.runtime.monotonic, max_connections)
    return MockAwareTransport(pool, clients, context)


def _foreign(context: ClientContext, clients: Source) -> Transport:
    # Late: it brings httpx's network code, which takes 60 ms to import.
    from trunkline._engine.transport._sync.httpx_transport import HTTPXTransport

    return HTTPXTransport(clients, context.runtime.monotonic)


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
    transport: httpx.BaseTransport | None,
    http_client: httpx.Client | None,
) -> None:
    whole = isinstance(max_connections, int) and not isinstance(max_connections, bool)
    if not whole or not 1 <= max_connections <= MOST_CONNECTIONS:
        raise ConfigurationError(
            f"max_connections must be a whole number from 1 to {MOST_CONNECTIONS}"
        )
    if transport is not None and not isinstance(transport, httpx.BaseTransport):
        raise ConfigurationError("transport= must be an httpx.BaseTransport")
    if http_client is not None and not isinstance(http_client, httpx.Client):
        raise ConfigurationError("http_client= must be an httpx.Client")


def _client(
    max_connections: int,
    verify: ssl.SSLContext | bool,  # noqa: FBT001 - httpx spells it so
    proxy: str | None,
    transport: httpx.BaseTransport | None,
    *,
    http2: bool,
) -> httpx.Client:
    limits = httpx.Limits(
        max_connections=max_connections, max_keepalive_connections=max_connections
    )
    try:
        client = httpx.Client(
            transport=transport, verify=verify, proxy=proxy, http2=http2, limits=limits
        )
    except (ImportError, ValueError, TypeError, httpx.InvalidURL) as error:
        raise ConfigurationError(
            f"httpx does not take proxy= (or HTTP_PROXY and its like) or http2= "
            f'({type(error).__name__}); HTTP/2 needs "trunkline[http2]"'
        ) from None
    return client if transport is not None else sync_timed(client)
