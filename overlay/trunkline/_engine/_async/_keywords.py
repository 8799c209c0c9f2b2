"""The keyword arguments of every client, for clients that add one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    import httpx

    from trunkline._engine._async._throttle import AsyncLimiter
    from trunkline._engine._runtime import Runtime


class AsyncKeywords(TypedDict, total=False):
    """The keyword arguments of ``AsyncAPI`` but base_url; that class explains them."""

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
    transport: httpx.AsyncBaseTransport | None
    http_client: httpx.AsyncClient | None
    throttle: bool | AsyncLimiter
    runtime: Runtime
