"""Deviations planted in the sandbox's responses, and what is learnt from them.

Each is planted alone, in one of five responses of an operation, and must be the only proposal.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from tests.shapes.answers import PACKAGES, Recording, document, examples

from trunkline._json import is_array, is_object
from trunkline._shapes.schemas import Schemas
from trunkline.contracts.learning import Kind, learn
from trunkline.contracts.learning.observations import Observed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trunkline._shapes.schemas import PlaceSchema

ANSWERS: Final = 50
FIELD, VALUE, LIST = "planted_field", "planted_value", "planted_list"
#: Statuses that no operation of any contract here documents.
STATUSES: Final = (206, 418)
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Plant:
    """One deviation.

    Attributes:
        package: the contract.
        operation: the operation whose responses have it.
        expected: the key of the finding.
        change: changes a body in place, and returns it.
        status: the status of the responses that have it.
    """

    package: str
    operation: str
    expected: Key
    change: Callable[[Any], Any]
    status: int = 200

    def shows(self, number: int) -> bool:
        """Return whether a response has it: one in five, or each of the last ten for a list."""
        if self.expected[0] == Kind.LIST.value:
            return number >= ANSWERS - 10
        return number % 5 == 0

    def __str__(self) -> str:
        return f"{self.package} {self.operation}: {' '.join(self.expected)}"


def operations() -> list[tuple[str, str]]:
    """Return every operation of every contract."""
    return [
        (package, each.operation_id)
        for package in PACKAGES
        for each in Schemas(document(package)).operations()
    ]


def plants() -> list[Plant]:
    """Return everything that can be planted."""
    return [plant for package, name in operations() for plant in _plants(package, name)]


def drawn(count: int, seed: int) -> list[Plant]:
    """Return ``count`` plants, taking the operations in turn."""
    source = random.Random(seed)
    rows = [_plants(package, name) for package, name in operations()]
    for row in rows:
        source.shuffle(row)
    longest = max(map(len, rows))
    turns = (row[number] for number in range(longest) for row in rows if number < len(row))
    return [plant for plant, _ in zip(turns, range(count), strict=False)]


def proposed(plant: Plant) -> list[Key]:
    """Return the keys of what is written after fifty responses, ten with the deviation."""
    recording = Recording(document(plant.package))
    honest = examples(plant.package).get((plant.operation, 200))
    for number in range(ANSWERS):
        planted = plant.shows(number)
        body = plant.change(copy.deepcopy(honest)) if planted else honest
        status = plant.status if planted else 200
        recording.add(plant.operation, body, status, "json" if honest is not None else "text")
    contents = dict(document(plant.package))
    return [each.key for each in learn(contents, Observed(recording.counts)).written]


def missed(wanted: list[Plant]) -> tuple[int, list[str]]:
    """Return the number of wrong proposals, and the deviations that were not proposed."""
    wrong, lost = 0, list[str]()
    for plant in wanted:
        keys = proposed(plant)
        wrong += sum(key != plant.expected for key in keys)
        if plant.expected not in keys:
            lost.append(str(plant))
    return wrong, lost


def unplanted(package: str) -> list[Key]:
    """Return the keys of what is written after fifty correct responses of each operation."""
    recording = Recording(document(package))
    for (operation, status), body in examples(package).items():
        for _ in range(ANSWERS):
            recording.add(operation, body, status)
    return [each.key for each in learn(dict(document(package)), Observed(recording.counts)).written]


def _plants(package: str, name: str) -> list[Plant]:
    schemas = Schemas(document(package))
    operation = next(each for each in schemas.operations() if each.operation_id == name)
    pointer = operation.responses.get("200")
    body = examples(package).get((name, 200))
    found = [(Kind.STATUS, operation.pointer, str(status), _same, status) for status in STATUSES]
    inside: Iterator[Any] = iter(())
    if pointer is not None and body is not None:
        inside = chain(
            _at(schemas, schemas.place(pointer), body, ()),
            _lists(schemas.place(pointer), body),
        )
    return [
        Plant(package, name, (kind.value, at, what), change, status)
        for kind, at, what, change, status in chain(found, inside)
    ]


def _same(body: Any) -> Any:
    return body


def _at(schemas: Schemas, place: PlaceSchema, value: Any, path: tuple[Any, ...]) -> Iterator[Any]:
    """Yield what can be planted at a value of a body and inside it."""
    types = place.types
    if types is not None and "null" not in types:
        yield Kind.NULL, place.pointer, "", _set(path, None), 200
    if types is not None:
        other = "x" if "string" not in types else 1.5
        if not (other == 1.5 and "number" in types):
            yield Kind.TYPE, place.pointer, "", _set(path, other), 200
    if isinstance(value, str) and place.enum is not None:
        yield Kind.VALUE, place.pointer, VALUE, _set(path, VALUE), 200
    if is_object(value) and len(place.objects) == 1:
        yield from _in_object(schemas, place, value, path)
    if is_array(value) and value and place.items:
        yield from _at(schemas, schemas.place(place.items), value[0], (*path, 0))


def _in_object(
    schemas: Schemas, place: PlaceSchema, value: dict[str, Any], path: tuple[Any, ...]
) -> Iterator[Any]:
    (kind,) = place.objects
    if not kind.is_map:
        yield Kind.FIELD, kind.pointer, FIELD, _set((*path, FIELD), "x"), 200
    for name in kind.required & value.keys():
        yield Kind.ABSENT, kind.pointer, name, _without((*path, name)), 200
    for name, each in value.items():
        if name in kind.properties:
            yield from _at(schemas, schemas.place(kind.properties[name]), each, (*path, name))


def _lists(place: PlaceSchema, value: Any) -> Iterator[Any]:
    """Yield the renaming of a list, if a response has a required one with items."""
    if not is_object(value) or len(place.objects) != 1:
        return
    (kind,) = place.objects
    names = [
        name for name in kind.required if name in value and is_array(value[name]) and value[name]
    ]
    if len(names) == 1 and isinstance(value[names[0]][0], dict):

        def change(body: Any) -> Any:
            body[LIST] = body.pop(names[0])
            return body

        yield Kind.LIST, kind.pointer, LIST, change, 200


def _set(path: tuple[Any, ...], new: Any) -> Callable[[Any], Any]:
    def change(body: Any) -> Any:
        if not path:
            return new
        _parent(body, path)[path[-1]] = new
        return body

    return change


def _without(path: tuple[Any, ...]) -> Callable[[Any], Any]:
    def change(body: Any) -> Any:
        del _parent(body, path)[path[-1]]
        return body

    return change


def _parent(body: Any, path: tuple[Any, ...]) -> Any:
    for part in path[:-1]:
        body = body[part]
    return body
