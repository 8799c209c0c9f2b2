"""The units of a document: operations, components, and other targets of references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline.contracts._loading import addresses
from trunkline.contracts._loading.pointers import MISSING, find, of_fragment, tokens
from trunkline.contracts.errors import ContractError
from trunkline.contracts.model import OperationKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts._loading.document import Document

_VARIABLE: Final = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True, eq=False)
class Component:
    """A value that references point to.

    Attributes:
        key: `components/schemas/Call`, or file and pointer for anything else.
        section: `schemas`, `parameters` …, by its location or that of the reference to it.
        pointer: file number and RFC 6901 pointer, such as `0#/components/schemas/Call`.
    """

    key: str
    section: str
    node: Any
    pointer: str


@dataclass(slots=True, eq=False)
class Operation:
    """One operation of a path, a webhook or a callback.

    Attributes:
        item: the path item around it, for its parameters and servers.
        item_pointer: like `pointer`.
    """

    method: str
    path: str
    kind: OperationKind
    node: dict[str, Any]
    pointer: str
    item: dict[str, Any]
    item_pointer: str
    owner: str = ""

    @property
    def name(self) -> str:
        """The name of its unit."""
        if self.kind is OperationKind.PATH:
            return f"{self.method} {self.path}"
        if self.kind is OperationKind.WEBHOOK:
            return f"webhooks/{self.path} {self.method}"
        return f"{self.owner} callback {self.path} {self.method}"

    @property
    def operation_id(self) -> str | None:
        """The operationId; None if it has none."""
        value = self.node.get("operationId")
        return value if isinstance(value, str) else None

    @property
    def shape(self) -> tuple[str, str, str]:
        """Its identity without the names of its path parameters."""
        path = self.path if self.kind is OperationKind.WEBHOOK else _VARIABLE.sub("{}", self.path)
        return (f"{self.owner}{self.kind}", self.method, path)


class Side:
    """One document, split.

    Attributes:
        promoted: values inside other units that a reference points to, by identity.
        origins: the location of a value that was moved by merging `allOf`, by identity.
        merged: the merged schema of each `allOf`, by identity.
        joint: the parts of schemas that were combined from several, by identity.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.operations: list[Operation] = []
        self.components: dict[str, Component] = {}
        self.promoted: dict[int, str] = {}
        self.origins: dict[int, str] = {}
        self.merged: dict[int, dict[str, Any]] = {}
        self.joint: dict[int, list[Any]] = {}
        self._made: dict[tuple[str | int, ...], dict[str, Any]] = {}
        self._kept: list[object] = []
        self._refs: dict[str, Component] = {}

    @property
    def tree(self) -> dict[str, Any]:
        """The main document."""
        return self.document.tree

    @property
    def ignores_siblings(self) -> bool:
        """Whether siblings of a `$ref` are ignored, as in OpenAPI 3.0."""
        return str(self.tree["openapi"]).startswith("3.0")

    def made(self, make: Callable[[], dict[str, Any]], *parts: object, use: str) -> dict[str, Any]:
        """Return the value made earlier from the same parts, or make it.

        A running comparison identifies values by object identity. So a value that is reached again
        through a cycle of references must be the same object, and none may be freed.
        """
        key: tuple[str | int, ...] = (use, *(id(part) for part in parts))
        if key not in self._made:
            self._made[key] = make()
            self._kept.append(parts)
        return self._made[key]

    def target(self, ref: str, near: str) -> Component:
        """Return the target of a `$ref`.

        Args:
            ref: its text.
            near: a pointer with the number of the file that contains it.

        Raises:
            ContractError: it has no target.
        """
        number = near.partition("#")[0]
        if number == "0" and ref[2:] in self.components and ref.startswith("#/"):
            return self.components[ref[2:]]
        known = self._refs.get(number + ref)
        if known is None:
            known = self._refs[number + ref] = self._look_up(ref, int(number), near)
        return known

    def tell(self, component: Component, section: str) -> None:
        """Set the section of a promoted value; without this call it is a schema."""
        if self.promoted.get(id(component.node)) == component.key:
            component.section = section

    def _look_up(self, ref: str, number: int, near: str) -> Component:
        name, _, fragment = ref.partition("#")
        if name:
            number = self._file(addresses.resolve(self.document.files[number].address, name))
        tree = self.document.trees[number] if number >= 0 else None
        pointer = of_fragment(tree, fragment)
        node = MISSING if tree is None or pointer is None else find(tree, pointer)
        if pointer is None or node is MISSING:
            raise unresolved(self.document, ref, near)
        parts = tokens(pointer)
        component = self.components.get("/".join(parts)) if number == 0 else None
        if component is not None and len(parts) == 3:
            return component
        return self._promote(node, f"{number}#{pointer}")

    def _file(self, name: str) -> int:
        for number, file in enumerate(self.document.files):
            if file.address == name:
                return number
        return -1

    def _promote(self, node: Any, pointer: str) -> Component:
        number, _, inner = pointer.partition("#")
        key = inner[1:] if number == "0" else f"{self._label(int(number))}#{inner}"
        component = self.components.get(key)
        if component is None:
            component = Component(key, "schemas", node, pointer)
            self.components[key] = component
            if is_object(node):
                self.promoted[id(node)] = key
        return component

    def _label(self, number: int) -> str:
        main, other = (self.document.files[item].address for item in (0, number))
        return addresses.relative(main, other)


def unresolved(document: Document, ref: str, near: str) -> ContractError:
    """Return the error for a reference without a target."""
    from trunkline.contracts._loading import positions

    number, _, pointer = near.partition("#")
    file = document.files[int(number)]
    line, column = positions.find(file, [pointer]).get(pointer, (None, None))
    return ContractError(
        f"the $ref {ref!r} leads nowhere",
        document=file.name,
        pointer=pointer or None,
        line=line,
        column=column,
    )
