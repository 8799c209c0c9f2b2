"""The connection pool's state, read from a client's repr."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_SHOWN: Final = re.compile(
    r"requests: (\d+) active, (\d+) waiting \| connections: (\d+) idle, (\d+) at most"
)


@dataclass(frozen=True)
class PoolState:
    """The numbers of a pool.

    Attributes:
        active: requests that hold a connection.
        waiting: requests waiting for one.
        idle: connections kept for the next request.
        size: the maximum number of connections.
    """

    active: int
    waiting: int
    idle: int
    size: int


def pool_state(client: Any) -> PoolState:
    """Return the state of a client's pool in this process."""
    raw = client.raw
    session = raw.get_async_httpx_client() if is_async(client) else raw.get_httpx_client()
    found = _SHOWN.search(repr(session))
    assert found, "the client's representation does not show its pool"
    return PoolState(*map(int, found.groups()))


def is_async(client: Any) -> bool:
    """Return whether a client's methods are awaited."""
    return type(client).__name__.startswith("Async")
