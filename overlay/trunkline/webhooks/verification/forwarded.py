"""The address and URL that the sender used, as trusted proxies report them.

Every proxy appends to ``X-Forwarded-For`` and, if it sends them, to ``X-Forwarded-Proto``,
``-Host`` and ``-Port``. With ``n`` trusted proxies the n-th value from the right was written by
the outermost of them; values further left may come from the client and are not read.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from trunkline.errors import ConfigurationError
from trunkline.webhooks.headers import all_values, one_value

if TYPE_CHECKING:
    from trunkline.webhooks.headers import Headers
    from trunkline.webhooks.request import IncomingRequest

__all__ = ["client_address", "public_urls", "require_origin"]


def client_address(request: IncomingRequest, trusted_hops: int) -> str | None:
    forwarded = _forwarded(request.headers, "X-Forwarded-For", trusted_hops)
    return request.remote_address if forwarded is None else forwarded


def require_origin(origin: object) -> str | None:
    """Return scheme, host and port in lower case, without a slash at the end; None for None."""
    if origin is None:
        return None
    parts = None
    with suppress(ValueError):  # reported below, without a foreign context
        parts = urlsplit(origin.strip()) if isinstance(origin, str) else None
        if parts is not None and parts.port != 0 and _is_origin(parts):
            return f"{parts.scheme}://{parts.netloc.lower()}"
    # A text with an @ may contain a password.
    shown = repr(origin) if "@" not in str(origin) else "what was given"
    raise ConfigurationError(
        "public_origin is scheme, host and port, as in https://voice.example.com, without a path "
        f"and in ASCII; {shown} is not"
    )


def public_urls(request: IncomingRequest, trusted_hops: int, origin: str | None) -> list[str]:
    """Return the URL that the sender requested, in every possible spelling of its path."""
    origin = origin or _forwarded_origin(request, trusted_hops)
    return [origin + target for target in (request.target, *request.other_targets)]


def _is_origin(parts: SplitResult) -> bool:
    host = parts.netloc
    usable = host.isascii() and host.isprintable() and not set(host) & set("@ \\")
    bare = not (parts.path.strip("/") or parts.query or parts.fragment)
    return bool(parts.scheme in {"http", "https"} and parts.hostname and usable and bare)


def _forwarded_origin(request: IncomingRequest, trusted_hops: int) -> str:
    headers = request.headers
    scheme = _forwarded(headers, "X-Forwarded-Proto", trusted_hops) or request.scheme
    host = _forwarded(headers, "X-Forwarded-Host", trusted_hops)
    host = host or one_value(headers, "Host") or request.host
    port = _forwarded(headers, "X-Forwarded-Port", trusted_hops)
    if port and not _has_port(host):
        host = f"{host}:{port}"
    return f"{scheme.lower()}://{host}"


def _forwarded(headers: Headers, name: str, trusted_hops: int) -> str | None:
    if trusted_hops < 1:
        return None
    parts = [part.strip() for line in all_values(headers, name) for part in line.split(",")]
    return parts[-trusted_hops] if len(parts) >= trusted_hops else None


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]
