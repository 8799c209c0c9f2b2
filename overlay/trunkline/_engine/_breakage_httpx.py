"""What an exception of httpx means for the request that met it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import httpcore
import httpx

from trunkline._engine._breakage import broken, reason
from trunkline._engine._wire import Broken, TooLargeError

if TYPE_CHECKING:
    from trunkline._engine._wire import RawHeaders

# These say for certain that nothing was sent; every other failure may have come later.
_UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_UNSENT_BELOW: Final = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)
#: Causes of other libraries that prove it: aiohttp's failure to connect, and respx's word for
#: "the test wants this". By name, so that neither is imported.
_TRUSTED: Final = frozenset({"ClientConnectorError", "SideEffectError"})


def foreign(
    error: Exception, status: int | None = None, headers: RawHeaders | None = None
) -> Broken:
    """Return the account of an attempt through httpx that an exception ended."""
    if isinstance(error, (httpx.DecodingError, TooLargeError, zlib.error)):
        body = zlib.error() if isinstance(error, httpx.DecodingError) else error
        return broken(body, sent=True, status=status, headers=headers)
    timed_out = isinstance(error, (httpx.TimeoutException, TimeoutError))
    words = "took too long" if timed_out else "failed"
    why = reason(error)
    return Broken(
        f"the connection {words} ({why})",
        sent=not _certainly_unsent(error),
        timed_out=timed_out,
        status=status,
        headers=headers,
    )


def _certainly_unsent(error: Exception) -> bool:
    """Return whether nothing was sent.

    The class alone is no proof: a transport of another library may call a reset in the middle a
    failure to connect (httpx-aiohttp does). What httpx raises of itself has a cause in httpcore;
    what a mock raises has none.
    """
    if not isinstance(error, _UNSENT):
        return False
    cause = error.__cause__
    if cause is None or isinstance(cause, _UNSENT_BELOW):
        return True
    return any(kind.__name__ in _TRUSTED for kind in type(cause).__mro__)
