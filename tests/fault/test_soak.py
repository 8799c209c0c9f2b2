"""A small dose of the soak on every transport; ``make soak`` gives the full one."""

from __future__ import annotations

import secrets

from tests.fault.soak.runs import soak


def test_random_faults_break_no_promise() -> None:
    """No second call, no hang, no foreign exception, no lost place; the seed repeats a failure."""
    runs, faults, summary = soak(150, secrets.randbelow(10**9))
    assert not faults, summary
    assert runs == 150
