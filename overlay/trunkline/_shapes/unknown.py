"""Keys that the contract does not name: fields of a new release, or user data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from trunkline._shapes.names import MOST_NAMES, SIGHTINGS, is_field_name, key_class
from trunkline._shapes.places import Place
from trunkline._shapes.schemas import PlaceSchema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline._shapes.counts import Counts
    from trunkline._shapes.places import Nodes

__all__ = ["UnknownKeys"]

_ANYTHING: Final = PlaceSchema("", has_format=True)
#: With this many signs, the keys count as data from then on.
_SIGNS: Final = 2
_ONE_CLASS: Final = 0.8


class UnknownKeys:
    """The unknown keys of one kind of object.

    Names stay in memory until enough responses had them; if there are too many, none is written.

    Args:
        nodes: finds what is inside their values.
    """

    __slots__ = ("_alike", "_compared", "_last", "_nodes", "classes", "is_map", "places", "unnamed")

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self.places: dict[str, Place] = {}
        self.classes: Counter[str] = Counter()
        self.unnamed = self._alike = self._compared = 0
        self.is_map = False
        self._last: frozenset[int] = frozenset()

    def note(self, keys: list[str]) -> None:
        """Record the unknown keys of an object with a new combination of keys."""
        if self.is_map or not keys:
            return
        self.classes.update(map(key_class, keys))
        for key in keys:
            if key not in self.places and len(self.places) < MOST_NAMES and is_field_name(key):
                self.places[key] = Place(_ANYTHING, self._nodes)
        self.unnamed += sum(key not in self.places for key in keys)
        self._compare(frozenset(map(hash, keys)))
        if sum(self._signs()) >= _SIGNS:
            self.is_map = True
            self.places.clear()

    def _compare(self, keys: frozenset[int]) -> None:
        if self._last:
            self._compared += 1
            self._alike += 2 * len(keys & self._last) >= len(keys | self._last)
        self._last = keys

    def _signs(self) -> Iterable[bool]:
        known, compared = sum(self.classes.values()), self._compared
        data = max((n for name, n in self.classes.items() if name != "identifier"), default=0)
        yield self._is_full
        yield compared >= 2 and self._alike < compared / 2
        yield data >= _ONE_CLASS * known

    @property
    def _is_full(self) -> bool:
        return len(self.places) + self.unnamed > MOST_NAMES

    def counts(self) -> dict[str, Counts]:
        """Return the counts of the fields whose names may be written."""
        if self._is_full:
            return {}
        return {
            name: location.counts()
            for name, location in self.places.items()
            if "unknown" in location.seen and location.seen["unknown"].answers >= SIGHTINGS
        }
