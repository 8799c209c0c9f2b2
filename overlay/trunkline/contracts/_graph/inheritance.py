"""Find what an edit of a base component reaches, except components that kept what it lost.

A component that lists another in its `allOf` inherits from it. If it keeps a property that the
base lost, the base's edit does not count for it. The edit still counts for components that refer
to the base as a value, and so do the edits of everything else that the base refers to.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object

from .edges import ALL, References, resolved

if TYPE_CHECKING:
    from .edges import Edges
    from .units import Component, Side

_Users = dict[str, list[tuple[str, int]]]


class Inheritance:
    """The components that refer to a component of one document, as a value and as a base."""

    def __init__(self, side: Side, edges: Edges) -> None:
        self._values: _Users = defaultdict(list)
        self._heirs: dict[str, list[str]] = defaultdict(list)
        for key, found in edges.components.items():
            node = side.components[key].node
            extends = is_object(node) and "allOf" in node
            values = self._parts(side, side.components[key]) if extends else found
            for target, mask in values.items():
                self._values[target].append((key, mask))

    def _parts(self, side: Side, component: Component) -> dict[str, int]:
        below = References(side)
        stack: list[Any] = [component.node]
        while stack:
            node = stack.pop()
            members = node.get("allOf")
            below.add({k: v for k, v in node.items() if k != "allOf"}, ALL)
            for item in filter(is_object, members if is_array(members) else ()):
                if isinstance(item.get("$ref"), str):
                    base = side.target(item["$ref"], component.pointer).key
                    self._heirs[base].append(component.key)
                else:
                    stack.append(item)
        return resolved(side, below.found, component.pointer)

    def reaching(self, base: str, keeping: frozenset[str], direction: int) -> frozenset[str]:
        """Return the components through which a value reaches an edit of a base.

        Args:
            base: the component that has the edit.
            keeping: components that do not share it.
            direction: one of the directions of references.
        """
        full, rest = {base}, set[str]()
        stack = [(base, True)]
        while stack:
            key, whole = stack.pop()
            users = [(user, True) for user, mask in self._values[key] if whole and mask & direction]
            users += [(user, False) for user, _ in users]
            users += [(heir, True) for heir in self._heirs[key] if not whole or heir not in keeping]
            users += [(heir, False) for heir in self._heirs[key] if not whole]
            for user, is_whole in users:
                known = full if is_whole else rest
                if user not in known:
                    known.add(user)
                    stack.append((user, is_whole))
        return frozenset(full)
