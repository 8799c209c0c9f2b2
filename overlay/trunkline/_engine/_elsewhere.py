"""Addresses outside the client's own server: nothing that is meant for that server goes there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from trunkline._engine._core import Core
    from trunkline._engine._wire import Origin, Trip

_PORTS = {b"http": 80, b"https": 443}


def url_of(trip: Trip) -> str:
    """Return the absolute URL that a trip asks for."""
    origin = trip.origin
    return (b"%s://%s%s" % (origin.scheme, origin.netloc, trip.target)).decode("ascii")


def elsewhere(core: Core, url: str, base: str = "") -> tuple[Core, str]:
    """Return a core for the server of a URL, and the URL's path and query.

    Its requests carry no key, no token and none of the caller's headers.

    Args:
        core: the client's own.
        url: absolute, or relative to ``base``.
        base: the URL that named it.

    Raises:
        ValueError: it is not a URL to follow: no http or https, plain http behind https, or with
            a user name.
    """
    parts = urlsplit(urljoin(base, url))
    downgraded = core.origin.scheme == b"https" and parts.scheme != "https"
    if parts.scheme not in {"http", "https"} or not parts.hostname or downgraded:
        raise ValueError("not a URL to follow")
    if "@" in parts.netloc:
        raise ValueError("the URL holds a user name")
    away = core.changed(
        base_url=f"{parts.scheme}://{parts.netloc}",
        anonymous=True,
        options=replace(core.options, headers=()),
    )
    return away, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_home(core: Core, url: str) -> bool:
    """Return whether a URL points at the client's own server."""
    try:
        origin = elsewhere(core, url)[0].origin
    except ValueError:
        return False
    return _plain(origin) == _plain(core.origin)


def _plain(origin: Origin) -> tuple[bytes, bytes, int | None]:
    return origin.scheme, origin.host.lower(), origin.port or _PORTS.get(origin.scheme)
