# Derived from _engine/_async/_keywords.py by `make generate`; do not edit.
"""The keyword arguments of every client, for clients that add one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    import httpx

    from trunkline._engine._runtime import Runtime
    from trunkline._engine._sync._throttle import Limiter


class Keywords(TypedDict, total=False):
    """The keyword arguments of ``API`` but base_url; that class explains them."""

    timeout: float | httpx.Timeout | None
    deadline: float | None
    max_retries: int | None
    max_wait: float | None
    max_response_bytes: int | None
    headers: Mapping[str, str] | None
    check_phone_numbers: bool
    max_connections: int
    verify: ssl.SSLContext | str | bool
    proxy: str | None
    http2: bool
    transport: httpx.BaseTransport | None
    http_client: httpx.Client | None
    throttle: bool | Limiter
    runtime: Runtime
