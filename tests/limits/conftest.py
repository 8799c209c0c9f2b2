"""Limits with budgets of their own for each test, in one shared Redis server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.redis_server import REDIS_URL

from trunkline.limits import Budget, SharedRateLimit

MINUTE = Budget("minute", 100, 60)

Make = Callable[..., SharedRateLimit]


@pytest.fixture
def make(redis_prefix: str) -> Iterator[Make]:
    """Makes limits that share budgets, as processes would, each with its own connection."""
    made: list[SharedRateLimit] = []

    def limit(*budgets: Budget, **settings: Any) -> SharedRateLimit:
        settings = {"fleet_size": 2, "prefix": redis_prefix, **settings}
        made.append(SharedRateLimit(REDIS_URL, budgets or [MINUTE], **settings))
        return made[-1]

    yield limit
    for each in made:
        each.close()
