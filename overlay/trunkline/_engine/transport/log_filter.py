"""Keeps what httpx and its helpers log about the SDK's own requests out of the logs.

httpx logs the address with its query, httpcore the headers of responses, hpack those of requests,
API keys among them. Other code that uses these libraries is logged as usual.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

#: By their full names: a logger's filter does not see the records of loggers below it.
_LOGGERS: Final = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "hpack.hpack",
    "hpack.table",
)


_sending: Final = ContextVar("trunkline_sending", default=False)


def _is_of_others(_record: logging.LogRecord) -> bool:
    return not _sending.get()


for _name in _LOGGERS:
    logging.getLogger(_name).addFilter(_is_of_others)


@contextmanager
def suppress_logs() -> Generator[None, None, None]:
    """Suppress httpx, httpcore and hpack log records while this thread or task sends a request."""
    token = _sending.set(True)
    try:
        yield
    finally:
        _sending.reset(token)
