"""A few interrupts by signals and threads; ``make soak`` runs many."""

from __future__ import annotations

import secrets

from tests.fault.soak.interrupts import interrupted
from tests.fault.soak.storm import INTERRUPTS, Cell

#: Each kind of interrupt, each backend, each scheme and each delay of the server.
CELLS = (
    Cell("alarm", "threads", "http", 0),
    Cell("keyboard", "threads", "https", 0),
    Cell("celery", "threads", "http", 1),
    Cell("base", "threads", "http", 5),
    Cell("thread", "threads", "https", 1),
    Cell("keyboard", "asyncio", "https", 1),
    Cell("keyboard", "trio", "http", 0),
)


def test_an_interrupt_at_any_line_loses_nothing() -> None:
    """Every connection is free, no file is left open, the interrupt is raised unchanged."""
    assert {cell.kind for cell in CELLS} == set(INTERRUPTS)
    reports = interrupted(CELLS, 25, secrets.randbelow(10**9))
    assert [report for report in reports if report.faults or report.free != 5] == []
    assert all(report.raised >= 25 for report in reports)
