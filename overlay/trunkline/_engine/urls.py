"""Base URLs, host names and proxies: read and checked once."""

from __future__ import annotations

import ipaddress
import logging
import re
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from trunkline.errors import ConfigurationError

_log: Final = logging.getLogger("trunkline")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")


def ascii_host(host: str) -> str:
    """Return a host name or address as it goes on the wire, in lower case.

    Raises:
        ValueError: it is neither a name (RFC 1123, non-ASCII labels by IDNA) nor an address.
    """
    if ":" in host:
        ipaddress.IPv6Address(host)
        return host
    name = host.encode("idna").decode("ascii").lower()
    labels = name.removesuffix(".").split(".")
    if len(name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise ValueError("not a host name")
    return name


def split_endpoint(url: str, title: str, name: str) -> tuple[str, str]:
    """Split the URL of a single endpoint into its server and its path with query.

    Raises:
        ConfigurationError: it is not a complete http or https URL.
    """
    try:
        parts = urlsplit(url)
    except (ValueError, AttributeError, TypeError):
        raise ConfigurationError(f"{title}: {name} is not a URL") from None
    if not parts.path:
        raise ConfigurationError(
            f"{title}: {name} must be the complete URL that is posted to, path included, such as "
            "https://dashboard.example.com/api/logs/call-logs"
        )
    server = checked_base_url(f"{parts.scheme}://{parts.netloc}", title, name)
    return server, parts.path + (f"?{parts.query}" if parts.query else "")


def checked_base_url(url: str, title: str, name: str = "base_url") -> str:
    """Return a base URL without its trailing slash.

    Raises:
        ConfigurationError: it is not an absolute http or https URL of host and path.
    """
    parts = _web_parts(url)
    if parts is None or parts.query or parts.fragment:
        raise ConfigurationError(
            f"{title}: {name} must look like https://host/path, without a query or fragment"
            f"{'; it is empty' if url == '' else ''}"
        )
    if parts.username or parts.password:
        raise ConfigurationError(f"{title}: {name} holds a user name or password; use api_key=")
    host = ascii_host(parts.hostname or "")
    netloc = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    path = quote(parts.path.rstrip("/"), safe="/%~@!$&'()*+,;:=-._")
    return f"{parts.scheme}://{netloc}{port}{path}"


def warn_of_clear_text(url: str, title: str, name: str = "base_url") -> None:
    """Log a warning about a server that is used without TLS, unless it is this machine."""
    host = urlsplit(url).hostname or ""
    if url.startswith("http:") and not _is_here(host):
        _log.warning("%s: %s is http, so the key travels in clear text to %s", title, name, host)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _web_parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        # urlsplit silently drops tabs and line ends: the key would go to another host.
        usable = url.isprintable() and parts.scheme in {"http", "https"} and parts.port != 0
        ascii_host(parts.hostname or "")
    except (ValueError, AttributeError, TypeError):
        return None
    return parts if usable else None
