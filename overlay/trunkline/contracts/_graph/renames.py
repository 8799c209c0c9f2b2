"""Find removed components that were added again under another name, inside cycles too.

Colour refinement: a component's colour is the hash of its body in which each reference is replaced
by the colour of its target, repeated until the colours stop splitting. References to components
that kept their name count as that name.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object

if TYPE_CHECKING:
    from .units import Component, Side

#: The documentation of a schema, which a rename may change as well.
TEXT: Final = frozenset({"title", "description", "example", "examples", "externalDocs"})
_Body = tuple[str, tuple[str, ...]]


def same_forms(
    old: Side, new: Side, gone: list[Component], come: list[Component]
) -> list[tuple[Component, Component]]:
    """Return pairs of removed and added components of equal form, by name if several match."""
    bodies: dict[tuple[int, str], _Body] = {}
    for number, (side, components) in enumerate(((old, gone), (new, come))):
        for component in components:
            bodies[number, component.key] = _body(side, component)
    colours = _refined(bodies)
    return _matched(gone, come, colours)


def _matched(
    gone: list[Component], come: list[Component], colours: dict[tuple[int, str], str]
) -> list[tuple[Component, Component]]:
    groups: dict[tuple[str, str], list[Component]] = {}
    for component in sorted(come, key=lambda item: item.key, reverse=True):
        groups.setdefault((component.section, colours[1, component.key]), []).append(component)
    pairs: list[tuple[Component, Component]] = []
    for component in sorted(gone, key=lambda item: item.key):
        same = groups.get((component.section, colours[0, component.key]))
        if same:
            pairs.append((component, same.pop()))
    return pairs


def _refined(bodies: dict[tuple[int, str], _Body]) -> dict[tuple[int, str], str]:
    colours = dict.fromkeys(bodies, "")
    count = 0
    while True:
        colours = {
            key: _hash(text, [colours.get((key[0], ref), ref) for ref in refs])
            for key, (text, refs) in bodies.items()
        }
        now = len(set(colours.values()))
        if now == count:
            return colours
        count = now


def _hash(text: str, refs: list[str]) -> str:
    return blake2b("\0".join((text, *refs)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _body(side: Side, component: Component) -> _Body:
    refs: list[str] = []
    text = json.dumps(
        _canonical(side, component.node, component.pointer, refs), sort_keys=True, default=str
    )
    return text, tuple(refs)


def _canonical(side: Side, node: Any, near: str, refs: list[str]) -> Any:
    if isinstance(node, str) and node.startswith("#/components/"):
        refs.append(node[2:])  # a discriminator's mapping
        return "#"
    if is_array(node):
        return [_canonical(side, item, near, refs) for item in node]
    if not is_object(node):
        return node
    ref = node.get("$ref")
    if isinstance(ref, str):
        refs.append(side.target(ref, near).key)
        return {"$ref": ""}
    return {
        key: _canonical(side, value, near, refs)
        for key, value in sorted(node.items())
        if not (key in TEXT and not is_object(value))
    }
