"""The ledger's clocks, in one place so that tests can replace them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from trunkline.ledger.attempts import Moment

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SYSTEM_CLOCK", "LedgerClock"]


def _steady() -> float:
    # CLOCK_MONOTONIC stops while the machine is suspended; a request does not.
    return time.clock_gettime(_BOOTTIME) if _BOOTTIME is not None else time.monotonic()


_BOOTTIME: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", None)


@lru_cache(maxsize=1)
def _boot() -> str:
    """Return the kernel's id of the current boot; empty if there is none."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip() if _BOOTTIME is not None else ""
    except OSError:
        return ""


@dataclass(frozen=True, slots=True, repr=False)
class LedgerClock:
    """The clocks that the ledger uses.

    Attributes:
        wall: seconds since the epoch.
        steady: seconds on a clock that never jumps and keeps counting during suspend.
        boot: the id of the machine's current boot; empty if unknown.
    """

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = _steady
    boot: Callable[[], str] = _boot

    def now(self) -> Moment:
        """Return the current time on all clocks."""
        return Moment(self.wall(), self.steady(), self.boot())


SYSTEM_CLOCK: Final = LedgerClock()
