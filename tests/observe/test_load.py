"""A short run of the observer's load test in ``make soak``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.observe.soaking.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.observe.support import Rows

    from trunkline.observe import LivekitObserve


def test_sessions_at_once_are_all_delivered(
    observe: Callable[..., LivekitObserve], rows: Rows
) -> None:
    """Each of them once and complete."""
    found = asyncio.run(load(observe(), 25, 0.5))
    assert found.states == {"sent": 25}
    stored = rows()
    assert len({row["session_id"] for row in stored}) == len(stored) == 25
    assert {len(rows.transcript(row)) for row in stored} == {10}
