"""The engine's dealings with httpx objects.

Only public names are used: should httpx change, this and the two transports are what to edit.
"""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx

from trunkline._engine._names import ascii_host
from trunkline._engine._wire import Answer, Broken, Trip, load_json
from trunkline.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine._wire import Origin


#: What httpx can speak to a proxy in; socks needs a package of its own.
_PROXIES: Final = frozenset({"http", "https", "socks5", "socks5h"})


class _Unread(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The stream of a response whose body is at hand already."""


_UNREAD: Final = _Unread()


class Response(httpx.Response):
    """An httpx response around a body that was read, bounded and decompressed by the engine.

    Handing the body to httpx as ``content=`` would send it through streams and decoders again.
    JSON is decoded with orjson where that is installed.

    Attributes:
        received: the body as the server sent it.
    """

    def __init__(self, trip: Trip, answer: Answer) -> None:
        super().__init__(
            answer.status,
            headers=answer.raw_headers,
            stream=_UNREAD,
            extensions={"trunkline_trip": trip},
        )
        self.received = answer.body
        # A success without a body stands for an empty object: where the contract requires fields,
        # the generated code misses them and says so.
        self._body = answer.body or (b"{}" if trip.operation_id else b"")

    @property
    def content(self) -> bytes:
        """The body."""
        return self._body

    def read(self) -> bytes:
        """Return the body."""
        return self._body

    async def aread(self) -> bytes:
        """Return the body."""
        return self._body

    def json(self, **kwargs: Any) -> Any:
        """Return the decoded body; raises ValueError when it is not JSON."""
        return super().json(**kwargs) if kwargs else load_json(self._body)


def to_httpx(trip: Trip, answer: Answer) -> Response:
    """Return an answer as the object that generated code expects."""
    return Response(trip, answer)


def to_request(trip: Trip, remaining: float) -> httpx.Request:
    """Return a trip as an httpx request, for transports that are not the engine's own.

    Raises:
        Broken: httpx does not take the address.
    """
    options = trip.options
    phases = {"connect": options.connect, "read": options.read, "write": options.write}
    timeout = {
        name: min(limit, remaining) for name, limit in {**phases, "pool": options.pool}.items()
    }
    url = b"%s://%s%s" % (trip.origin.scheme, trip.origin.netloc, trip.target)
    try:
        return httpx.Request(
            trip.method,
            url.decode("ascii"),
            headers=trip.headers,
            content=trip.content,
            extensions={"timeout": timeout},
        )
    except httpx.InvalidURL:  # it takes none of more than 64 KiB
        raise Broken("httpx does not take the address", sent=False, final=True) from None


def unusual_body(data: Any, files: Any) -> tuple[bytes, bytes]:
    """Return content type and bytes of a form, encoded by httpx."""
    try:
        dict(data or {})  # httpx would take texts and bytes, with a warning
        request = httpx.Request("POST", "http://form.invalid", data=data, files=files)
        body = request.read()
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidArgumentError(
            f"the form cannot be encoded ({type(error).__name__}): use text or number values"
        ) from None
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded")
    return kind.encode("ascii"), body


@lru_cache(maxsize=2)
def _shared_context(*, http2: bool = False) -> ssl.SSLContext:  # noqa: ARG001 - a key of the cache
    # Loading the certificate authorities takes 16 ms: once per process is enough. httpcore writes
    # the protocols it offers into the context, so the two versions of HTTP must not share one.
    return httpx.create_ssl_context()


def ssl_context(
    verify: ssl.SSLContext | str | bool,  # noqa: FBT001 - httpx spells it so
    *,
    http2: bool = False,
) -> ssl.SSLContext:
    """Return the TLS settings: the process's own, a private authority's, or none at all.

    Args:
        verify: True for the usual authorities, a path to a PEM file or folder, a context of the
            caller's, or False to accept any certificate (for tests only).
        http2: whether HTTP/2 will be offered.

    Raises:
        ConfigurationError: the file cannot be read or holds no certificates.
    """
    if isinstance(verify, ssl.SSLContext):
        return verify
    if verify is True:
        return _shared_context(http2=http2)
    if verify is False:
        return httpx.create_ssl_context(verify=False)
    try:
        if Path(verify or " ").is_dir():
            return ssl.create_default_context(capath=verify)
        return ssl.create_default_context(cafile=verify or " ")
    except (OSError, TypeError) as error:
        raise ConfigurationError(
            f"verify= does not name readable PEM certificates ({type(error).__name__})"
        ) from None


def lazy_context(
    verify: ssl.SSLContext | str | bool,  # noqa: FBT001 - httpx spells it so
) -> Callable[[], ssl.SSLContext]:
    """Return what gives the TLS settings: the usual ones are loaded when they are first needed.

    Raises:
        ConfigurationError: as :func:`ssl_context`, at once.
    """
    if verify is True:
        return _shared_context
    ready = ssl_context(verify)
    return lambda: ready


def check_proxy(proxy: str) -> None:
    """Check that a proxy's URL names a host.

    Raises:
        ConfigurationError: it does not; it is not shown, for it may hold a password.
    """
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in _PROXIES and bool(ascii_host(parts.hostname or ""))
        usable = usable and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        usable = False
    if not usable:
        raise ConfigurationError("proxy= must be a URL such as http://proxy.example:3128")


def environment_proxy(origin: Origin) -> bool:
    """Return whether HTTP(S)_PROXY, ALL_PROXY and NO_PROXY put a proxy before this server."""
    import urllib.request

    proxies = urllib.request.getproxies()
    if not (proxies.get(origin.scheme.decode()) or proxies.get("all")):
        return False
    return not urllib.request.proxy_bypass(origin.netloc.decode("ascii"))
