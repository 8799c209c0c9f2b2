"""Lists that a server sends under another name than the contract's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline._shapes.names import MOST_NAMES, is_field_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline._shapes.places import Kind, Place
    from trunkline._shapes.sightings import Answer

__all__ = ["note_envelope"]

#: The minimum share of items that must be like those of the contract's list.
_LIKE: Final = 0.8


def note_envelope(location: Place, body: dict[str, Any], answer: Answer) -> None:
    """Record a body whose list has another name; a documented name resets those counts."""
    inside = location.inside()
    key = inside[0].listed if len(inside) == 1 else None
    if key is None:
        return
    if key in body:
        for other, seen in location.seen.items():
            if other.startswith("list:"):
                seen.forget()
        return
    name = _renamed(inside[0], key, body)
    if name is not None and _is_known(location, f"list:{name}"):
        location.deviation(f"list:{name}").add(answer)


def _renamed(node: Kind, key: str, body: dict[str, Any]) -> str | None:
    """Return the name of a body's only list if its items are like those of the contract's."""
    lists = [name for name, value in body.items() if is_array(value) and value]
    items = node.places[key].items()
    if len(lists) != 1 or items is None or lists[0] in node.places or not is_field_name(lists[0]):
        return None
    found: list[Any] = body[lists[0]]
    like = sum(is_object(each) and _is_like(items.inside(), each) for each in found)
    return lists[0] if like >= _LIKE * len(found) else None


def _is_like(kinds: Iterable[Kind], item: dict[str, Any]) -> bool:
    return any(
        kind.fits(item) and 2 * len(kind.places.keys() & item.keys()) >= len(item) for kind in kinds
    )


def _is_known(location: Place, name: str) -> bool:
    others = sum(each.startswith("list:") for each in location.seen)
    return name in location.seen or others < MOST_NAMES
