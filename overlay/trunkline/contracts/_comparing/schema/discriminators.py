"""Compare discriminators: their properties, and the schemas that the values map to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._json import is_object
from trunkline.contracts._comparing.normal import branches

from .objects import as_object

if TYPE_CHECKING:
    from trunkline.contracts._comparing.walk import At, Walk


def compare(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record that a discriminator was added or removed, or its property or targets changed."""
    before, after = old.get("discriminator"), new.get("discriminator")
    location = at.down("discriminator")
    if not is_object(before) or not is_object(after):
        if before != after:
            kind = "discriminator-added" if before is None else "discriminator-removed"
            walk.emit(kind, location, before, after)
        return
    name = before.get("propertyName"), after.get("propertyName")
    if name[0] != name[1]:
        walk.emit("discriminator-property-changed", location.down("propertyName"), *name)
    _mapping(walk, _targets(walk, old, old=True), _targets(walk, new, old=False), location)


def _mapping(
    walk: Walk, old: dict[str, tuple[str, int]], new: dict[str, tuple[str, int]], at: At
) -> None:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before is not None and after is not None and before[1] == after[1]:
            continue
        kind = "changed" if before and after else "removed" if before else "added"
        shown = (item[0] if item else None for item in (before, after))
        walk.emit(f"discriminator-mapping-{kind}", at.down("mapping", name), *shown, subject=name)


def _targets(walk: Walk, node: dict[str, Any], *, old: bool) -> dict[str, tuple[str, int]]:
    """Return the target of each discriminator value; component names count as values."""
    side, number = (walk.old, walk.pairs.old) if old else (walk.new, walk.pairs.new)
    found: dict[str, tuple[str, int]] = {}
    for value, target in as_object(as_object(node["discriminator"]).get("mapping")).items():
        key = str(target).removeprefix("#/")
        key = key if key in side.components else f"components/schemas/{target}"
        found[value] = str(target), number.get(key, -1)
    mapped = {pair for _, pair in found.values()}
    for _, member in branches(
        side, node, "anyOf" if node.get("anyOf") and not node.get("oneOf") else "oneOf", ""
    ):
        ref = member.get("$ref") if is_object(member) else None
        key = str(ref).removeprefix("#/")
        if key in number and number[key] not in mapped:
            found[key.rpartition("/")[2]] = str(ref), number[key]
    return found
