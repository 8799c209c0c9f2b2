"""Everything that one sandbox consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.sandbox.clock import Clock, RunningClock
from trunkline.sandbox.config import SandboxConfig
from trunkline.sandbox.contract import Contract, load_contract
from trunkline.sandbox.deliveries import Courier
from trunkline.sandbox.faults import Faults
from trunkline.sandbox.ids import Ids
from trunkline.sandbox.journal import Journal
from trunkline.sandbox.limits import Windows
from trunkline.sandbox.pamela import PamelaRoom
from trunkline.sandbox.phone_ai import PhoneAIRoom
from trunkline.sandbox.stateset import StateSetRoom
from trunkline.sandbox.timeline import Timeline
from trunkline.sandbox.whispey import IngestRoom, WhispeyRoom, WhispeyStore

if TYPE_CHECKING:
    from trunkline.sandbox.room import Room

__all__ = ["World"]


class World:
    """One sandbox: its time, configuration, providers, deliveries, faults and journal.

    Args:
        clock: None for a clock that runs at the speed of the real one.
        config: None for the defaults.
    """

    def __init__(self, clock: Clock | None = None, config: SandboxConfig | None = None) -> None:
        self._first_config = config or SandboxConfig()
        self._contracts: dict[str, Contract] = {}
        self.timeline = Timeline(clock or RunningClock())
        self.courier = Courier(self.timeline, lambda: self.config.deliveries)
        self.reset()

    def reset(self) -> None:
        """Begin anew: state, configuration, counters, faults and deliveries; time goes on."""
        self.timeline.clear()
        self.courier.clear()
        self.config = self._first_config
        self.ids = Ids(self.config.seed)
        self.windows = Windows()
        self.journal = Journal()
        self.faults = Faults()
        self.rooms = {room.name: room for room in self._furnished()}

    def contract(self, package: str) -> Contract:
        """The contract of a generated package, read once."""
        if package not in self._contracts:
            self._contracts[package] = load_contract(package)
        return self._contracts[package]

    def _furnished(self) -> list[Room]:
        store = WhispeyStore(self)
        return [
            PamelaRoom(self),
            WhispeyRoom(self, store),
            IngestRoom(self, store),
            StateSetRoom(self),
            PhoneAIRoom(self),
        ]
