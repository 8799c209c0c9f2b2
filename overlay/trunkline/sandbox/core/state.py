"""State that all mock providers of one sandbox share; it depends on none of them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from trunkline.sandbox.config import SandboxConfig
from trunkline.sandbox.contract.loader import load_contract
from trunkline.sandbox.core.clock import Clock, RunningClock
from trunkline.sandbox.core.faults import FaultPlan
from trunkline.sandbox.core.latest import LatestDict
from trunkline.sandbox.core.rate_limit import FixedWindowLimiter
from trunkline.sandbox.core.request_log import RequestLog
from trunkline.sandbox.core.scheduler import Scheduler
from trunkline.sandbox.core.webhook_dispatcher import WebhookDispatcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.sandbox.contract.openapi import Contract

__all__ = ["Ids", "SandboxState"]

T = TypeVar("T")

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class SandboxState:
    """Time, configuration, webhooks, faults, rate limits, ids and the request log.

    Args:
        clock: None for a clock that runs at the speed of the real one.
        config: None for the defaults.
    """

    def __init__(self, clock: Clock | None = None, config: SandboxConfig | None = None) -> None:
        self._initial_config = config or SandboxConfig()
        self._contracts: dict[str, Contract] = {}
        self.scheduler = Scheduler(clock or RunningClock())
        self.dispatcher = WebhookDispatcher(self.scheduler, lambda: self.config)
        self.reset()

    def reset(self) -> None:
        """Restore the initial state; the clock keeps its time."""
        self.scheduler.clear()
        self.dispatcher.clear()
        self.config = self._initial_config
        self.ids = Ids(self.config.seed)
        self.rate_limiter = FixedWindowLimiter()
        self.request_log = RequestLog()
        self.faults = FaultPlan()

    def latest(self, on_drop: Callable[[T], None] | None = None) -> LatestDict[str, T]:
        """Return a dictionary that keeps the latest `max_items` items."""
        return LatestDict(lambda: self.config.max_items, on_drop)

    def contract(self, package: str) -> Contract:
        """Return the contract of a generated package, read once."""
        if package not in self._contracts:
            self._contracts[package] = load_contract(package)
        return self._contracts[package]


class Ids:
    """Ids in each vendor's style; the same seed gives the same ids in the same order."""

    def __init__(self, seed: int) -> None:
        # Ids of a test server have to be reproducible, not secret.
        self._random = random.Random(seed)  # noqa: S311

    def hex(self, digits: int) -> str:
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

    def make(self, prefix: str) -> str:
        return f"{prefix}_{self.hex(16)}"

    def uuid(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def ulid(self, prefix: str) -> str:
        return f"{prefix}_{''.join(self._random.choices(_CROCKFORD, k=26))}"
