"""The transports that the soak uses to reach the hostile server."""

from __future__ import annotations

import ssl
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import httpx
from tests.fault.harness import HASTY, KEY, unbudgeted

from trunkline import AsyncStateSetVoice, StateSetVoice

if TYPE_CHECKING:
    from tests.fault.harness import HostileProcess

SIZE: Final = 8
SETTINGS: Final[dict[str, Any]] = {
    "runtime": HASTY,
    "max_response_bytes": 1_000_000,
    "max_connections": SIZE,  # fewer than concurrent calls: they also wait for each other
}
#: On the engine's own connections every promise holds.
OWN: Final = ("pool", "connect", "forward")
#: On connections of httpx only those in the soak's rules hold, see docs/transport.md.
BORROWED: Final = ("transport", "client")
TRANSPORTS: Final = (*OWN, *BORROWED)


class Clients:
    """One client for each transport and kind of server.

    Args:
        server: the server they connect to.
        is_async: whether the clients are asynchronous.
    """

    def __init__(self, server: HostileProcess, *, is_async: bool) -> None:
        self._server, self._is_async = server, is_async
        self._borrowed: list[Any] = []
        self._kind: Any = AsyncStateSetVoice if is_async else StateSetVoice
        self.made = {(transport, "http"): self._make(transport) for transport in TRANSPORTS}
        for port in ("reset", "deaf", "hanging"):
            self.made["pool", port] = self._client("pool", port)

    def _make(self, transport: str) -> Any:
        proxy = {"proxy": f"http://127.0.0.1:{self._server.ports['proxy']}"}
        limits = httpx.Limits(max_connections=SIZE)
        if transport == "connect":
            context = ssl.create_default_context(cadata=self._server.authority)
            return self._client(transport, "https", verify=context, **proxy)
        if transport == "forward":
            return self._client(transport, "http", **proxy)
        if transport == "pool":
            return self._client(transport, "http")
        if transport == "transport":
            below: Any = httpx.AsyncHTTPTransport if self._is_async else httpx.HTTPTransport
            return self._client(transport, "http", transport=below(limits=limits))
        own: Any = httpx.AsyncClient if self._is_async else httpx.Client
        self._borrowed.append(own(limits=limits))
        return self._client(transport, "http", http_client=self._borrowed[0])

    def _client(self, way: str, port: str, **more: Any) -> Any:
        scheme = "https" if port == "https" else "http"
        settings = {**SETTINGS, **more}
        if way in BORROWED:  # the size comes from the limits of httpx
            del settings["max_connections"]
        url = f"{scheme}://127.0.0.1:{self._server.ports[port]}"
        return unbudgeted(self._kind(KEY, base_url=url, **settings))

    def close(self) -> None:
        for client in [*self.made.values(), *self._borrowed]:
            client.close()

    async def aclose(self) -> None:
        for client in [*self.made.values(), *self._borrowed]:
            with suppress(RuntimeError):
                await client.aclose()
