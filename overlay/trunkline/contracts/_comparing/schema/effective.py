"""Merge the members of an `allOf` into one schema.

Used only if the members of two `allOf` lists do not correspond; each list is merged once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._comparing.normal import NOTES, branches
from trunkline.contracts._loading.pointers import escape
from trunkline.contracts.errors import ContractError

if TYPE_CHECKING:
    from trunkline.contracts._graph.units import Side

_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_MAPS: Final = ("properties", "patternProperties", "dependentSchemas")


def effective(side: Side, node: dict[str, Any], pointer: str) -> dict[str, Any]:
    """Return a schema without `allOf`; keywords that cannot be merged go into a new one.

    Raises:
        ContractError: the `allOf` contains itself.
    """
    return _merged(side, node, pointer, ())


def _merged(
    side: Side, node: dict[str, Any], pointer: str, above: tuple[str, ...]
) -> dict[str, Any]:
    ref = node.get("$ref")
    if isinstance(ref, str):
        target = side.target(ref, pointer)
        if target.key in above:
            number, _, inner = pointer.partition("#")
            file = side.document.files[int(number)].name
            raise ContractError("`allOf` contains itself", document=file, pointer=inner)
        inner_node = target.node if is_object(target.node) else {}
        return _merged(side, inner_node, target.pointer, (*above, target.key))
    _remember(side, node, pointer)
    if "allOf" not in node:
        return node
    known = side.merged.get(id(node))
    if known is None:
        known = {key: value for key, value in node.items() if key != "allOf"}
        for where, member in branches(side, node, "allOf", pointer):
            if is_object(member):
                _add(side, known, _merged(side, member, where, above))
        side.merged[id(node)] = known
    return known


def _remember(side: Side, node: dict[str, Any], pointer: str) -> None:
    for key in _MAPS:
        members = node.get(key)
        if is_object(members):
            for name, value in members.items():
                side.origins.setdefault(id(value), f"{pointer}/{key}/{escape(name)}")
    for key in ("oneOf", "anyOf"):
        for where, value in branches(side, node, key, pointer):
            side.origins.setdefault(id(value), where)
    for key in ("items", "additionalProperties", "contains", "propertyNames"):
        if is_object(node.get(key)):
            side.origins.setdefault(id(node[key]), f"{pointer}/{key}")


def _add(side: Side, into: dict[str, Any], other: dict[str, Any]) -> None:
    allowed = [_allowed(into), _allowed(other)]
    _add_keywords(side, into, other)
    properties = into.get("properties")
    if is_object(properties) and allowed != [None, None]:
        into["properties"] = {
            name: value
            for name, value in properties.items()
            if all(names is None or name in names for names in allowed)
        }


def _allowed(node: dict[str, Any]) -> frozenset[str] | None:
    """Return the only properties that a schema allows; None if it is open."""
    if node.get("additionalProperties") is not False or "patternProperties" in node:
        return None
    return frozenset(node.get("properties", ()))


def _add_keywords(side: Side, into: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in other.items():
        if key not in into:
            if key != "nullable":  # in one member it cannot widen the whole
                into[key] = value
        elif into[key] != value:
            _combine(side, into, key, value)


def _combine(side: Side, into: dict[str, Any], key: str, value: Any) -> None:
    mine = into[key]
    if key in _MAPS and is_object(mine) and is_object(value):
        both = {k: _both(side, mine[k], v) if k in mine else v for k, v in value.items()}
        into[key] = {**mine, **both}
    elif key == "required" and is_array(mine) and is_array(value):
        into[key] = [*mine, *(item for item in value if item not in mine)]
    elif key in _UPPER or key in _LOWER:
        into[key] = _tighter(key, mine, value)
    elif key == "type":
        into[key] = _common_types(mine, value)
    elif key == "enum" and is_array(mine) and is_array(value):
        into[key] = [item for item in mine if item in value]
    elif key == "additionalProperties" and (mine is True or value is False):
        into[key] = value
    elif key in {"readOnly", "writeOnly", "uniqueItems", "deprecated"}:
        into[key] = bool(mine) or bool(value)
    elif key not in NOTES and key != "discriminator" and not key.startswith("x-"):
        into.setdefault("allOf", [])
        into["allOf"] = [*into["allOf"], {key: value}]


def _both(side: Side, mine: Any, value: Any) -> Any:
    """Return the schema that requires both.

    Each part is kept only once: in a cycle of references the same parts recur, and the list would
    grow forever.
    """
    parts: list[Any] = []
    for part in (*_parts(side, mine), *_parts(side, value)):
        if part not in parts:
            parts.append(part)
    if len(parts) == 1:
        return parts[0]
    made = side.made(lambda: {"allOf": parts}, *sorted(parts, key=id), use="both")
    side.joint.setdefault(id(made), parts)
    return made


def _parts(side: Side, value: Any) -> list[Any]:
    return side.joint.get(id(value), [value])


def _tighter(key: str, mine: Any, value: Any) -> Any:
    try:
        return min(mine, value) if key in _UPPER else max(mine, value)
    except TypeError:
        return mine


def _common_types(mine: Any, value: Any) -> Any:
    first = mine if is_array(mine) else [mine]
    second = value if is_array(value) else [value]
    common = [item for item in first if item in second]
    if "integer" in first + second and "number" in first + second and "integer" not in common:
        common.append("integer")
    return common  # empty if nothing can satisfy both
