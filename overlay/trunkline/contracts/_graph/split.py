"""Split a document into its units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._json import is_object
from trunkline.contracts._loading.check import METHODS
from trunkline.contracts._loading.pointers import child, escape
from trunkline.contracts.model import OperationKind

from .units import Component, Operation, Side, unresolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts._loading.document import Document


def split(document: Document) -> Side:
    """Return the units of a document."""
    side = Side(document)
    for section, members in document.tree.get("components", {}).items():
        if is_object(members) and not section.startswith("x-"):
            _add_components(side, section, members)
    for path, item in document.tree.get("paths", {}).items():
        side.operations.extend(
            _item_operations(side, item, path, f"0#/paths/{escape(path)}", OperationKind.PATH)
        )
    for name, item in document.tree.get("webhooks", {}).items():
        side.operations.extend(
            _item_operations(side, item, name, f"0#/webhooks/{escape(name)}", OperationKind.WEBHOOK)
        )
    return side


def _add_components(side: Side, section: str, members: dict[str, Any]) -> None:
    base = f"0#/components/{section}/"
    for name, node in members.items():
        key = f"components/{section}/{name}"
        side.components[key] = Component(key, section, node, base + escape(name))


def _item_operations(
    side: Side, item: Any, path: str, pointer: str, kind: OperationKind, owner: str = ""
) -> Iterator[Operation]:
    ref, here = child(item, "$ref"), pointer
    item, pointer = _followed(side, item, pointer, "pathItems")
    if not is_object(item):
        if isinstance(ref, str):
            raise unresolved(side.document, ref, f"{here}/$ref")
        return
    for method in METHODS:
        node = item.get(method)
        if is_object(node):
            here = f"{pointer}/{method}"
            found = Operation(method.upper(), path, kind, node, here, item, pointer, owner)
            yield found
            if "callbacks" in node and kind is not OperationKind.CALLBACK:
                yield from _callbacks(side, found)


def _followed(side: Side, node: Any, pointer: str, section: str) -> tuple[Any, str]:
    ref = child(node, "$ref")
    for _ in range(32):
        if not isinstance(ref, str):
            return node, pointer
        component = side.target(ref, pointer)
        side.tell(component, section)
        node, pointer = component.node, component.pointer
        ref = child(node, "$ref")
    raise unresolved(side.document, str(ref), f"{pointer}/$ref")  # a chain this long is a cycle


def _callbacks(side: Side, operation: Operation) -> Iterator[Operation]:
    callbacks = operation.node["callbacks"]
    if not is_object(callbacks):
        return
    for name, value in callbacks.items():
        here = f"{operation.pointer}/callbacks/{escape(name)}"
        node, pointer = _followed(side, value, here, "callbacks")
        if not is_object(node):
            continue
        owner = f"{operation.name} {name}"
        for expression, item in node.items():
            below = f"{pointer}/{escape(expression)}"
            if not expression.startswith("x-"):
                yield from _item_operations(
                    side, item, expression, below, OperationKind.CALLBACK, owner
                )
