"""Which operations an edit reaches, and in which directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trunkline.contracts._comparing.operations import own_servers
from trunkline.contracts._comparing.walk import ERROR, RECEIVED, SENT, RawEdit
from trunkline.contracts.model import Direction, OperationRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline.contracts._comparing.engine import Comparison
    from trunkline.contracts._graph.units import Operation

DIRECTIONS: Final = ((SENT, Direction.SENT), (RECEIVED | ERROR, Direction.RECEIVED))
#: The numbers of operations that reach the same components.
Group = tuple[int, ...]


class Reach:
    """Finds the operations that an edit reaches; equal sets share one tuple."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._pairs = comparison.operations
        self.bundle = not (comparison.old.operations or comparison.new.operations)
        self._groups = _by_bit(comparison)
        self._lists: dict[tuple[tuple[Group, int], ...], tuple[OperationRef, ...]] = {}
        self._refs: dict[tuple[int, Direction], OperationRef] = {}
        self._shared: dict[tuple[int | str, int], tuple[int, tuple[OperationRef, ...]]] = {}
        self._own = {one.name: (number,) for number, (one, _) in enumerate(self._pairs)}
        self._single = {
            item.name: item
            for pair in comparison.pairs.operations
            for item in pair
            if item is not None and None in pair
        }

    def of(self, raw: RawEdit) -> tuple[int, tuple[OperationRef, ...]]:
        """Return the directions in which an edit reaches operations, and those operations."""
        wanted = raw.at.mask | raw.at.muted
        unit = raw.unit if isinstance(raw.unit, str) else self._comparison.bit(raw)
        key = (unit, wanted)
        known = self._shared.get(key)
        if known is None:
            known = self._find(unit, wanted)
            self._shared[key] = known
        return known

    def _find(self, unit: int | str, wanted: int) -> tuple[int, tuple[OperationRef, ...]]:
        if isinstance(unit, str) and unit in self._single:
            return wanted, self._listed(((self._single[unit], wanted),))
        if isinstance(unit, str):
            return wanted, self._of_numbers(self._reach(unit, wanted))
        groups = self._groups.get(unit, ())
        # A component marked as received may be reached only through error responses.
        allowed = wanted | (ERROR if wanted & RECEIVED else 0)
        reached = tuple((group, mask & allowed) for group, mask in groups if mask & allowed)
        total = 0
        for _, mask in reached:
            total |= mask
        if reached not in self._lists:
            numbers = [(number, mask) for group, mask in reached for number in group]
            self._lists[reached] = self._of_numbers(sorted(numbers))
        return total, self._lists[reached]

    def _reach(self, unit: str, wanted: int) -> list[tuple[int, int]]:
        if unit in self._own:
            return [(number, wanted) for number in self._own[unit]]
        if unit == "servers":
            return [(n, SENT) for n, pair in enumerate(self._pairs) if _inherits_servers(pair)]
        if unit == "security":
            return [(n, SENT) for n, pair in enumerate(self._pairs) if _inherits_security(pair)]
        return []

    def _of_numbers(self, reached: list[tuple[int, int]]) -> tuple[OperationRef, ...]:
        return self._listed((self._pairs[number][1], mask) for number, mask in reached)

    def _listed(self, reached: Iterable[tuple[Operation, int]]) -> tuple[OperationRef, ...]:
        return tuple(
            self._ref(operation, direction)
            for operation, mask in reached
            for bits, direction in DIRECTIONS
            if mask & bits
        )

    def _ref(self, operation: Operation, direction: Direction) -> OperationRef:
        key = (id(operation), direction)
        ref = self._refs.get(key)
        if ref is None:
            ref = OperationRef(
                operation.method,
                operation.path,
                operation.operation_id,
                direction,
                operation.kind,
            )
            self._refs[key] = ref
        return ref


def _by_bit(comparison: Comparison) -> dict[int, list[tuple[Group, int]]]:
    """Return for each bit the groups of operations that reach it, with the directions.

    Operations that reach exactly the same bits form one group.
    """
    alike: dict[tuple[int, int, int], list[int]] = {}
    for number, bits in enumerate(comparison.bits):
        alike.setdefault(bits, []).append(number)
    found: dict[int, list[tuple[Group, int]]] = {}
    for (sent, received, error), numbers in alike.items():
        group = tuple(numbers)
        rest = sent | received | error
        while rest:
            bit = rest & -rest
            rest ^= bit
            mask = (SENT if sent & bit else 0) | (RECEIVED if received & bit else 0)
            mask |= ERROR if error & bit else 0
            found.setdefault(bit.bit_length() - 1, []).append((group, mask))
    return found


def _inherits_servers(pair: tuple[Operation, Operation]) -> bool:
    return all(own_servers(item) is None for item in pair)


def _inherits_security(pair: tuple[Operation, Operation]) -> bool:
    return all("security" not in item.node for item in pair)
