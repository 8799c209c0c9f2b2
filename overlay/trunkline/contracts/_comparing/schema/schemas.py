"""Compare two schemas without following references to the same component."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts._comparing.lifecycle import lifecycle
from trunkline.contracts._comparing.normal import NOTES, Normal, normal, opened
from trunkline.contracts._comparing.walk import RECEIVED, SENT

from . import all_of, composition, keywords, objects

if TYPE_CHECKING:
    from trunkline.contracts._comparing.walk import At, Walk

_TEXTS: Final = ("title", "description", "example", "examples", "externalDocs")
#: Keywords that the functions below handle; all others are compared as plain values.
_KNOWN: Final = (
    NOTES
    | keywords.KEYWORDS
    | objects.KEYWORDS
    | composition.KEYWORDS
    | frozenset({"allOf", "$ref", "$defs", "x-sunset", "x-stability-level"})
)


def compare(walk: Walk, old: Any, new: Any, at: At) -> None:
    """Record how two schemas at the same location differ."""
    if old == new or _own_unit(walk, old, new):
        return
    first = normal(walk.old, old, walk.old.origins.get(id(old), at.old))
    second = normal(walk.new, new, walk.new.origins.get(id(new), at.new))
    compare_forms(walk, first, second, at)


def compare_root(walk: Walk, old: Any, new: Any, at: At) -> None:
    """Record how two components differ, as units of their own."""
    first = normal(walk.old, old, at.old)
    compare_forms(walk, first, normal(walk.new, new, at.new), at)


def _own_unit(walk: Walk, old: Any, new: Any) -> bool:
    """Whether both documents refer to this value, so that it is a unit itself."""
    key = walk.old.promoted.get(id(old))
    return key is not None and key == walk.new.promoted.get(id(new))


def compare_forms(walk: Walk, first: Normal, second: Normal, at: At) -> None:
    """Record how two normal forms differ."""
    at = _in_direction(at, first, second)._replace(old=first.pointer, new=second.pointer)
    if first.ref is not None and second.ref is not None and same(walk, first, second):
        _nullable(walk, first, second, at)
        _notes(walk, first.notes, second.notes, at)
        return
    first, second = opened(walk.old, first), opened(walk.new, second)
    at = _in_direction(at, first, second)._replace(old=first.pointer, new=second.pointer)
    pair = (id(first.node), id(second.node))
    if pair in walk.active:
        return
    walk.active.add(pair)
    _opened(walk, first, second, at)
    walk.active.discard(pair)


def same(walk: Walk, first: Normal, second: Normal) -> bool:
    """Return whether two references name the same component, perhaps renamed and changed."""
    if first.ref is None or second.ref is None:
        return False
    if walk.pairs.same(first.ref, second.ref):
        return True
    if walk.pairs.join(first.ref, second.ref):
        walk.joined.append(walk.pairs.old[first.ref.key])
        return True
    return False


def _opened(walk: Walk, first: Normal, second: Normal, at: At) -> None:
    if not first.node and not second.node and first.types is None and second.types is None:
        _notes(walk, first.notes, second.notes, at)
        return
    _notes(walk, first.notes, second.notes, at)
    one, two = all_of.without(walk, first, second, at)
    if composition.wrapped(walk, one, two, at):
        _nullable(walk, first, second, at)
        return
    if keywords.types(walk, one, two, at):
        return
    _nullable(walk, first, second, at)
    keywords.compare(walk, one, two, at)
    objects.compare(walk, one.node, two.node, at)
    composition.compare(walk, one, two, at)
    _others(walk, one.node, two.node, at)


def _in_direction(at: At, first: Normal, second: Normal) -> At:
    if first.notes.get("readOnly") is True and second.notes.get("readOnly") is True:
        at = at.only(~SENT)
    if first.notes.get("writeOnly") is True and second.notes.get("writeOnly") is True:
        at = at.only(SENT)
    return at


def _nullable(walk: Walk, first: Normal, second: Normal, at: At) -> None:
    if first.nullable == second.nullable or _any(first) or _any(second):
        return
    kind = "became-nullable" if second.nullable else "became-not-nullable"
    walk.emit(kind, at, first.nullable, second.nullable)


def _any(form: Normal) -> bool:
    return form.ref is None and not (form.node.keys() - NOTES)


def _notes(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    if old == new:
        return
    for flag, kind in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        _flag(walk, old, new, at, flag, kind)
    if old.get("default") != new.get("default") or ("default" in old) != ("default" in new):
        kind = change("default", "default" in old, "default" in new)
        walk.emit(kind, at.down("default"), old.get("default"), new.get("default"))
    for key in _TEXTS:
        texts(walk, old, new, at, key)


def texts(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At, key: str) -> None:
    """Record that a documentation text differs."""
    if old.get(key) != new.get(key):
        walk.emit("documentation-changed", at.down(key), old.get(key), new.get(key), subject=key)


def change(stem: str, before: bool, after: bool) -> str:  # noqa: FBT001 - two sides of one thing
    """Return the kind of edit for something added, removed or changed."""
    if before and after:
        return f"{stem}-changed"
    return f"{stem}-removed" if before else f"{stem}-added"


def _flag(
    walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At, key: str, stem: str
) -> None:
    before, after = old.get(key) is True, new.get(key) is True
    if before != after:
        kind = f"became-{stem}" if after else f"became-not-{stem}"
        walk.emit(kind, at.down(key), before, after)


def _others(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    lifecycle(walk, old, new, at)
    for key in sorted((old.keys() | new.keys()) - _KNOWN):
        if old.get(key) != new.get(key):
            kind = "extension-changed" if key.startswith("x-") else "keyword-changed"
            walk.emit(kind, at.down(key), old.get(key), new.get(key), subject=key)


__all__ = ["RECEIVED", "change", "compare", "compare_forms", "same", "texts"]
