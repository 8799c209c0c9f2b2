"""The document that a client was generated from: its values and its references."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.contracts._loading.pointers import MISSING, child

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Contract"]


class Contract:
    """The old document, or an empty one if only the client is known."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    def at(self, path: list[str]) -> Any:
        """Return the value at the keys of a pointer, or None if there is none."""
        node: Any = self.document
        for token in path:
            node = child(node, token)
        return None if node is MISSING else node

    def composed_of(self, component: str) -> list[str]:
        """Return the components that include another by `allOf`, directly or not."""
        wanted = {component}
        found: list[str] = []
        schemas = self.at(["components", "schemas"])
        for _ in range(8):
            before = len(found)
            for name, schema in schemas.items() if is_object(schemas) else ():
                parts = schema.get("allOf") if is_object(schema) else None
                refs = {_target(part) for part in (parts if is_array(parts) else ())}
                if name not in wanted and refs & wanted:
                    wanted.add(name)
                    found.append(name)
            if len(found) == before:
                break
        return found

    @cached_property
    def referrers(self) -> dict[str, list[tuple[str, ...]]]:
        """The paths at which each reference occurs, by its text."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        pending: list[tuple[tuple[str, ...], Any]] = [((), self.document)]
        while pending:
            path, node = pending.pop()
            if is_object(node):
                ref = node.get("$ref")
                if isinstance(ref, str):
                    found[ref].append(path)
                pending += [((*path, str(key)), value) for key, value in node.items()]
            elif is_array(node):
                pending += [((*path, str(i)), value) for i, value in enumerate(node)]
        return found


def _target(part: Any) -> str:
    ref = part.get("$ref") if is_object(part) else None
    return ref.rpartition("/")[2] if isinstance(ref, str) else ""
