"""Compare properties, items and the other keywords that contain schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._comparing.normal import normal, opened
from trunkline.contracts._comparing.walk import RECEIVED, SENT
from trunkline.contracts._loading.pointers import escape

if TYPE_CHECKING:
    from trunkline.contracts._comparing.walk import At, Walk

#: Keywords with one subschema, whose addition narrows the schema.
_SINGLE: Final = {
    "items": "items",
    "contains": "contains",
    "propertyNames": "property-names",
    "contentSchema": "content-schema",
    "then": "then",
    "else": "else",
}
#: Keywords whose subschema is not compared, since narrowing it widens the whole.
_OPAQUE: Final = {"not": "not", "if": "if"}
_OPEN: Final = {
    "additionalProperties": "additional-properties",
    "unevaluatedProperties": "unevaluated-properties",
    "unevaluatedItems": "unevaluated-items",
}
_MAPS: Final = {"patternProperties": "pattern-property", "dependentSchemas": "dependent-schema"}
KEYWORDS: Final = (
    frozenset({"properties", "required", "prefixItems", "dependentRequired"})
    | _SINGLE.keys()
    | _OPAQUE.keys()
    | _OPEN.keys()
    | _MAPS.keys()
)
_MISSING: Final[Any] = object()


def compare(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record how the parts of two objects or arrays differ."""
    if old == new:
        return
    _properties(walk, old, new, at)
    for key in sorted(KEYWORDS & (old.keys() | new.keys())):
        if old.get(key, _MISSING) != new.get(key, _MISSING):
            _keyword(walk, key, old, new, at)


def _keyword(walk: Walk, key: str, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    if key in _OPEN:
        _open(walk, key, old.get(key, True), new.get(key, True), at)
    elif key in _SINGLE:
        _single(walk, _SINGLE[key], old.get(key, _MISSING), new.get(key, _MISSING), at.down(key))
    elif key in _OPAQUE:
        kind = _came(_OPAQUE[key], key in old, key in new)
        walk.emit(kind, at.down(key), old.get(key), new.get(key))
    elif key in _MAPS:
        _map(walk, _MAPS[key], as_object(old.get(key)), as_object(new.get(key)), at.down(key))
    elif key == "prefixItems":
        _prefix(walk, as_list(old.get(key)), as_list(new.get(key)), at.down(key))
    elif key == "dependentRequired":
        _dependent(walk, as_object(old.get(key)), as_object(new.get(key)), at.down(key))


def as_object(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one for anything else."""
    return value if is_object(value) else {}


def as_list(value: Any) -> list[Any]:
    """Return a list, or an empty one for anything else."""
    return value if is_array(value) else []


def _came(stem: str, before: bool, after: bool) -> str:  # noqa: FBT001 - two sides of one thing
    if before and after:
        return f"{stem}-changed"
    return f"{stem}-removed" if before else f"{stem}-added"


def _properties(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    before, after = as_object(old.get("properties")), as_object(new.get("properties"))
    needed = _names(old), _names(new)
    for name in before:
        if name not in after:
            closed = new.get("additionalProperties") is False
            _removed(walk, name, before[name], at, needed[0], closed=closed)
        elif before[name] != after[name]:
            location = at.down("properties", name)
            walk.compare_schemas(walk, before[name], after[name], location)
    for name in after:
        if name not in before:
            closed = old.get("additionalProperties") is False
            _added(walk, name, after[name], at, needed[1], closed=closed)
    _required(walk, before, after, needed, at)


def _names(node: dict[str, Any]) -> frozenset[str]:
    return frozenset(item for item in as_list(node.get("required")) if isinstance(item, str))


def _removed(
    walk: Walk, name: str, value: Any, at: At, needed: frozenset[str], *, closed: bool
) -> None:
    location = _one_way(walk, at, value, None)
    guards = (("required",) if name in needed else ()) + (("closed",) if closed else ())
    path = f"/properties/{escape(name)}"
    origin = walk.old.origins.get(id(value), at.old + path)
    walk.emit(
        "property-removed",
        location.at(path, origin, at.new + path),
        value,
        None,
        subject=name,
        guards=guards,
    )


def _added(
    walk: Walk, name: str, value: Any, at: At, needed: frozenset[str], *, closed: bool
) -> None:
    location = _one_way(walk, at, None, value)
    guards: tuple[str, ...] = ()
    if name in needed:
        form = opened(walk.new, normal(walk.new, value, at.new))
        guards = ("required-with-default", "required") if "default" in form.notes else ("required",)
    if closed:
        guards = (*guards, "closed")
    path = f"/properties/{escape(name)}"
    origin = walk.new.origins.get(id(value), at.new + path)
    walk.emit(
        "property-added",
        location.at(path, at.old + path, origin),
        None,
        value,
        subject=name,
        guards=guards,
    )


def _one_way(walk: Walk, at: At, old: Any, new: Any) -> At:
    """Return the location without the direction in which the property is not used."""
    side, value = (walk.old, old) if new is None else (walk.new, new)
    notes = opened(side, normal(side, value, at.old if new is None else at.new)).notes
    if notes.get("readOnly") is True:
        at = at.only(~SENT)
    return at.only(SENT) if notes.get("writeOnly") is True else at


def _required(
    walk: Walk,
    before: dict[str, Any],
    after: dict[str, Any],
    needed: tuple[frozenset[str], frozenset[str]],
    at: At,
) -> None:
    changed = needed[0] ^ needed[1]
    for name in sorted(changed):
        if (name in before) != (name in after):
            continue  # the edit that added or removed the property covers this
        kind = "property-became-required" if name in needed[1] else "property-became-optional"
        value = after.get(name, True)
        form = opened(walk.new, normal(walk.new, value, at.new))
        location = _one_way(walk, at, None, value)
        guards = ("with-default",) if "default" in form.notes else ()
        walk.emit(
            kind,
            location.at(f"/required/{escape(name)}", at.old + "/required", at.new + "/required"),
            name in needed[0],
            name in needed[1],
            subject=name,
            guards=guards,
        )


def _open(walk: Walk, key: str, old: Any, new: Any, at: At) -> None:
    stem = _OPEN[key]
    old, new = (True if value == {} else value for value in (old, new))
    location = at.down(key)
    if is_object(old) and is_object(new):
        _single(walk, stem, old, new, location)
    elif new is False and old is not False:
        walk.emit(f"{stem}-closed", location, old, new)
    elif old is False and new is not False:
        walk.emit(f"{stem}-opened", location, old, new)
    elif old is not new:
        kind = f"{stem}-typed" if is_object(new) else f"{stem}-untyped"
        walk.emit(kind, location, old, new)


def _single(walk: Walk, stem: str, old: Any, new: Any, at: At) -> None:
    if old is not _MISSING and new is not _MISSING:
        walk.compare_schemas(walk, old, new, at)
        return
    if (old if new is _MISSING else new) in (True, {}):
        return
    kind = _came(stem, old is not _MISSING, new is not _MISSING)
    walk.emit(kind, at, None if old is _MISSING else old, None if new is _MISSING else new)


def _map(walk: Walk, stem: str, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    for name in [*old, *(name for name in new if name not in old)]:
        location = at.down(name)
        _named(walk, stem, name, old.get(name, _MISSING), new.get(name, _MISSING), location)


def _named(walk: Walk, stem: str, name: str, old: Any, new: Any, at: At) -> None:
    if old is _MISSING or new is _MISSING:
        kind = _came(stem, old is not _MISSING, new is not _MISSING)
        walk.emit(
            kind,
            at,
            None if old is _MISSING else old,
            None if new is _MISSING else new,
            subject=name,
        )
    else:
        _single(walk, stem, old, new, at)


def _prefix(walk: Walk, old: list[Any], new: list[Any], at: At) -> None:
    for number in range(max(len(old), len(new))):
        first = old[number] if number < len(old) else _MISSING
        second = new[number] if number < len(new) else _MISSING
        _named(walk, "prefix-item", str(number), first, second, at.down(str(number)))


def _dependent(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            kind = _came("dependent-required", name in old, name in new)
            walk.emit(kind, at.down(name), old.get(name), new.get(name), subject=name)


__all__ = ["KEYWORDS", "RECEIVED", "as_list", "as_object", "compare"]
