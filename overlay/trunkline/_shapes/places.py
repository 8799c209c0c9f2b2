"""Counts the values at one location: a response, a field, the items of an array."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Protocol

from trunkline._json import is_array, is_object
from trunkline._shapes.formats import FORMATS, matching
from trunkline._shapes.names import MOST_NAMES, SIGHTINGS, is_token
from trunkline._shapes.sightings import Sightings

if TYPE_CHECKING:
    from trunkline._shapes.counts import Counts
    from trunkline._shapes.schemas import ObjectSchema, PlaceSchema
    from trunkline._shapes.sightings import Answer

__all__ = ["SAMPLE", "TYPES", "Kind", "Nodes", "Place", "kind_of", "sampled"]

#: The number of array items that are inspected in a sampled response.
SAMPLE: Final = 25
TYPES: Final[dict[type, str]] = {
    str: "string",
    int: "integer",
    float: "float",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
}
_NONE: Final[frozenset[str]] = frozenset()
#: After this many texts at a location, the form of further ones is not inspected.
_MOST_TEXTS: Final = 200
#: The SDK's names for the contract's types.
_ALLOWED: Final = {"number": frozenset({"integer", "float", "integral-float"})}


class Kind(Protocol):
    """The counts of one kind of object."""

    schema: ObjectSchema
    places: dict[str, Place]
    listed: str | None

    def fits(self, value: dict[str, Any]) -> bool:
        """Return whether an object is of this kind."""
        ...

    def record(self, value: dict[str, Any], answer: Answer) -> None:
        """Count an object and what is inside it."""
        ...


class Nodes(Protocol):
    """Finds the counts of what is inside a location; each schema has them once."""

    def place(self, pointer: str) -> Place | None:
        """Return the counts of a location; None when there are too many."""
        ...

    def object(self, schema: ObjectSchema) -> Kind | None:
        """Return the counts of a kind of object; None when there are too many."""
        ...


class Place:
    """The counts of one location.

    Args:
        schema: what the contract allows there.
        nodes: finds what is inside.
    """

    __slots__ = (
        "_absent",
        "_candidates",
        "_inside",
        "_items",
        "_nodes",
        "empty",
        "formats",
        "integral",
        "lengths",
        "listed",
        "schema",
        "seen",
        "strings",
        "types",
        "unlisted",
    )

    def __init__(self, schema: PlaceSchema, nodes: Nodes) -> None:
        self.schema, self._nodes = schema, nodes
        self.types: Counter[str] = Counter()
        self.integral = self.strings = self.empty = self.unlisted = 0
        self.formats: Counter[str] = Counter()
        self.listed: Counter[str] = Counter()
        self.lengths: Counter[str] = Counter()
        self.seen: dict[str, Sightings] = {}
        self._candidates: frozenset[str] = frozenset(() if schema.has_format else FORMATS)
        self._inside: tuple[Kind, ...] | None = None
        self._items: Place | None = None

    def allows(self, kind: str) -> bool:
        """Return whether the contract allows a type, given by the SDK's name for it."""
        types = self.schema.types
        return (
            types is None or kind in types or any(kind in _ALLOWED.get(each, ()) for each in types)
        )

    def deviation(self, name: str) -> Sightings:
        """Return the sightings of a deviation here, such as ``absent`` or ``type:string``."""
        found = self.seen.get(name)
        if found is None:
            found = self.seen[name] = Sightings()
        return found

    def matters(self, value: object) -> bool:
        """Return whether values like this one must be inspected, not only counted."""
        kind = type(value)
        if kind is str:
            return not self.schema.is_closed and (
                self.schema.enum is not None or bool(self._candidates)
            )
        return kind is float or (kind in {dict, list} and not self.schema.is_closed)

    def record(self, value: Any, answer: Answer) -> None:
        """Count a value and what is inside it."""
        kind = kind_of(value)
        self.types[kind] += 1
        if kind != "float" and not self.allows(kind):
            self.deviation(f"type:{kind}").add(answer)
        if self.matters(value):
            self.look(value, answer)

    def look(self, value: Any, answer: Answer) -> None:
        """Count the details of a value whose type has been counted."""
        if is_object(value):
            node = self.branch(value)
            if node is not None:
                node.record(value, answer)
            elif self.schema.objects:
                self.deviation("none-fits").add(answer)
        elif is_array(value):
            self._array(value, answer)
        elif isinstance(value, float):
            self._float(value, answer)
        elif not answer.is_error:
            self._text(value, answer)

    def branch(self, value: dict[str, Any]) -> Kind | None:
        """Return the counts of the alternative that an object matches; None if it matches none."""
        inside = self.inside()
        if len(inside) == 1:
            return inside[0]
        if self.schema.tag:
            tag = value.get(self.schema.tag)
            at = self.schema.tagged.get(tag) if isinstance(tag, str) else None
            return next((node for node in inside if node.schema.pointer == at), None)
        return next((node for node in inside if node.fits(value)), None)

    def inside(self) -> tuple[Kind, ...]:
        """Return the counts of the kinds of object that are allowed here."""
        if self._inside is None:
            found = (self._nodes.object(schema) for schema in self.schema.objects)
            self._inside = tuple(node for node in found if node is not None)
        return self._inside

    def items(self) -> Place | None:
        """Return the counts of an array's items."""
        if self._items is None and self.schema.items is not None:
            self._items = self._nodes.place(self.schema.items)
        return self._items

    def _array(self, value: list[Any], answer: Answer) -> None:
        self.lengths[str(len(value)) if len(value) < 2 else "2+"] += 1
        items = self.items()
        if items is not None and not self.schema.is_closed:
            for item in value if answer.is_whole else sampled(value):
                items.record(item, answer)

    def _float(self, value: float, answer: Answer) -> None:
        integral = value.is_integer()
        self.integral += integral
        kind = "integral-float" if integral else "float"
        if not self.allows(kind):
            self.deviation(f"type:{kind}").add(answer)

    def _text(self, value: str, answer: Answer) -> None:
        if self.schema.enum is not None:
            self._member(value, answer)
        elif not value:
            self.empty += 1
        elif self._candidates:
            self.strings += 1
            self._candidates = matching(value, self._candidates)
            self.formats.update(self._candidates)
            if self.strings >= _MOST_TEXTS:
                self._candidates = _NONE

    def _member(self, value: str, answer: Answer) -> None:
        if value in (self.schema.enum or ()):
            self.listed[value] += 1
            return
        self.unlisted += 1
        tokens = sum(name.startswith("value:") for name in self.seen)
        name = f"value:{value}"
        if name in self.seen or (tokens < MOST_NAMES and is_token(value)):
            self.deviation(name).add(answer)

    def counts(self) -> Counts:
        """Return the counts as they are merged and written, without what may be data."""
        plain: Counts = {
            "types": dict(self.types),
            "integral": self.integral,
            "strings": self.strings,
            "empty": self.empty,
            "unlisted": self.unlisted,
            "formats": dict(self.formats),
            "listed": dict(self.listed),
            "lengths": dict(self.lengths),
            "seen": {
                name: seen.counts()
                for name, seen in self.seen.items()
                if not name.startswith(("value:", "list:")) or seen.answers >= SIGHTINGS
            },
        }
        return {key: value for key, value in plain.items() if value}


def kind_of(value: object) -> str:
    """Return the SDK's name for a JSON value's type."""
    return TYPES.get(type(value), "other")


def sampled(value: list[Any]) -> list[Any]:
    """Return a sample of an array: every n-th item, from a random start."""
    stride = -(-len(value) // SAMPLE)
    if stride < 2:
        return value
    return value[random.randrange(stride) :: stride]  # noqa: S311 - nothing secret
