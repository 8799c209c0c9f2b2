"""What one run of the soak does, drawn from a seed, and the expected outcome."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fault.harness import NAMELESS
from tests.fault.soak.transports import BORROWED
from tests.fault.table import TABLE

from trunkline.errors import APIError

if TYPE_CHECKING:
    from tests.fault.harness import Result

#: Faults that only a time limit ends, with parameters for short limits.
SLOW = ("silent", "slow=120", "trickle=2", "trickle_body=5", "informational_flood=5")
LATE = ("late_reset=3", "late_reset=60")
#: Responses that may be read to their end before all bytes have arrived.
LEFTOVERS: tuple[str, ...] = ()
STRAY = ("excess", "smuggled", "stray_refusal", "stray_head")
FAULTS = (*TABLE, *SLOW, *LATE, *STRAY)
#: Those that leave nothing on a connection that httpx would take for the next response.
TIDY = tuple(fault for fault in FAULTS if fault not in {*STRAY, *LEFTOVERS})
#: Threads in httpx have a limit for each read only: these outlast any deadline there.
ENDLESS = frozenset({"informational_flood=5"})


@dataclass(frozen=True)
class Plan:
    """What one run does.

    Attributes:
        cancel_after: seconds after which the caller gives up; None to wait.
        port: the kind of server; only "http" counts.
        transport: the transport used.
        astray: whether stray bytes may be left on connections that the run uses.
    """

    name: str
    post: bool
    faults: str
    retries: int
    timeout: float
    deadline: float
    cancel_after: float | None
    port: str
    transport: str
    astray: bool = True

    @property
    def is_borrowed(self) -> bool:
        return self.transport in BORROWED

    @classmethod
    def drawn(cls, seed: str, transport: str, *, astray: bool) -> Plan:
        dice = random.Random(seed)
        kinds = ["http", "reset", "deaf", "hanging"] if transport == "pool" else ["http"]
        known = FAULTS if astray else TIDY
        faults = dice.choices(known, k=dice.choice([0, 1, 1, 1, 2, 3]))
        stays = [] if dice.random() < 0.7 or not faults else ["*"]
        return cls(
            name=seed.replace(":", "-"),
            post=dice.random() < 0.5,
            faults=",".join([*faults, *stays]),
            retries=dice.choice([0, 0, 1, 2, 2, 3]),
            timeout=dice.choice([0.1, 0.2, 0.3]),
            deadline=dice.choice([0.05, 0.3, 1.0, 5.0, 5.0, 5.0]),
            cancel_after=dice.uniform(0, 0.05) if dice.random() < 0.08 else None,
            port=dice.choices(kinds, [60, 1, 1, 1][: len(kinds)])[0],
            transport=transport,
            astray=astray,
        )

    @property
    def options(self) -> dict[str, Any]:
        """The arguments of the call."""
        return {
            "post": self.post,
            "max_retries": self.retries,
            "timeout": self.timeout,
            "deadline": self.deadline,
        }

    @property
    def faults_in_threads(self) -> str:
        """The faults without those that a thread in httpx cannot end."""
        faults = self.faults.split(",") if self.is_borrowed else [self.faults]
        return ",".join("slow=120" if fault in ENDLESS else fault for fault in faults)


def kind_of(result: Result | None) -> str:
    """Return what a run counts as."""
    if result is None:
        return "cancelled"
    return "fine" if result.error is None else type(result.error).__name__


def broken_promises(plan: Plan, result: Result | None, seen: int, accepted: int) -> list[str]:
    """Return a sentence for each promise that a result breaks."""
    rules = {
        "the call was placed twice": plan.post and accepted > 1,
        "too many attempts": seen > plan.retries + 1,
    }
    if result is not None and result.error is None:
        # httpx may take bytes that were left on a connection for the next response.
        if not plan.is_borrowed or not plan.astray:
            rules["the answer was meant for another run"] = result.name not in {plan.name, NAMELESS}
            rules["success without an accepted call"] = plan.post and accepted != 1
    elif result is not None and isinstance(result.error, APIError):
        silent = not result.error.maybe_accepted
        rules["an accepted call without a warning"] = plan.post and accepted > 0 and silent
        rules["more requests than attempts told of"] = seen > result.error.attempts
    elif result is not None:
        rules[f"a foreign exception: {result.error!r}"] = True
    return [sentence for sentence, broken in rules.items() if broken]
