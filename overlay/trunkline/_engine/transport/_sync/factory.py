# Derived from _engine/transport/_async/factory.py by `make generate`; do not edit.
"""Chooses the transport that a client's arguments ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from trunkline._engine.proxies import proxies
from trunkline._engine.transport.httpx_adapter import is_in_process
from trunkline._engine.transport.mocking import sync_is_patched, sync_patched_client
from trunkline._engine.transport.tls import lazy_context
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.models import Origin, Request, Response
    from trunkline._engine.transport._sync.connection_pool import ConnectionPool
    from trunkline._engine.transport._sync.interfaces import Transport

#: More sockets than this are usually a mistake.
MAX_CONNECTIONS: Final = 10_000


class MockAwareTransport:
    """Sends through the pool, or through httpx while a test has mocked parts of httpx.

    Args:
        pool: the connection pool.
        clock: the monotonic clock.
    """

    def __init__(self, pool: ConnectionPool, clock: Callable[[], float]) -> None:
        self.pool, self._clock = pool, clock
        self._closed = False

    def handle_request(self, request: Request, cooldowns: Cooldowns | None = None) -> Response:
        """Send a request; return its response with the body unread."""
        # A closed pool raises ClientClosedError itself.
        if self._closed or not sync_is_patched():
            return self.pool.handle_request(request, cooldowns)
        from trunkline._engine.transport._sync.httpx_transport import PatchedTransport

        patched = PatchedTransport(sync_patched_client, self._clock)
        return patched.handle_request(request, cooldowns)

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        self.pool.close()

    def __repr__(self) -> str:
        return repr(self.pool)


def sync_transport(
    origin: Origin,
    clock: Callable[[], float],
    max_connections: int,
    *,
    verify: ssl.SSLContext | str | bool,
    proxy: str | None,
    transport: httpx.BaseTransport | None,
    http_client: httpx.Client | None,
) -> Transport:
    """Return the transport that a client's arguments ask for.

    Raises:
        ConfigurationError: an argument is not usable.
    """
    _check(max_connections, transport, http_client)
    _check_exclusive(http_client=http_client, transport=transport, proxy=proxy)
    if http_client is not None:
        from trunkline._engine.transport.httpx_client_settings import check_settings

        check_settings(http_client)
        return _via_httpx(http_client, clock, owned=False)
    if transport is not None:
        client = httpx.Client(transport=transport, trust_env=False)
        return _via_httpx(client, clock, owned=True)
    from trunkline._engine.transport._sync.connection_pool import ConnectionPool
    from trunkline._engine.transport.codecs.selection import codec_class

    codec_class()  # a wrong TRUNKLINE_HTTP_CODEC is reported here, not by the first request
    context, proxy_for = lazy_context(verify), proxies(proxy, origin)
    pool = ConnectionPool(context, clock, max_connections, proxy_for)
    return MockAwareTransport(pool, clock)


def _via_httpx(client: httpx.Client, clock: Callable[[], float], *, owned: bool) -> Transport:
    # Imported late: it loads httpx's network code, which takes 60 ms.
    from trunkline._engine.transport._sync.httpx_transport import HTTPXTransport

    return HTTPXTransport(client, clock, owned=owned, in_process=is_in_process(client))


def _check_exclusive(**arguments: object) -> None:
    """Refuse more than one of the arguments that each choose how the server is reached."""
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
    if not whole or not 1 <= max_connections <= MAX_CONNECTIONS:
        raise ConfigurationError(
            f"max_connections must be a whole number from 1 to {MAX_CONNECTIONS}"
        )
    if transport is not None and not isinstance(transport, httpx.BaseTransport):
        raise ConfigurationError("transport= must be an httpx.BaseTransport")
    if http_client is not None and not isinstance(http_client, httpx.Client):
        raise ConfigurationError("http_client= must be an httpx.Client")
