"""A short soak on every transport; ``make soak`` runs the full one."""

from __future__ import annotations

import secrets

from tests.fault.soak.runs import soak


def test_random_faults_break_no_promise() -> None:
    """No second call, hang, foreign exception or lost connection; the seed reproduces a failure."""
    runs, faults, summary = soak(150, secrets.randbelow(10**9))
    assert not faults, summary
    assert runs == 150
