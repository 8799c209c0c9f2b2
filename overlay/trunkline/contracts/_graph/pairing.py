"""Pair the units of two documents: by name first, then by operationId and by canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .renames import same_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from .units import Component, Operation, Side


class Pairs:
    """The pairs of units of the old and the new document.

    Attributes:
        operations: pairs; None where an operation was added or removed.
        components: the pairs; None where one was added or removed.
        old: number of the pair for each component of the old document, by key.
        new: the same for the new document.
    """

    __slots__ = ("components", "new", "old", "operations")

    def __init__(self) -> None:
        self.operations: list[tuple[Operation | None, Operation | None]] = []
        self.components: list[tuple[Component | None, Component | None]] = []
        self.old: dict[str, int] = {}
        self.new: dict[str, int] = {}

    def add(self, old: Component | None, new: Component | None) -> int:
        """Register a pair of components."""
        number = len(self.components)
        self.components.append((old, new))
        if old is not None:
            self.old[old.key] = number
        if new is not None:
            self.new[new.key] = number
        return number

    def same(self, old: Component, new: Component) -> bool:
        """Return whether two components are counterparts."""
        number = self.number_old(old)
        return number == self.number_new(new)

    def number_old(self, component: Component) -> int:
        """Return the number of a component's pair; a newly promoted component is added."""
        number = self.old.get(component.key)
        return self.add(component, None) if number is None else number

    def number_new(self, component: Component) -> int:
        """Return the same for a component of the new document."""
        number = self.new.get(component.key)
        if number is not None:
            return number
        counterpart = self.old.get(component.key)
        if counterpart is not None and self.components[counterpart][1] is None:
            self._join(counterpart, component)
            return counterpart
        return self.add(None, component)

    def join(self, old: Component, new: Component) -> bool:
        """Pair two components that have no counterpart; return whether it was possible."""
        first, second = self.number_old(old), self.number_new(new)
        if self.components[first][1] is not None or self.components[second][0] is not None:
            return False
        if old.section != new.section or old.section != "schemas":
            return False
        self.components[second] = (None, None)
        self._join(first, new)
        return True

    def _join(self, number: int, new: Component) -> None:
        self.components[number] = (self.components[number][0], new)
        self.new[new.key] = number


def pair(old: Side, new: Side) -> Pairs:
    """Return all pairs that can be determined before anything is compared."""
    pairs = Pairs()
    _operations(old, new, pairs)
    _components(old, new, pairs)
    return pairs


def _operations(old: Side, new: Side, pairs: Pairs) -> None:
    exact = {operation.name: operation for operation in new.operations}
    left: list[Operation] = []
    for operation in old.operations:
        counterpart = exact.pop(operation.name, None)
        if counterpart is None:
            left.append(operation)
        else:
            pairs.operations.append((operation, counterpart))
    for identity in (_shape, _operation_id):
        left = _match(left, exact, identity, pairs)
    pairs.operations.extend((operation, None) for operation in left)
    pairs.operations.extend((None, operation) for operation in exact.values())


def _shape(operation: Operation) -> object:
    return operation.shape


def _operation_id(operation: Operation) -> object:
    if operation.operation_id is None:
        return None
    return (operation.kind, operation.owner, operation.operation_id)


def _match(
    left: list[Operation],
    exact: dict[str, Operation],
    identity: Callable[[Operation], object],
    pairs: Pairs,
) -> list[Operation]:
    by_identity: dict[object, Operation] = {}
    for operation in exact.values():
        by_identity.setdefault(identity(operation), operation)
    by_identity.pop(None, None)
    still: list[Operation] = []
    for operation in left:
        counterpart = by_identity.pop(identity(operation), None)
        if counterpart is None:
            still.append(operation)
        else:
            pairs.operations.append((operation, counterpart))
            del exact[counterpart.name]
    return still


def _components(old: Side, new: Side, pairs: Pairs) -> None:
    gone = [component for key, component in old.components.items() if key not in new.components]
    come = [component for key, component in new.components.items() if key not in old.components]
    for key, component in old.components.items():
        counterpart = new.components.get(key)
        if counterpart is not None:
            pairs.add(component, counterpart)
    renamed = same_forms(old, new, gone, come) if gone and come else []
    for first, second in renamed:
        pairs.add(first, second)
    for component in gone:
        if component.key not in pairs.old:
            pairs.add(component, None)
    for component in come:
        if component.key not in pairs.new:
            pairs.add(None, component)
