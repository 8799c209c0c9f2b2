"""The request as the sender made it, seen through proxies that can be trusted.

Every proxy appends to ``X-Forwarded-For`` and, where it speaks of them, to ``X-Forwarded-Proto``,
``-Host`` and ``-Port``. With ``n`` trusted proxies the n-th value from the right was written by
the outermost one of them; what stands further left was sent by anybody and is not read.
"""

from __future__ import annotations

from trunkline.webhooks.headers import all_values, one_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline.webhooks.headers import Headers
    from trunkline.webhooks.request import IncomingRequest

__all__ = ["client_address", "public_url"]


def client_address(request: IncomingRequest, trusted_hops: int) -> str | None:
    """The address of the sender.

    Args:
        request: the request.
        trusted_hops: how many proxies stand in front of the application.
    """
    forwarded = _forwarded(request.headers, "X-Forwarded-For", trusted_hops)
    return request.remote_address if forwarded is None else forwarded


def public_url(request: IncomingRequest, trusted_hops: int, origin: str | None) -> str:
    """The URL that the sender requested.

    Args:
        request: the request.
        trusted_hops: how many proxies stand in front of the application.
        origin: scheme, host and port known from elsewhere, such as ``https://example.com``; it
            takes the place of everything that the request says about them.
    """
    if origin is not None:
        return origin.rstrip("/") + request.target
    headers = request.headers
    scheme = _forwarded(headers, "X-Forwarded-Proto", trusted_hops) or request.scheme
    host = _forwarded(headers, "X-Forwarded-Host", trusted_hops)
    host = host or one_value(headers, "Host") or request.host
    port = _forwarded(headers, "X-Forwarded-Port", trusted_hops)
    if port and not _has_port(host):
        host = f"{host}:{port}"
    return f"{scheme.lower()}://{host}{request.target}"


def _forwarded(headers: Headers, name: str, trusted_hops: int) -> str | None:
    if trusted_hops < 1:
        return None
    parts = [part.strip() for line in all_values(headers, name) for part in line.split(",")]
    return parts[-trusted_hops] if len(parts) >= trusted_hops else None


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]
