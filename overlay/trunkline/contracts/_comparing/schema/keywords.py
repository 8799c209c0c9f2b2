"""Compare types, enumerations, bounds, patterns and formats of two schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline._json import is_array

if TYPE_CHECKING:
    from trunkline.contracts._comparing.normal import Normal
    from trunkline.contracts._comparing.walk import At, Walk


class Bound(NamedTuple):
    """A keyword that limits a value from above or below, and the value that limits nothing."""

    keyword: str
    stem: str
    upper: bool
    idle: Any = None


BOUNDS: Final = (
    Bound("maximum", "maximum", True),
    Bound("minimum", "minimum", False),
    Bound("exclusiveMaximum", "exclusive-maximum", True),
    Bound("exclusiveMinimum", "exclusive-minimum", False),
    Bound("maxLength", "max-length", True),
    Bound("minLength", "min-length", False, 0),
    Bound("maxItems", "max-items", True),
    Bound("minItems", "min-items", False, 0),
    Bound("maxProperties", "max-properties", True),
    Bound("minProperties", "min-properties", False, 0),
    Bound("maxContains", "max-contains", True),
    Bound("minContains", "min-contains", False, 1),
)
KEYWORDS: Final = frozenset(
    {bound.keyword for bound in BOUNDS}
    | {"type", "enum", "const", "multipleOf", "uniqueItems", "pattern", "format", "xml"}
    | {"contentEncoding", "contentMediaType", "x-extensible-enum"}
)
_WIDER: Final = {("int32", "int64"), ("float", "double"), ("date", "date-time")}
_NO_LIMIT: Final = frozenset({".*", "^.*$", ""})
_EXACT: Final = 2**53
_INSIDE: Final = {frozenset({"object"}): "properties", frozenset({"array"}): "items"}
_TYPES: Final[dict[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
}


def types(walk: Walk, old: Normal, new: Normal, at: At) -> bool:
    """Record a change of type; return True if nothing else is worth comparing."""
    before, after = old.types, new.types
    if before == after:
        return False
    wider, narrower = _covers(after, before), _covers(before, after)
    if wider and narrower:
        return False
    kind = "type-generalized" if wider else "type-specialized" if narrower else "type-changed"
    guards = ("implied",) if _implied(old.node, after) or _implied(new.node, before) else ()
    shown = old.node.get("type", "any"), new.node.get("type", "any")
    if kind == "type-changed":
        walk.emit(kind, at, *shown, guards=guards)
        return True
    walk.emit(kind, at.down("type"), *shown, guards=guards)
    return False


def _covers(wide: frozenset[str] | None, narrow: frozenset[str] | None) -> bool:
    if wide is None:
        return True
    if narrow is None:
        return False
    return all(item in wide or (item == "integer" and "number" in wide) for item in narrow)


def _implied(node: dict[str, Any], other: frozenset[str] | None) -> bool:
    """Whether a schema without a type implies the types of the other by its values or keywords."""
    if "type" in node or not other:
        return False
    values = [node["const"]] if "const" in node else node.get("enum")
    if is_array(values) and values:
        return all(value is None or _names(value) & other for value in values)
    return _INSIDE.get(other) in node


def _names(value: Any) -> frozenset[str]:
    """Return the types that a JSON value has."""
    name = _TYPES.get(value.__class__, "")
    return frozenset({name, "number"} if name == "integer" else {name})


def compare(walk: Walk, old: Normal, new: Normal, at: At) -> None:
    """Record changes of values, bounds, pattern and format."""
    one, two = old.node, new.node
    if one == two:
        return
    _values(walk, one, two, at)
    first, second = _exclusive(one), _exclusive(two)
    for bound in BOUNDS:
        if bound.keyword in first or bound.keyword in second:
            _bound(walk, bound, first, second, at)
    _multiple(walk, one, two, at)
    _pattern(walk, one, two, at)
    _format(walk, one, two, at)
    unique = one.get("uniqueItems") is True, two.get("uniqueItems") is True
    if unique[0] != unique[1]:
        kind = "unique-items-set" if unique[1] else "unique-items-unset"
        walk.emit(kind, at.down("uniqueItems"), *unique)
    for key, stem in (
        ("contentEncoding", "content-encoding"),
        ("contentMediaType", "content-type"),
    ):
        if one.get(key) != two.get(key):
            walk.emit(f"{stem}-changed", at.down(key), one.get(key), two.get(key))
    if one.get("xml") != two.get("xml"):
        walk.emit("xml-changed", at.down("xml"), one.get("xml"), two.get("xml"))


def label(value: Any) -> str:
    """Return a value as JSON, in which 1 and 1.0 are equal, but not true or "1"."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _listed(node: dict[str, Any]) -> dict[str, Any] | None:
    values = node.get("enum")
    if not is_array(values):
        return None
    return {label(value): value for value in values if value is not None}


def _values(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    extensible = "x-extensible-enum"
    if old.get(extensible) != new.get(extensible):
        pair = (_listed({"enum": old.get(extensible)}), _listed({"enum": new.get(extensible)}))
        _members(walk, pair[0] or {}, pair[1] or {}, at.down(extensible), "extensible-enum-value")
    if "const" in old or "const" in new:
        if _constant(walk, old, new, at):
            return
        old, new = _as_enum(old), _as_enum(new)
    before, after = _listed(old), _listed(new)
    location = at.down("enum")
    if before is None or after is None:
        if before is not after:
            kind = "enum-added" if before is None else "enum-removed"
            walk.emit(kind, location, old.get("enum"), new.get("enum"))
        return
    _members(walk, before, after, location, "enum-value")


def _members(walk: Walk, before: dict[str, Any], after: dict[str, Any], at: At, stem: str) -> None:
    for name, value in before.items():
        if name not in after:
            walk.emit(f"{stem}-removed", at.at(_token(name), None, None), value, None, subject=name)
    for name, value in after.items():
        if name not in before:
            walk.emit(f"{stem}-added", at.at(_token(name), None, None), None, value, subject=name)


def _token(text: str) -> str:
    return "/" + text.strip('"').replace("~", "~0").replace("/", "~1")


def _constant(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> bool:
    """Compare two constants, or one with none; return False if the other side is an enum."""
    if "enum" in old or "enum" in new:
        return False
    if "const" in old and "const" in new and label(old["const"]) == label(new["const"]):
        return True
    kind = "changed" if "const" in old and "const" in new else "added"
    kind = "removed" if "const" not in new else kind
    walk.emit(f"const-{kind}", at.down("const"), old.get("const"), new.get("const"))
    return True


def _as_enum(node: dict[str, Any]) -> dict[str, Any]:
    return {**node, "enum": [node["const"]]} if "const" in node else node


def _exclusive(node: dict[str, Any]) -> dict[str, Any]:
    """Write the boolean exclusive bounds of OpenAPI 3.0 as numbers."""
    for edge, name in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        if isinstance(node.get(name), bool):
            flag = node[name]
            node = {key: value for key, value in node.items() if key != name}
            if flag and edge in node:
                node[name] = node.pop(edge)
    return node


def _number(value: Any) -> float | int | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _bound(walk: Walk, bound: Bound, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    before, after = _number(old.get(bound.keyword)), _number(new.get(bound.keyword))
    before = None if before == bound.idle else before
    after = None if after == bound.idle else after
    if before == after or _same_float(before, after):
        return
    location = at.down(bound.keyword)
    if before is None or after is None:
        kind = f"{bound.stem}-set" if before is None else f"{bound.stem}-unset"
    else:
        tighter = after < before if bound.upper else after > before
        kind = f"{bound.stem}-tightened" if tighter else f"{bound.stem}-loosened"
    walk.emit(kind, location, old.get(bound.keyword), new.get(bound.keyword))


def _same_float(before: float | None, after: float | None) -> bool:
    # JSON readers keep integers beyond 2**53 exactly or as the nearest double.
    if before is None or after is None or abs(before) < _EXACT:
        return False
    return float(before) == float(after)


def _multiple(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    before, after = _number(old.get("multipleOf")), _number(new.get("multipleOf"))
    if before == after:
        return
    if before is None or after is None:
        kind = "multiple-of-set" if before is None else "multiple-of-unset"
    elif before and not after % before:
        kind = "multiple-of-tightened"
    else:
        kind = "multiple-of-loosened" if after and not before % after else "multiple-of-changed"
    walk.emit(kind, at.down("multipleOf"), before, after)


def _pattern(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    before, after = old.get("pattern"), new.get("pattern")
    if before == after:
        return
    if before is None or after is None:
        kind = "pattern-added" if before is None else "pattern-removed"
    else:
        kind = "pattern-generalized" if after in _NO_LIMIT else "pattern-changed"
    walk.emit(kind, at.down("pattern"), before, after)


def _format(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    before, after = old.get("format"), new.get("format")
    if before == after:
        return
    if before is None or after is None:
        kind = "format-added" if before is None else "format-removed"
    elif (before, after) in _WIDER:
        kind = "format-widened"
    else:
        kind = "format-narrowed" if (after, before) in _WIDER else "format-changed"
    walk.emit(kind, at.down("format"), before, after)
