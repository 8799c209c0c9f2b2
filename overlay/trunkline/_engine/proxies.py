"""Chooses the proxy for a server, from ``proxy=`` or the environment, by one set of rules."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
import sys
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from trunkline._engine.models import Origin
from trunkline._engine.urls import ascii_host
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Schemes that httpx supports, through a client with such a proxy.
_THROUGH_HTTPX: Final = frozenset({"https", "socks4", "socks5", "socks5h"})
ARGUMENT: Final = "proxy="
_SEPARATORS: Final = r"[\s,]+"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Proxy(NamedTuple):
    """An HTTP proxy.

    Attributes:
        origin: where it listens.
        source: what named it, such as ``proxy=`` or ``HTTPS_PROXY``, for errors.
        header_lines: additional header lines of a request to it: Basic authentication.
    """

    origin: Origin
    source: str
    header_lines: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        """Leave out the header lines: they may hold a password."""
        return f"Proxy(origin={self.origin!r}, source={self.source!r})"


def parse_proxy(url: str, source: str) -> Proxy:
    """Return the proxy of a URL.

    Raises:
        ConfigurationError: it is not the URL of an HTTP proxy; it is not shown, because it may
            hold a password.
    """
    user = password = None
    try:
        # Variables often hold host and port alone; an argument is written as a URL.
        bare = "://" not in url and source != ARGUMENT
        parts = urlsplit(f"http://{url}" if bare else url)
        scheme, port = parts.scheme.lower(), parts.port
        user, password = parts.username, parts.password
        host = ascii_host(parts.hostname or "")
    except (ValueError, TypeError, AttributeError):
        scheme, host, port = "", "", 0
    if host and scheme in _THROUGH_HTTPX:
        raise ConfigurationError(
            f"{source} names a {scheme} proxy: only HTTP proxies are supported directly; for this "
            "one pass http_client=httpx.Client(proxy=...)"
        )
    if not host or scheme != "http" or port == 0:
        raise ConfigurationError(f"{source} must be a URL such as http://proxy.example:3128")
    origin = Origin(b"http", host.encode(), port)
    return Proxy(origin, source, _authorization(user, password))


def _authorization(user: str | None, password: str | None) -> tuple[bytes, ...]:
    if user is None:
        return ()
    pair = f"{unquote(user)}:{unquote(password or '')}".encode()
    return (b"Proxy-Authorization: Basic %b" % base64.b64encode(pair),)


def proxies(proxy: str | None, origin: Origin) -> Callable[[Origin], Proxy | None]:
    """Return a function that returns the proxy of a server, None for a direct connection.

    Args:
        proxy: the client's ``proxy=``; None for HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY,
            which are read now.
        origin: the client's own server.

    Raises:
        ConfigurationError: the proxy of the client's own server is not usable.
    """
    if proxy is not None:
        chosen = parse_proxy(proxy, ARGUMENT)
        return lambda _: chosen
    settings = EnvironmentProxies(os.environ)
    settings(origin)
    return settings


class EnvironmentProxies:
    """The proxies that environment variables name; lower case takes precedence.

    Args:
        environment: the variables, copied.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._urls = {scheme: _variable(environment, scheme) for scheme in ("http", "https", "all")}
        if sys.platform in {"win32", "darwin"} and not any(self._urls.values()):
            self._urls |= _system_proxies()
        _, bypass = _variable(environment, "no") or ("", "")
        self._bypass = [entry for entry in re.split(_SEPARATORS, bypass.lower()) if entry]

    def __call__(self, origin: Origin) -> Proxy | None:
        """Return the proxy of a server.

        Raises:
            ConfigurationError: the variable that applies does not hold the URL of an HTTP proxy.
        """
        named = self._urls[origin.scheme.decode()]
        if named is None:
            named = self._urls["all"]
            # ALL_PROXY is for every protocol; a proxy that HTTP cannot use is for the others.
            if named is None or not _is_http(named[1]):
                return None
        if any(_matches(entry, origin) for entry in self._bypass):
            return None
        return parse_proxy(named[1], named[0])


def _variable(environment: Mapping[str, str], kind: str) -> tuple[str, str] | None:
    for name in (f"{kind}_proxy", f"{kind.upper()}_PROXY"):
        value = environment.get(name, "").strip()
        # In a CGI program HTTP_PROXY is what the visitor sent as the header "Proxy".
        if value and not (name == "HTTP_PROXY" and "REQUEST_METHOD" in environment):
            return name, value
    return None


def _system_proxies() -> dict[str, tuple[str, str] | None]:
    import urllib.request

    found = urllib.request.getproxies()
    named = {scheme: found.get(scheme) for scheme in ("http", "https")}
    return {scheme: ("the system's proxy", url) if url else None for scheme, url in named.items()}


def _is_http(url: str) -> bool:
    return "://" not in url or url.lower().startswith("http://")


def _matches(entry: str, origin: Origin) -> bool:
    """Return whether an entry of NO_PROXY names a server.

    An entry is ``*``, a name (which its subdomains match too, with or without a leading dot or
    ``*.``), an address, or a network in CIDR form; a port may follow; IPv6 is then in brackets.
    """
    if entry == "*":
        return True
    host = origin.hostname.decode("ascii").lower()
    name, port = _split_port(entry)
    if port and port != origin.port_number:
        return False
    address = _address(host)
    if address is not None:
        return _network_holds(name, address)
    name = name.removeprefix("*").strip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _split_port(entry: str) -> tuple[str, int]:
    if entry.startswith("["):
        name, _, rest = entry[1:].partition("]")
        return name, int(rest[1:]) if rest[1:].isdecimal() else 0
    name, colon, port = entry.rpartition(":")
    if colon and ":" not in name and port.isdecimal():
        return name, int(port)
    return entry, 0


def _address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _network_holds(name: str, address: Address) -> bool:
    try:
        return address in ipaddress.ip_network(name, strict=False)
    except ValueError:
        return False
