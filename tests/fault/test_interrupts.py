"""A small dose of interrupts by signals and threads; ``make soak`` gives the full one."""

from __future__ import annotations

import secrets

import pytest
from tests.fault.interrupts import INTERRUPTS, interrupted


@pytest.mark.parametrize("delay", [0, 1, 5])
@pytest.mark.parametrize("kind", [*INTERRUPTS, "thread"])
def test_an_interrupt_at_any_line_loses_nothing(kind: str, delay: int) -> None:
    """Every connection is free, no file is left open, the interrupt arrives as it was raised."""
    report = interrupted(kind, 35, delay, secrets.randbelow(10**9))
    assert not report.faults, report
    assert report.free == 5
