"""A private certificate authority for servers on loopback."""

from __future__ import annotations

import ssl
from functools import cache
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _authority().configure_trust(context)
    return context


class Authority:
    """The same authority in all tests, because creating one is slow."""

    def server(self, *names: str, protocols: tuple[str, ...] = ()) -> ssl.SSLContext:
        """Return a server's settings, by default with a certificate for loopback."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        _authority().issue_cert(*(names or ("localhost", "127.0.0.1"))).configure_cert(context)
        if protocols:
            context.set_alpn_protocols(list(protocols))
        return context

    def context(self) -> ssl.SSLContext:
        """Return settings that trust this authority alone."""
        return _trusting()

    def pem(self, folder: Path) -> str:
        """Write the authority's certificate and return the file's path."""
        path = folder / "authority.pem"
        _authority().cert_pem.write_to_path(str(path))
        return str(path)
