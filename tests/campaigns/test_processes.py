"""Celery workers on a real broker, one of them killed in the middle of its calls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import redis
from tests.campaigns.processes import Queue, Run, in_rabbitmq, in_redis

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from trunkline.campaigns import Counts
    from trunkline.sandbox.server import Sandbox


@pytest.mark.parametrize("queue", [in_rabbitmq, partial(in_redis, 5.0)], ids=["rabbitmq", "redis"])
def test_a_killed_worker_costs_no_row_and_no_second_call(
    database: str, sandbox: Sandbox, queue: Callable[[], AbstractContextManager[Queue]]
) -> None:
    """Its rows are sent to another worker, and its open calls are decided by the list."""
    sandbox.control.fault("latency", operation="create_call", seconds=0.2, times=4)
    with queue() as chosen:
        run = Run(database, chosen, sandbox, rows=12, workers=1, seed=1)

        def once(counts: Counts) -> bool:
            return not run.result.killed and counts.rows.get("accepted", 0) > 0

        result = run.go(once)
    assert result.wrong == []
    assert (result.calls, result.killed) == (12, 1)


def test_a_message_that_redis_delivers_again_places_no_second_call(
    database: str, sandbox: Sandbox
) -> None:
    """Because of the visibility timeout, a task that runs longer is also started again."""
    sandbox.control.fault("latency", operation="create_call", seconds=4, times=3)
    with in_redis(60.0, "tests.campaigns.redelivering") as queue:
        run = Run(database, queue, sandbox, rows=3, workers=2, seed=1)
        result = run.go(lambda _counts: False)
        with redis.Redis.from_url(queue.broker) as client:
            begun = int(client.get("begun") or 0)
    assert result.wrong == []
    assert result.calls == 3
    assert begun > 3
