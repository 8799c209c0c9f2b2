"""Find the components that the parts of a document refer to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from trunkline._json import is_array, is_object
from trunkline._shapes.schemas import Schemas, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Reference", "References", "component_of"]

_COMPONENT: Final = re.compile(r"#/components/[^/]+/[^/]+")


class Reference(NamedTuple):
    """The member of an object that names a component.

    Attributes:
        pointer: of the object, or of its discriminator for branches without a mapping.
        key: of the member.
        component: the pointer of the named component.
        below: the rest of the pointer, if only a part of the component is meant.
    """

    pointer: str
    key: str
    component: str
    below: str


class References:
    """The components that the parts of a document refer to.

    Args:
        document: OpenAPI 3.0 or 3.1.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.schemas = Schemas(document)
        self._inside: dict[str, list[Reference]] = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._answers = {
            each.operation_id: f"{each.pointer}/responses" for each in self.schemas.operations()
        }

    def answers(self, operations: Iterable[str]) -> list[str]:
        """Return the pointers of the responses of operations."""
        return [self._answers[each] for each in operations if each in self._answers]

    def inside(self, pointer: str) -> list[Reference]:
        """Return the references below a pointer, without following them."""
        if pointer not in self._inside:
            self._inside[pointer] = list(_references(self.schemas.at(pointer), pointer))
        return self._inside[pointer]

    def reached(self, pointer: str) -> frozenset[str]:
        """Return the components that a part of the document refers to, in any number of steps."""
        if pointer not in self._reached:
            self._reached[pointer] = frozenset(self._followed(self.inside(pointer)))
        return self._reached[pointer]

    def leads(self, operation: str, pointer: str) -> bool:
        """Return whether responses of an operation use the component that contains a pointer."""
        component = component_of(pointer)
        return any(component in self.reached(each) for each in self.answers([operation]))

    def used_elsewhere(self, operations: Iterable[str]) -> set[str]:
        """Return the components used by anything but the responses of operations."""
        own = self.answers(operations)
        roots = [key for key in self.document if key != "components"]
        references = (each for key in roots for each in self.inside(f"#/{escaped(key)}"))
        return self._followed(
            each
            for each in references
            if not each.pointer.startswith(tuple(f"{at}/" for at in own))
        )

    def _followed(self, references: Iterable[Reference]) -> set[str]:
        found: set[str] = set()
        waiting = [each.component for each in references]
        while waiting:
            component = waiting.pop()
            if component not in found:
                found.add(component)
                waiting += [each.component for each in self.inside(component)]
        return found


def component_of(pointer: str) -> str:
    """Return the pointer of the component that contains a pointer; empty for none."""
    found = _COMPONENT.match(pointer)
    return found.group() if found else ""


def _references(node: Any, pointer: str) -> Iterator[Reference]:
    if is_array(node):
        for number, each in enumerate(node):
            yield from _references(each, f"{pointer}/{number}")
    if is_object(node):
        for at, key, target in _targets(node, pointer):
            if component := component_of(unquote(target)):
                yield Reference(at, key, component, unquote(target)[len(component) :])
        for key, each in node.items():
            yield from _references(each, f"{pointer}/{escaped(key)}")


def _targets(node: dict[str, Any], pointer: str) -> Iterator[tuple[str, str, str]]:
    """Yield the references of an object; a discriminator refers to schemas by name."""
    if isinstance(node.get("$ref"), str):
        yield pointer, "$ref", node["$ref"]
    if pointer.endswith("/discriminator/mapping"):
        for value, target in node.items():
            yield pointer, value, target if "#" in target else f"#/components/schemas/{target}"
    if is_object(node.get("discriminator")):
        mapped = node["discriminator"].get("mapping", {}).values()
        for branch in (*node.get("oneOf", ()), *node.get("anyOf", ())):
            target = str(branch.get("$ref", "")) if is_object(branch) else ""
            name = target.rpartition("/")[2]
            if name and not {target, name} & {*mapped}:
                yield f"{pointer}/discriminator", name, target
