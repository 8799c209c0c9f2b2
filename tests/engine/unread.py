"""Responses whose bodies are read in chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.engine.support import build_request

if TYPE_CHECKING:
    from tests.engine.backends import Caller

PATH = "/file"


async def opened(caller: Caller, method: str = "GET", **options: Any) -> Any:
    """Return a response with its body unread."""
    raw = caller.client.with_options(**options).raw
    is_sync = caller.backend == "sync"
    session: Any = raw.get_httpx_client() if is_sync else raw.get_async_httpx_client()
    made = session.send_request(build_request(session.context, method, PATH), unread={200})
    return made if is_sync else await made


async def content(caller: Caller, body: Any, *, pieces: int = 10_000) -> bytes:
    """Read some chunks, then abandon the response."""
    read = b""
    try:
        if caller.backend == "sync":
            chunks = body.stream.chunks()
            for chunk, _ in zip(chunks, range(pieces), strict=False):
                read += chunk
            chunks.close()
        else:
            chunks = body.stream.chunks()
            while pieces and (chunk := await anext(chunks, b"")):
                read += chunk
                pieces -= 1
            await chunks.aclose()
    finally:
        if caller.backend == "sync":
            body.stream.close()
        else:
            await body.stream.aclose()
    return read
