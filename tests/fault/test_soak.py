"""A small dose of the soak on the engine's own connections; ``make soak`` gives the full one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from tests.fault.soaking import Soak
from tests.fault.transports import OWN

if TYPE_CHECKING:
    from tests.fault.harness import HostileProcess


def test_random_faults_break_no_promise(hostile: HostileProcess) -> None:
    """No second call, no hang, no foreign exception, no lost place; the seed repeats a failure."""
    soak = Soak(hostile, secrets.randbelow(10**9), interrupts=False)
    soak.run(240, sorted(OWN))
    assert not soak.faults, soak.summary()
    assert len(soak.results) == 240
