"""Compare two `allOf` lists member by member, or else merged."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array
from trunkline.contracts._comparing.normal import Normal, branches, normal, opened

from . import inherited
from .effective import effective
from .objects import as_list, as_object

if TYPE_CHECKING:
    from trunkline.contracts._comparing.walk import At, Walk
    from trunkline.contracts._graph.units import Side


def without(walk: Walk, first: Normal, second: Normal, at: At) -> tuple[Normal, Normal]:
    """Return both schemas with `allOf` merged, unless its members were compared one by one."""
    if "allOf" not in first.node and "allOf" not in second.node:
        return first, second
    if _members_correspond(walk, first, second, at):
        return first, second
    walk.emit("all-of-changed", at.down("allOf"), *(_names(form) for form in (first, second)))
    one = effective(walk.old, first.node, first.pointer)
    two = effective(walk.new, second.node, second.pointer)
    one, two = inherited.without(walk, (first, second), one, two, root=not at.key)
    _rest(walk, (one, first.pointer), (two, second.pointer), at)
    return (
        Normal(one, first.pointer, None, first.notes, first.nullable),
        Normal(two, second.pointer, None, second.notes, second.nullable),
    )


def _rest(
    walk: Walk, old: tuple[dict[str, Any], str], new: tuple[dict[str, Any], str], at: At
) -> None:
    """Compare what could not be merged: keywords that more than one member has."""
    first, second = as_list(old[0].get("allOf")), as_list(new[0].get("allOf"))
    gone = [item for item in first if item not in second]
    come = [item for item in second if item not in first]
    for key in sorted({key for item in (*gone, *come) for key in item}):
        before, after = ([item for item in items if key in item] for items in (gone, come))
        nothing: dict[str, Any] = {}
        for number, (one, two) in enumerate(zip_longest(before, after, fillvalue=nothing)):
            forms = (normal(walk.old, one, old[1]), normal(walk.new, two, new[1]))
            walk.compare_forms(walk, *forms, at.at(f"/allOf/{number}", None, None))


def _names(form: Normal) -> list[Any]:
    value = form.node.get("allOf")
    return value if is_array(value) else []


def _members_correspond(walk: Walk, first: Normal, second: Normal, at: At) -> bool:
    """Compare the members one by one, if all can be paired; return whether they were."""
    old = branches(walk.old, first.node, "allOf", first.pointer)
    new = branches(walk.new, second.node, "allOf", second.pointer)
    if len(old) != len(new):
        return False
    forms = [normal(walk.old, item, where) for where, item in old]
    others = [normal(walk.new, item, where) for where, item in new]
    pairs = _all_paired(walk, forms, others)
    if pairs is None or _meet(walk, pairs, first, second):
        return False
    for number, (one, two) in enumerate(pairs):
        walk.compare_forms(walk, one, two, at.at(f"/allOf/{number}", one.pointer, two.pointer))
    return True


def _meet(walk: Walk, pairs: list[tuple[Normal, Normal]], first: Normal, second: Normal) -> bool:
    """Whether one member gained or lost a property or required name that another one has too.

    Both then apply to the same property, which only the merged schemas show.
    """
    names = [(_names_in(walk.old, one), _names_in(walk.new, two)) for one, two in pairs]
    names.append((_own_names(first.node), _own_names(second.node)))
    for number, (before, after) in enumerate(names):
        others = (old | new for index, (old, new) in enumerate(names) if index != number)
        if any((before ^ after) & other for other in others):
            return True
    return False


def _names_in(side: Side, form: Normal) -> frozenset[tuple[int, str]]:
    form = opened(side, form)
    return _own_names(effective(side, form.node, form.pointer))


def _own_names(node: dict[str, Any]) -> frozenset[tuple[int, str]]:
    names = as_object(node.get("properties")), as_list(node.get("required"))
    return frozenset((key, str(name)) for key, found in enumerate(names) for name in found)


def _all_paired(
    walk: Walk, old: list[Normal], new: list[Normal]
) -> list[tuple[Normal, Normal]] | None:
    left = list(new)
    found: dict[int, Normal] = {}
    for test in (_equal, _alike):  # equal members are paired first
        for form in (form for form in old if id(form) not in found):
            counterpart = next((other for other in left if test(walk, form, other)), None)
            if counterpart is not None:
                left.remove(counterpart)
                found[id(form)] = counterpart
    return None if left else [(form, found[id(form)]) for form in old]


def _equal(walk: Walk, one: Normal, two: Normal) -> bool:
    return one.node == two.node and _alike(walk, one, two)


def _alike(walk: Walk, one: Normal, two: Normal) -> bool:
    if one.ref is None or two.ref is None:
        return one.ref is two.ref
    return walk.pairs.same(one.ref, two.ref)
