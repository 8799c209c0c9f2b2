"""Find the changed components that each operation reaches, as bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.contracts._graph.inheritance import Inheritance
from trunkline.contracts._graph.reach import reached

from .walk import RECEIVED, SENT

if TYPE_CHECKING:
    from trunkline.contracts._graph.edges import Edges
    from trunkline.contracts._graph.units import Operation, Side

    from .walk import Walk

Numbers = dict[int | tuple[int, str], int]
#: For an operation: the bits of the changed components, by direction.
Bits = tuple[int, int, int]


def numbered(walk: Walk) -> Numbers:
    """Return a bit for each pair of components with an edit, and for edits with their own reach."""
    numbers: Numbers = {}
    kept = {pointer for _, pointer in walk.kept}
    for edit in walk.edits:
        if isinstance(edit.unit, int):
            numbers.setdefault(edit.unit, len(numbers))
            if edit.at.key in kept:
                numbers.setdefault((edit.unit, edit.at.key), len(numbers))
    return numbers


def reached_bits(
    walk: Walk,
    references: tuple[Edges, Edges],
    both: list[tuple[Operation, Operation]],
    numbers: Numbers,
) -> list[Bits]:
    """Return which bits each operation reaches in both documents."""
    if not numbers:
        return [(0, 0, 0)] * len(both)
    reach: list[dict[int, Bits]] = []
    pairs = walk.pairs
    sides = (walk.old, pairs.old), (walk.new, pairs.new)
    for edge, (side, pair_of) in zip(references, sides, strict=True):
        changed = {key: 1 << numbers[n] for key, n in pair_of.items() if n in numbers}
        reach.append(reached(edge, changed, _apart(walk, side, edge, pair_of, numbers)))
    return [_common(reach[0][id(one)], reach[1][id(two)]) for one, two in both]


def _apart(
    walk: Walk, side: Side, edge: Edges, pair_of: dict[str, int], numbers: Numbers
) -> list[tuple[int, frozenset[str], frozenset[str]]]:
    """Return the edits with their own reach: the bit, and what reaches it in each direction."""
    if len(numbers) == len({number for number in numbers if isinstance(number, int)}):
        return []
    inheritance = Inheritance(side, edge)
    found: list[tuple[int, frozenset[str], frozenset[str]]] = []
    keys = {number: key for key, number in pair_of.items()}
    for number, pointer in (own for own in numbers if isinstance(own, tuple)):
        if number in keys:
            heirs = (n for n, kept in walk.kept if kept == pointer)
            keeping = frozenset(keys[n] for n in heirs if n in keys)
            sent = inheritance.reaching(keys[number], keeping, SENT)
            received = inheritance.reaching(keys[number], keeping, RECEIVED)
            found.append((1 << numbers[number, pointer], sent, received))
    return found


def _common(one: Bits, two: Bits) -> Bits:
    """Return what an operation reaches before and after, errors counting as received."""
    first, second = one[1] | one[2], two[1] | two[2]
    certain = one[1] & two[1]
    return one[0] & two[0], certain, first & second & ~certain
