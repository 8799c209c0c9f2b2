"""Leave out the edits of an `allOf` that its base components report themselves.

A schema whose `allOf` was merged is compared with everything it inherits. An inherited edit that
the base component reports itself is left out, so that one edit is one finding. If the base lost or
gained something that the whole kept, that is recorded, so that the base's edit does not count here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline.contracts._comparing.normal import branches, normal
from trunkline.contracts._loading.pointers import escape

from .effective import effective
from .objects import as_list, as_object

if TYPE_CHECKING:
    from trunkline.contracts._comparing.normal import Normal
    from trunkline.contracts._comparing.walk import Walk
    from trunkline.contracts._graph.units import Side

_MISSING: Final[Any] = object()
_Schema = dict[str, Any]


def without(
    walk: Walk, forms: tuple[Normal, Normal], one: _Schema, two: _Schema, *, root: bool
) -> tuple[_Schema, _Schema]:
    """Return two merged schemas without the edits that a common base reports itself.

    Args:
        walk: the comparison.
        forms: the schemas before they were merged.
        one: the old one, merged.
        two: the new one, merged.
        root: whether they are components; then the edits that do not reach them are recorded.
    """
    for first, second in _bases(walk, forms):
        if first == second:
            continue
        lost = _kept(one, two, first, second)
        if root and isinstance(walk.unit, int):
            walk.kept.update((walk.unit, pointer) for pointer in lost)
        one, two = _stripped(one, two, first, second)
    return one, two


def _bases(walk: Walk, forms: tuple[Normal, Normal]) -> list[tuple[_Schema, _Schema]]:
    old, new = (
        [
            form.ref
            for where, item in branches(side, node.node, "allOf", node.pointer)
            if (form := normal(side, item, where)).ref is not None
        ]
        for side, node in ((walk.old, forms[0]), (walk.new, forms[1]))
    )
    return [
        (_merged(walk.old, one), _merged(walk.new, two))
        for one in old
        for two in new
        if walk.pairs.same(one, two)
    ]


def _merged(side: Side, component: Any) -> _Schema:
    node = component.node
    return effective(side, node, component.pointer) if is_object(node) else {}


def _kept(one: _Schema, two: _Schema, first: _Schema, second: _Schema) -> set[str]:
    """Return pointers of differences in the base that do not change the whole."""
    names = _properties(first).keys() ^ _properties(second).keys()
    both = _properties(one).keys() & _properties(two).keys()
    needed = (_required(first) ^ _required(second)) - (_required(one) ^ _required(two))
    found = {f"/properties/{escape(name)}" for name in names & both}
    return found | {f"/required/{escape(name)}" for name in needed}


def _stripped(
    one: _Schema, two: _Schema, first: _Schema, second: _Schema
) -> tuple[_Schema, _Schema]:
    told = _told(one, two, first, second) - {"properties", "required"}
    names = _told(*(_properties(schema) for schema in (one, two, first, second)))
    needed = _told(*(dict.fromkeys(_required(schema)) for schema in (one, two, first, second)))
    return _less(one, told, names, needed), _less(two, told, names, needed)


def _told(one: _Schema, two: _Schema, first: _Schema, second: _Schema) -> frozenset[str]:
    """Return the keys whose values differ in the base exactly as in the whole."""
    return frozenset(
        key
        for key in first.keys() | second.keys()
        if (before := first.get(key, _MISSING)) != (after := second.get(key, _MISSING))
        and one.get(key, _MISSING) == before
        and two.get(key, _MISSING) == after
    )


def _less(
    schema: _Schema, told: frozenset[str], names: frozenset[str], needed: frozenset[str]
) -> _Schema:
    left = {key: value for key, value in schema.items() if key not in told}
    if names:
        properties = _properties(schema)
        left["properties"] = {key: properties[key] for key in properties if key not in names}
    if needed:
        left["required"] = [name for name in as_list(schema.get("required")) if name not in needed]
    return left


def _properties(schema: _Schema) -> _Schema:
    return as_object(schema.get("properties"))


def _required(schema: _Schema) -> frozenset[str]:
    return frozenset(item for item in as_list(schema.get("required")) if isinstance(item, str))
