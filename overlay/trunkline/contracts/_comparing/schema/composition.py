"""Compare the members of `oneOf` and `anyOf`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline._json import is_array, is_object
from trunkline.contracts._comparing.normal import NOTES, Normal, branches, normal, opened
from trunkline.contracts._loading.pointers import escape

from . import discriminators
from .objects import as_object

if TYPE_CHECKING:
    from trunkline.contracts._comparing.walk import At, Walk

KEYWORDS: Final = frozenset({"oneOf", "anyOf", "discriminator"})
_STEMS: Final = {"oneOf": "one-of", "anyOf": "any-of"}
#: Two members count as one changed member if they share at least this part of their properties.
_ALIKE: Final = 0.5


class Member(NamedTuple):
    """One branch: its form, its number, and the schema as it is written."""

    form: Normal
    number: int
    value: Any


def compare(walk: Walk, old: Normal, new: Normal, at: At) -> None:
    """Record branches that were added, removed or changed."""
    if any(node.get("oneOf") and node.get("anyOf") for node in (old.node, new.node)):
        for key in _STEMS:
            one, two = (key if form.node.get(key) else "" for form in (old, new))
            _compare(walk, old, new, (one, two), at)
    else:
        _compare(walk, old, new, (_key(old.node), _key(new.node)), at)
    discriminators.compare(walk, old.node, new.node, at)


def _compare(walk: Walk, old: Normal, new: Normal, keys: tuple[str, str], at: At) -> None:
    if keys[0] and keys[1]:
        if old.node.get(keys[0]) != new.node.get(keys[1]):
            _both(walk, old, new, (keys[0], keys[1]), at)
        if keys[0] != keys[1]:
            kind = f"{_STEMS[keys[0]]}-became-{_STEMS[keys[1]]}"
            walk.emit(kind, at.at(f"/{keys[0]}", f"{at.old}/{keys[0]}", f"{at.new}/{keys[1]}"))
    elif keys[0] or keys[1]:
        key = keys[0] or keys[1]
        kind = f"{_STEMS[key]}-removed" if keys[0] else f"{_STEMS[key]}-added"
        walk.emit(kind, at.down(key), old.node.get(key), new.node.get(key), subject=key)


def wrapped(walk: Walk, old: Normal, new: Normal, at: At) -> bool:
    """Record that one schema is an alternative of the other, which has no other keywords."""
    keys = _key(old.node), _key(new.node)
    if bool(keys[0]) == bool(keys[1]):
        return False
    key = keys[0] or keys[1]
    plain, form = (new, old) if keys[0] else (old, new)
    members = _members(walk, form, key, old=bool(keys[0]))
    if form.node.keys() - NOTES - {key, "discriminator"} or not any(
        _is(walk, plain, member, added=bool(keys[1])) for member in members
    ):
        return False
    kind = f"unwrapped-from-{_STEMS[key]}" if keys[0] else f"wrapped-in-{_STEMS[key]}"
    walk.emit(kind, at.down(key), old.node.get(key), new.node.get(key), subject=key)
    return True


def _key(node: dict[str, Any]) -> str:
    return "oneOf" if node.get("oneOf") else "anyOf" if node.get("anyOf") else ""


def _members(walk: Walk, form: Normal, key: str, *, old: bool) -> list[Member]:
    side = walk.old if old else walk.new
    found = branches(side, form.node, key, form.pointer)
    return [
        Member(normal(side, value, where), number, value)
        for number, (where, value) in enumerate(found)
    ]


def _both(walk: Walk, old: Normal, new: Normal, keys: tuple[str, str], at: At) -> None:
    first, second = _members(walk, old, keys[0], old=True), _members(walk, new, keys[1], old=False)
    pairs = match(walk, first, second)
    matched = {id(one) for one, _ in pairs}, {id(two) for _, two in pairs}
    for one, two in pairs:
        location = at.at(f"/{keys[0]}/{one.number}", one.form.pointer, two.form.pointer)
        _changed(walk, one, two, location)
    for one in first:
        if id(one) not in matched[0]:
            _came(walk, f"{_STEMS[keys[0]]}-member-removed", one, at, keys, old=True)
    for two in second:
        if id(two) not in matched[1]:
            _came(walk, f"{_STEMS[keys[1]]}-member-added", two, at, keys, old=False)


def _changed(walk: Walk, one: Member, two: Member, at: At) -> None:
    if one.value != two.value:
        walk.compare_forms(walk, one.form, two.form, at)


def _came(
    walk: Walk, kind: str, member: Member, at: At, keys: tuple[str, str], *, old: bool
) -> None:
    name = member.form.ref.key if member.form.ref else str(member.value.get("title", ""))
    token = name.rpartition("/")[2] or str(member.number)
    location = at.at(
        f"/{keys[0]}/{escape(token)}",
        member.form.pointer if old else f"{at.old}/{keys[0]}",
        f"{at.new}/{keys[1]}" if old else member.form.pointer,
    )
    before, after = (member.value, None) if old else (None, member.value)
    walk.emit(kind, location, before, after, subject=token)


def match(walk: Walk, old: list[Member], new: list[Member]) -> list[tuple[Member, Member]]:
    """Pair the branches: by component, by equality, by title, by constants, then by similarity."""
    pairs: list[tuple[Member, Member]] = []
    first, second = list(old), list(new)
    tests = (_same_component, _equal, _same_title, _same_constants, _same_type, _same_shape)
    for test in tests:
        for one in list(first):
            counterparts = [two for two in second if test(walk, one, two)]
            if counterparts:
                pairs.append((one, counterparts[0]))
                first.remove(one)
                second.remove(counterparts[0])
    pairs.extend(_most_alike(first, second))
    return sorted(pairs, key=lambda pair: pair[0].number)


def _same_component(walk: Walk, one: Member, two: Member) -> bool:
    if one.form.ref is None or two.form.ref is None:
        return False
    return walk.pairs.same(one.form.ref, two.form.ref)


def _equal(walk: Walk, one: Member, two: Member) -> bool:
    if one.form.ref and two.form.ref:
        return False  # different components, whatever their content
    first, second = opened(walk.old, one.form), opened(walk.new, two.form)
    return alike(walk, first.node, second.node, (first.pointer, second.pointer))


def alike(walk: Walk, old: Any, new: Any, near: tuple[str, str]) -> bool:
    """Return whether two values are equal; renamed components count as equal."""
    if old == new:
        return True
    if is_array(old) and is_array(new):
        pairs = zip(old, new, strict=False)
        return len(old) == len(new) and all(alike(walk, *pair, near) for pair in pairs)
    if not (is_object(old) and is_object(new) and old.keys() == new.keys()):
        return False
    if isinstance(old.get("$ref"), str) and isinstance(new.get("$ref"), str):
        first = walk.old.target(old["$ref"], near[0])
        return walk.pairs.same(first, walk.new.target(new["$ref"], near[1]))
    return all(alike(walk, value, new[key], near) for key, value in old.items())


def _same_title(_walk: Walk, one: Member, two: Member) -> bool:
    if one.form.ref or two.form.ref:
        return False
    title = one.form.notes.get("title")
    return title is not None and title == two.form.notes.get("title")


def _constants(node: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in as_object(node.get("properties")).items():
        if is_object(value):
            if "const" in value:
                found[name] = value["const"]
            elif is_array(value.get("enum")) and len(value["enum"]) == 1:
                found[name] = value["enum"][0]
    return found


def _same_constants(walk: Walk, one: Member, two: Member) -> bool:
    if one.form.ref and two.form.ref:
        return False
    first = _constants(opened(walk.old, one.form).node)
    return bool(first) and first == _constants(opened(walk.new, two.form).node)


def _same_type(_walk: Walk, one: Member, two: Member) -> bool:
    if one.form.ref or two.form.ref:
        return False
    kinds = one.form.types
    return bool(kinds) and kinds == two.form.types and kinds != frozenset({"object"})


def _same_shape(_walk: Walk, one: Member, two: Member) -> bool:
    """Whether both consist of alternatives themselves."""
    if one.form.ref or two.form.ref:
        return False
    return bool(_key(one.form.node)) and _key(one.form.node) == _key(two.form.node)


def _most_alike(old: list[Member], new: list[Member]) -> list[tuple[Member, Member]]:
    scored = sorted(
        (-likeness, one.number, two.number, one, two)
        for one in old
        for two in new
        if (likeness := _likeness(one, two)) >= _ALIKE
    )
    pairs: list[tuple[Member, Member]] = []
    for _, _, _, one, two in scored:
        if one in old and two in new:
            old.remove(one)
            new.remove(two)
            pairs.append((one, two))
    return pairs


def _likeness(one: Member, two: Member) -> float:
    if one.form.ref or two.form.ref:
        return 0.0
    first = as_object(one.form.node.get("properties")).keys()
    second = as_object(two.form.node.get("properties")).keys()
    return len(first & second) / len(first | second) if first or second else 0.0


def _is(walk: Walk, plain: Normal, member: Member, *, added: bool) -> bool:
    form = opened(walk.new if added else walk.old, member.form)
    old, new = (plain, form) if added else (form, plain)
    return alike(walk, old.node, new.node, (old.pointer, new.pointer))
