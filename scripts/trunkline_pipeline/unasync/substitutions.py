"""Names that differ between the async source and its sync twin: the whole translation."""

from __future__ import annotations

from typing import Final

#: Whole words, replaced everywhere: code, docstrings and comments. Names such as ``AsyncThing``
#: lose their prefix and ``async_thing`` becomes ``sync_thing`` without an entry here.
NAMES: Final = {
    # the language
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclosing": "closing",
    "aiter": "iter",
    "anext": "next",
    "asynccontextmanager": "contextmanager",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "StopAsyncIteration": "StopIteration",
    # httpx and httpcore
    "AsyncByteStream": "SyncByteStream",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "aiter_lines": "iter_lines",
    "aiter_raw": "iter_raw",
    "aiter_stream": "iter_stream",
    "aiter_text": "iter_text",
    "aread": "read",
    "handle_async_request": "handle_request",
    # generated packages
    "asyncio_detailed": "sync_detailed",
    "get_async_httpx_client": "get_httpx_client",
    "set_async_httpx_client": "set_httpx_client",
    # the SDK's engine
    "_async": "_sync",
    "async_client": "client",
    "async_sleep": "sleep",
}

#: Regular expressions, applied in this order before the names: for lines of prose that may have
#: both words, and for parts of words.
PATTERNS: Final = (
    # Code that only tasks need is between two comments.
    (r"(?ms)^# async only\n.*?^# end of async only\n", ""),
    # A sync list is its first page.
    (r"\bAsyncPaginator\((\w+)\)", r"\1()"),
    (r"\bAsyncPaginator\b", "Page"),
    (r"\basync (?=(?:def|with|for)\b)", ""),
    (r"\bawait +", ""),
    (r"(?<=\.)asyncio\b", "sync"),
    (r"\bAsyncGenerator\[([\w.]+), None\]", r"Generator[\1, None, None]"),
    (r"\b(_*)Async(?=[A-Z])(?!ByteStream\b)", r"\1"),
    (r"\b(_*)async_(?=\w)(?!(?:client|sleep)\b)", r"\1sync_"),
    # A rule about event loops does not apply to the twin.
    (r" *# noqa: ASYNC\d+.*", ""),
)

#: Generic types that the twin has without the wrapper: ``Awaitable[T]`` is ``T``.
WRAPPERS: Final = ("Awaitable",)
