"""Counts the objects of one schema: which fields they have, of which types."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.places import TYPES, Place, kind_of
from trunkline._shapes.sightings import Sightings
from trunkline._shapes.unknown import UnknownKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._shapes.counts import Counts
    from trunkline._shapes.places import Nodes
    from trunkline._shapes.schemas import ObjectSchema
    from trunkline._shapes.sightings import Answer

__all__ = ["ObjectNode"]

#: At most this many combinations of keys and types are distinguished; others are counted by field.
_MOST_SHAPES: Final = 64
_MOST_FIELDS: Final = 64
#: After this many objects of a shape, texts whose form is settled are no longer inspected.
_SETTLED: Final = 256

Looks = tuple[tuple[str, Place], ...]


class _Shape:
    """Objects with the same keys and types: what to count for each of them."""

    __slots__ = ("count", "deviations", "looks", "unknown")

    def __init__(self, deviations: tuple[Sightings, ...], looks: Looks, unknown: Looks) -> None:
        self.count = 0
        self.deviations, self.looks, self.unknown = deviations, looks, unknown


class ObjectNode:
    """The counts of one kind of object, wherever it occurs.

    Args:
        schema: its schema in the contract.
        nodes: finds its fields and what is inside them.
    """

    __slots__ = (
        "_shapes",
        "_types",
        "extra",
        "left_out",
        "listed",
        "places",
        "schema",
        "seen",
        "unknown",
    )

    def __init__(self, schema: ObjectSchema, nodes: Nodes) -> None:
        self.schema = schema
        fields = list(schema.properties.items())
        found = {name: nodes.place(pointer) for name, pointer in fields[:_MOST_FIELDS]}
        self.places = {name: location for name, location in found.items() if location is not None}
        self.left_out = len(fields) - len(self.places)
        self.listed = self._listed()
        self.extra = nodes.place(schema.extra) if schema.extra else None
        self.unknown = UnknownKeys(nodes)
        self.seen = Sightings()
        self._shapes: dict[tuple[Any, ...], _Shape] = {}
        self._types: dict[str, Counter[str]] = {}

    def _listed(self) -> str | None:
        """Return the required field that holds a list of objects; None unless there is just one."""
        found = [
            name
            for name in self.schema.required & self.places.keys()
            if (items := self.places[name].items()) is not None and items.schema.objects
        ]
        return found[0] if len(found) == 1 else None

    def fits(self, value: dict[str, Any]) -> bool:
        """Return whether an object has the required keys and the fixed values."""
        schema = self.schema
        return schema.required <= value.keys() and all(
            value.get(name, fixed) == fixed for name, fixed in schema.fixed.items()
        )

    def record(self, value: dict[str, Any], answer: Answer) -> None:
        """Count an object and what is inside it."""
        self.seen.add(answer)
        if self.schema.is_map:
            value = self._known_part(value, answer)
        key = (*value, *map(type, value.values()))
        shape = self._shapes.get(key) or self._new(value, key)
        shape.count += 1
        if shape.count == _SETTLED:
            shape.looks = tuple(self._looks(value))
        for seen in shape.deviations:
            seen.add(answer)
        for name, location in shape.looks:
            location.look(value[name], answer)
        for name, location in shape.unknown:
            location.deviation("unknown").add(answer)
            location.record(value[name], answer)

    def _known_part(self, value: dict[str, Any], answer: Answer) -> dict[str, Any]:
        if self.extra is not None:
            for key, each in value.items():
                if key not in self.places:
                    self.extra.record(each, answer)
        return {key: value[key] for key in self.places if key in value}

    def _new(self, value: dict[str, Any], key: tuple[Any, ...]) -> _Shape:
        """Return what to count for objects like this one."""
        keys = [name for name in value if name not in self.places]
        was_map = self.unknown.is_map
        self.unknown.note(keys)
        if self.unknown.is_map and not was_map:
            self._forget_names()
        found = self.unknown.places
        unknown = tuple((name, found[name]) for name in keys if name in found)
        shape = _Shape(tuple(self._deviations(value)), tuple(self._looks(value)), unknown)
        # A key that may be data is not kept in memory either.
        if len(unknown) == len(keys) and len(self._shapes) < _MOST_SHAPES:
            self._shapes[key] = shape
        else:
            self._add_types(key, 1)
        return shape

    def _forget_names(self) -> None:
        for key, shape in list(self._shapes.items()):
            if shape.unknown:
                self._add_types(key, shape.count)
                del self._shapes[key]

    def _add_types(self, key: tuple[Any, ...], count: int) -> None:
        half = len(key) // 2
        for name, kind in zip(key[:half], key[half:], strict=True):
            if name in self.places:
                self._types.setdefault(name, Counter())[TYPES.get(kind, "other")] += count

    def _deviations(self, value: dict[str, Any]) -> Iterator[Sightings]:
        for name, location in self.places.items():
            if name not in value:
                if name in self.schema.required:
                    yield location.deviation("absent")
                continue
            kind = kind_of(value[name])
            if kind != "float" and not location.allows(kind):
                yield location.deviation(f"type:{kind}")

    def _looks(self, value: dict[str, Any]) -> Iterator[tuple[str, Place]]:
        for name, each in value.items():
            location = self.places.get(name)
            if location is not None and location.matters(each):
                yield name, location

    def counts(self) -> Counts:
        """Return the counts as they are merged and written, without what may be data."""
        return {
            **self.seen.counts(),
            "fields": {name: self._field(name) for name in self.places},
            "unknown": self.unknown.counts(),
            "unnamed": self.unknown.unnamed,
            "map": int(self.unknown.is_map),
            "left_out": self.left_out,
            "shapes": self._key_shapes(),
        }

    def _field(self, name: str) -> Counts:
        types = Counter(self._types.get(name, ()))
        for key, shape in self._shapes.items():
            half = len(key) // 2
            if name in key[:half]:
                types[TYPES.get(key[half + key.index(name)], "other")] += shape.count
        absent = self.seen.objects - sum(types.values())
        counts: Counts = {**self.places[name].counts(), "types": dict(types)}
        return {**counts, "absent": absent} if absent else counts

    def _key_shapes(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        for key, shape in self._shapes.items():
            known = sorted(name for name in key[: len(key) // 2] if name in self.places)
            found[" ".join(known)] += shape.count
        return dict(found)
