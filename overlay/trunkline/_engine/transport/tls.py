"""TLS settings, shared by all clients of a process."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

#: The variables that name certificate authorities; the first that is set applies: OpenSSL's own
#: two, then the one of requests, which many machines have set for their company's proxy.
_VARIABLES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")


@lru_cache(maxsize=1)
def _shared_context() -> ssl.SSLContext:
    # Loading the certificate authorities takes 16 ms: once per process is enough.
    for variable in _VARIABLES:
        if path := os.environ.get(variable):
            return _load(path, f"the environment variable {variable}")
    return httpx.create_ssl_context(trust_env=False)


def _load(path: str, source: str) -> ssl.SSLContext:
    try:
        if Path(path).is_dir():
            return ssl.create_default_context(capath=path)
        return ssl.create_default_context(cafile=path or " ")
    except (OSError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"{source} does not name readable PEM certificates ({type(error).__name__})"
        ) from None


def ssl_context(
    verify: ssl.SSLContext | str | bool,  # noqa: FBT001 - httpx spells it so
) -> ssl.SSLContext:
    """Return the TLS settings: the shared ones, those of a private authority, or no checks.

    Args:
        verify: True for the usual authorities, a path to a PEM file or folder, the caller's
            context, or False to accept any certificate (for tests only).

    Raises:
        ConfigurationError: the file cannot be read or holds no certificates.
    """
    if isinstance(verify, ssl.SSLContext):
        return verify
    if verify is True:
        return _shared_context()
    if verify is False:
        return httpx.create_ssl_context(verify=False, trust_env=False)
    return _load(verify or " ", "verify=")


def lazy_context(
    verify: ssl.SSLContext | str | bool,  # noqa: FBT001 - httpx spells it so
) -> Callable[[], ssl.SSLContext]:
    """Return a function that returns the TLS settings: the usual ones are loaded on first use.

    Raises:
        ConfigurationError: as in :func:`ssl_context`, at once.
    """
    if verify is True:
        return _shared_context
    ready = ssl_context(verify)
    return lambda: ready
