"""TLS settings, shared by all clients of a process."""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable


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
