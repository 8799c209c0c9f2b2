"""Example responses of every operation, generated from the contracts, and their counts."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.contract import ContractShapes
from trunkline._shapes.files import digest
from trunkline.sandbox.contract.generator import ExampleGenerator, NoExample
from trunkline.sandbox.contract.loader import load_contract

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline._shapes.counts import Counts

PACKAGES: Final = ("pamela", "phone_ai", "stateset_voice_public", "whispey", "whispey_ingest")
#: The start time of a recording: 2026-11-28, noon.
NOON: Final = 1_795_867_200.0
DAY: Final = "2026-11-28"


@cache
def document(package: str) -> Mapping[str, Any]:
    """The contract of a generated package."""
    return load_contract(package).document.contents


@cache
def examples(package: str) -> dict[tuple[str, int], Any]:
    """A JSON body for each operation and documented status that has one."""
    contract = load_contract(package)
    shapes = ContractShapes(contract.document.contents)
    maker = ExampleGenerator(contract.document, 1)
    found: dict[tuple[str, int], Any] = {}
    for name, statuses in shapes.operations.items():
        for status, pointer in statuses.operation.responses.items():
            if pointer is not None and status.isdigit():
                try:
                    found[name, int(status)] = maker.value(pointer.removeprefix("#"))
                except NoExample:
                    continue
    return found


class Recording:
    """Counts responses of one contract, as a client with ``observe=`` does.

    Args:
        contents: the contract.
    """

    def __init__(self, contents: Mapping[str, Any]) -> None:
        self.contents = contents
        self.shapes = ContractShapes(contents)
        self.minute = 0

    def add(
        self, operation: str, body: Any, status: int = 200, kind: str = "json", day: str = DAY
    ) -> None:
        """Count a response, a minute after the previous one."""
        self.minute += 1
        statuses = self.shapes.operations[operation]
        statuses.count(status)
        now = NOON + 60 * self.minute
        answer = self.shapes.begin(statuses, status, kind, now, day)
        if kind == "json":
            self.shapes.record(statuses, status, copy.deepcopy(body), answer)

    def repeat(
        self, operation: str, body: Callable[[int], Any], times: int, status: int = 200
    ) -> None:
        """Count ``times`` responses; ``body`` makes each from its number."""
        for number in range(times):
            self.add(operation, body(number), status)

    @property
    def counts(self) -> Counts:
        """The counts so far."""
        return self.shapes.counts()

    @property
    def digest(self) -> str:
        """The contract's digest."""
        return digest(self.contents)
