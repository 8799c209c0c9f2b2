"""A Redis server that the tests of a session share, and budgets of each test's own in it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis

from trunkline.limits import Budget, SharedRateLimit

REDIS_URL = os.environ.get("TRUNKLINE_TEST_REDIS", "redis://127.0.0.1:6379/0")
MINUTE = Budget("minute", 100, 60)

Make = Callable[..., SharedRateLimit]


@pytest.fixture
def prefix() -> Iterator[str]:
    """A prefix of this test's own in a real Redis, emptied afterwards."""
    client = redis.Redis.from_url(REDIS_URL, socket_timeout=60)
    try:
        client.ping()
    except redis.ConnectionError:
        if os.environ.get("TRUNKLINE_ALLOW_MISSING_SERVICES") != "1":
            raise
        pytest.skip("no Redis, and TRUNKLINE_ALLOW_MISSING_SERVICES=1 allows that")
    prefix = f"trunkline-test-{secrets.token_hex(8)}"
    yield prefix
    for key in client.scan_iter(f"{{{prefix}}}*"):
        client.delete(key)
    client.close()


@pytest.fixture
def make(prefix: str) -> Iterator[Make]:
    """Makes limits that share their budgets, as processes would, each with its own connection."""
    made: list[SharedRateLimit] = []

    def limit(*budgets: Budget, **settings: Any) -> SharedRateLimit:
        settings = {"fleet_size": 2, "prefix": prefix, **settings}
        made.append(SharedRateLimit(REDIS_URL, budgets or [MINUTE], **settings))
        return made[-1]

    yield limit
    for each in made:
        each.close()
