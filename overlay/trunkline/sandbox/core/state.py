"""Everything that one sandbox consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.sandbox.config import SandboxConfig
from trunkline.sandbox.contract.openapi import Contract, load_contract
from trunkline.sandbox.core.clock import Clock, RunningClock
from trunkline.sandbox.core.faults import Faults
from trunkline.sandbox.core.ids import Ids
from trunkline.sandbox.core.rate_limit import FixedWindowLimiter
from trunkline.sandbox.core.request_log import RequestLog
from trunkline.sandbox.core.scheduler import Scheduler
from trunkline.sandbox.core.webhook_dispatcher import WebhookDispatcher
from trunkline.sandbox.providers.pamela import PamelaProvider
from trunkline.sandbox.providers.phone_ai import PhoneAIProvider
from trunkline.sandbox.providers.stateset import StateSetProvider
from trunkline.sandbox.providers.whispey import WhispeyIngestProvider, WhispeyProvider, WhispeyStore

if TYPE_CHECKING:
    from trunkline.sandbox.core.provider import MockProvider

__all__ = ["SandboxState"]


class SandboxState:
    """One sandbox: its time, configuration, providers, deliveries, faults and journal.

    Args:
        clock: None for a clock that runs at the speed of the real one.
        config: None for the defaults.
    """

    def __init__(self, clock: Clock | None = None, config: SandboxConfig | None = None) -> None:
        self._first_config = config or SandboxConfig()
        self._contracts: dict[str, Contract] = {}
        self.scheduler = Scheduler(clock or RunningClock())
        self.dispatcher = WebhookDispatcher(self.scheduler, lambda: self.config.deliveries)
        self.reset()

    def reset(self) -> None:
        """Begin anew: state, configuration, counters, faults and deliveries; time goes on."""
        self.scheduler.clear()
        self.dispatcher.clear()
        self.config = self._first_config
        self.ids = Ids(self.config.seed)
        self.rate_limiter = FixedWindowLimiter()
        self.request_log = RequestLog()
        self.faults = Faults()
        self.providers = {provider.name: provider for provider in self._create_providers()}

    def contract(self, package: str) -> Contract:
        """The contract of a generated package, read once."""
        if package not in self._contracts:
            self._contracts[package] = load_contract(package)
        return self._contracts[package]

    def _create_providers(self) -> list[MockProvider]:
        store = WhispeyStore(self)
        return [
            PamelaProvider(self),
            WhispeyProvider(self, store),
            WhispeyIngestProvider(self, store),
            StateSetProvider(self),
            PhoneAIProvider(self),
        ]
