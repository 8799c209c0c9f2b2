"""The whole comparison: split, pair, compare differences, and find what they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts._graph import kinds
from trunkline.contracts._graph.edges import Edges, edges
from trunkline.contracts._graph.pairing import Pairs, pair
from trunkline.contracts._graph.split import split
from trunkline.contracts._graph.units import Component, Operation, Side

from . import bodies, operations, parameters, security
from .reached import numbered, reached_bits
from .schema import schemas
from .schema.objects import as_object
from .walk import BOTH, SENT, At, RawEdit, Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts._loading.document import Document

    from .reached import Bits, Numbers

OperationPair = tuple[Operation | None, Operation | None]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The result of a comparison, before it is judged.

    Attributes:
        operations: pairs that exist in both documents, sorted by path and method.
        bits: for each of these pairs, what it reaches in both documents.
        numbers: the bit of each pair of components with an edit, and of each edit with its own.
    """

    old: Side
    new: Side
    pairs: Pairs
    edits: list[RawEdit]
    operations: list[tuple[Operation, Operation]]
    bits: list[Bits]
    numbers: Numbers
    edges: tuple[Edges, Edges]

    def bit(self, edit: RawEdit) -> int:
        """Return the bit of an edit of a component."""
        assert isinstance(edit.unit, int)  # noqa: S101 - narrows the type only
        own = self.numbers.get((edit.unit, edit.at.key))
        return self.numbers[edit.unit] if own is None else own

    def unit_name(self, edit: RawEdit) -> str:
        """Return the name of the unit that an edit belongs to."""
        if isinstance(edit.unit, str):
            return edit.unit
        old, new = self.pairs.components[edit.unit]
        component = old or new
        return component.key if component else ""


def run(old: Document, new: Document) -> Comparison:
    """Compare two documents.

    Raises:
        ContractError: a reference has no target, or `allOf` contains itself.
        RecursionError: a schema is nested too deeply.
    """
    first, second = split(old), split(new)
    pairs = pair(first, second)
    same = _same(pairs)
    known = edges(first)
    if first.promoted:
        references = known, edges(second)
    else:
        references = known, edges(second, known, same, _alike(first, second, pairs))
    if first.promoted or second.promoted:
        same = _promoted(pairs, first, second)
    walk = Walk(first, second, pairs, schemas.compare, schemas.compare_forms)
    both = sorted(_both(pairs), key=lambda item: (item[0].path, item[0].method, item[0].name))
    _operations(walk, both)
    _components(walk, same)
    numbers = numbered(walk)
    bits = reached_bits(walk, references, both, numbers)
    return Comparison(first, second, pairs, walk.edits, both, bits, numbers, references)


def _alike(first: Side, second: Side, pairs: Pairs) -> list[OperationPair]:
    """Return the pairs of operations if both documents require the same security by default."""
    schemes = (
        as_object(side.tree.get("components", {}).get("securitySchemes"))
        for side in (first, second)
    )
    same = first.tree.get("security") == second.tree.get("security")
    return pairs.operations if same and len({frozenset(item) for item in schemes}) == 1 else []


def _promoted(pairs: Pairs, first: Side, second: Side) -> frozenset[str]:
    """Pair the values that references promoted; return the keys of equal components."""
    for side in (first, second):
        kinds.tell(side)
    for component in first.components.values():
        pairs.number_old(component)
    for component in second.components.values():
        pairs.number_new(component)
    return _same(pairs)


def _same(pairs: Pairs) -> frozenset[str]:
    return frozenset(
        one.key
        for one, two in pairs.components
        if one is not None and two is not None and one.key == two.key and one.node == two.node
    )


def _both(pairs: Pairs) -> list[tuple[Operation, Operation]]:
    return [(one, two) for one, two in pairs.operations if one is not None and two is not None]


def _operations(walk: Walk, both: list[tuple[Operation, Operation]]) -> None:
    operations.whole(walk)
    for one, two in both:
        operations.compare(walk, one, two)
    for old, new in walk.pairs.operations:
        if old is None and new is not None:
            operations.came(walk, new)
        elif new is None and old is not None:
            operations.went(walk, old)


def _components(walk: Walk, same: frozenset[str]) -> None:
    pairs = walk.pairs
    queue = sorted(
        (
            number
            for number, (one, two) in enumerate(pairs.components)
            if one is not None and two is not None and one.key not in same
        ),
        key=lambda number: _key(pairs.components[number][0]),
    )
    done: set[int] = set()
    for number in queue:  # it grows as more counterparts are found
        if number not in done:
            done.add(number)
            _component(walk, number)
        queue.extend(item for item in walk.joined if item not in done)
        walk.joined.clear()
    for number, (one, two) in enumerate(pairs.components):
        _alone(walk, number, one, two)


def _key(component: Component | None) -> str:
    return component.key if component else ""


def _alone(walk: Walk, number: int, one: Component | None, two: Component | None) -> None:
    only = one or two
    if only is None or (one and two) or not only.key.startswith("components/"):
        return
    if only.key.count("/") > 2 and only.pointer.count("/") > 3:
        return  # a value inside a component that a reference points to
    walk.unit = number
    at = At("", one.pointer if one else "0#/components", two.pointer if two else "0#/components", 0)
    walk.emit("component-removed" if one else "component-added", at, _key(one), _key(two))


def _component(walk: Walk, number: int) -> None:
    one, two = walk.pairs.components[number]
    if one is None or two is None:
        return
    walk.unit = number
    at = At("", one.pointer, two.pointer, BOTH)
    if one.key != two.key:
        walk.emit("component-renamed", at._replace(mask=0), one.key, two.key)
    if one.node == two.node:
        return
    if one.section == "schemas":
        schemas.compare_root(walk, one.node, two.node, at)
    elif one.section in {"examples", "links"}:
        nodes = {one.section: one.node}, {one.section: two.node}
        schemas.texts(walk, *nodes, at._replace(mask=0), one.section)
    elif one.section in _SECTIONS:  # callbacks and path items are compared as operations
        first = parameters.follow(walk.old, one.node, one.pointer)
        second = parameters.follow(walk.new, two.node, two.pointer)
        _SECTIONS[one.section](walk, first.node, second.node, at)


def _header(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    bodies.compare_header(walk, old, new, at, "")


def _parameter(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    parameters.moved(walk, old, new, at)
    parameters.compare_parameter(walk, old, new, at)


def _scheme(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    security.compare_scheme(walk, old, new, at._replace(mask=SENT))


_SECTIONS: Final[dict[str, Callable[[Walk, dict[str, Any], dict[str, Any], At], None]]] = {
    "parameters": _parameter,
    "headers": _header,
    "requestBodies": bodies.compare_body,
    "responses": bodies.compare_response,
    "securitySchemes": _scheme,
}
