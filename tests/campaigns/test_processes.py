"""Celery workers on a real RabbitMQ, one of them killed in the middle of its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.campaigns.processes import Run, queue

if TYPE_CHECKING:
    from trunkline.campaigns import Counts
    from trunkline.sandbox.server import Sandbox


def test_a_killed_worker_costs_no_row_and_no_second_call(database: str, sandbox: Sandbox) -> None:
    """Its messages go to the next worker, and its open calls are decided by the list."""
    sandbox.control.fault("latency", operation="create_call", seconds=0.2, times=4)
    with queue() as name:
        run = Run(database, name, sandbox, rows=12, workers=1, seed=1)

        def once(counts: Counts) -> bool:
            return not run.result.killed and counts.rows.get("accepted", 0) > 0

        result = run.go(once)
    assert result.wrong == []
    assert (result.calls, result.killed) == (12, 1)
