"""The references between units, and the directions in which each of them leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._loading.pointers import holder
from trunkline.contracts.errors import ContractError

from .units import unresolved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .units import Component, Operation, Side

SENT: Final = 1
RECEIVED: Final = 2
ERROR: Final = 4
ALL: Final = SENT | RECEIVED | ERROR

#: Below these keys stand values, not schemas.
_VALUES: Final = frozenset({"example", "examples", "default", "enum", "const", "callbacks"})
#: Below these keys stand names that a vendor chose.
_MAPS: Final = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}
)


class Edges:
    """What the units of one document refer to.

    Attributes:
        operations: for each operation, by its identity, the components and the directions.
        components: the same for each component, by its key.
    """

    __slots__ = ("components", "operations")

    def __init__(self) -> None:
        self.operations: dict[int, dict[str, int]] = {}
        self.components: dict[str, dict[str, int]] = {}


def edges(
    side: Side,
    known: Edges | None = None,
    same: frozenset[str] = frozenset(),
    pairs: Iterable[tuple[Operation | None, Operation | None]] = (),
) -> Edges:
    """Return the references of a document.

    Args:
        side: the document.
        known: the references of the other document.
        same: components that are equal in both, whose references need not be looked for again.
        pairs: operations of the other document and of this one that inherit the same from it.

    Raises:
        ContractError: a reference leads nowhere.
    """
    twins = {id(new): old for old, new in pairs}
    while True:
        found = Edges()
        count = len(side.promoted)
        for operation in side.operations:
            twin = twins.get(id(operation))
            if known and twin and _is_same(twin, operation):
                found.operations[id(operation)] = known.operations[id(twin)]
            else:
                found.operations[id(operation)] = _operation(side, operation)
        _components(side, known, same, found)
        if len(side.promoted) == count:
            return found
        known = None  # a reference leads into a unit: that place is one itself


def _is_same(old: Operation, new: Operation) -> bool:
    parameters = old.item.get("parameters"), new.item.get("parameters")
    return old.kind is new.kind and old.node == new.node and parameters[0] == parameters[1]


def _components(side: Side, known: Edges | None, same: frozenset[str], found: Edges) -> None:
    queue = list(side.components.values())
    for component in queue:
        if known is not None and component.key in same:
            found.components[component.key] = known.components[component.key]
            continue
        raw: dict[str, int] = {}
        scan(component.node, ALL, raw, side.promoted, component.key)
        found.components[component.key] = resolved(side, raw, component.pointer)
        if len(side.components) > len(queue):
            queue.extend(list(side.components.values())[len(queue) :])


def scan(
    node: Any, mask: int, out: dict[str, int], promoted: dict[int, str], own: str = ""
) -> None:
    """Collect the references below a value; a promoted value counts as a reference to it."""
    stack = [node]
    while stack:
        node = stack.pop()
        if node.__class__ is list:
            stack.extend(node)
        elif node.__class__ is not dict:
            continue
        elif promoted and promoted.get(id(node), own) != own:
            key = f"\0{promoted[id(node)]}"
            out[key] = out.get(key, 0) | mask
        else:
            _members(node, mask, out, promoted, own, stack)


def _members(
    node: dict[str, Any],
    mask: int,
    out: dict[str, int],
    promoted: dict[int, str],
    own: str,
    stack: list[Any],
) -> None:
    ref: Any = node.get("$ref")
    if ref.__class__ is str:
        out[ref] = out.get(ref, 0) | mask
    if "discriminator" in node:
        _mapping(node["discriminator"], mask, out)
    if "readOnly" in node or "writeOnly" in node:
        restricted = mask & ~SENT if node.get("readOnly") is True else mask
        restricted &= SENT if node.get("writeOnly") is True else ALL
        if restricted != mask:
            rest = {k: v for k, v in node.items() if k not in {"readOnly", "writeOnly", "$ref"}}
            scan(rest, restricted, out, promoted, own)
            return
    for key, value in node.items():
        kind = value.__class__
        if kind is dict:
            if key in _MAPS:
                stack.extend(value.values())
            elif key not in _VALUES:
                stack.append(value)
        elif kind is list and key not in _VALUES:
            stack.extend(value)


def _mapping(discriminator: Any, mask: int, out: dict[str, int]) -> None:
    mapping = discriminator.get("mapping") if is_object(discriminator) else None
    for target in mapping.values() if is_object(mapping) else ():
        if isinstance(target, str) and target.startswith("#/"):
            out[target] = out.get(target, 0) | mask


def resolved(side: Side, raw: dict[str, int], pointer: str) -> dict[str, int]:
    """Return the keys of what collected references lead to, with the directions."""
    found: dict[str, int] = {}
    for ref, mask in raw.items():
        key = ref[1:] if ref[:1] == "\0" else _target(side, ref, pointer).key
        found[key] = found.get(key, 0) | mask
    return found


def _target(side: Side, ref: str, pointer: str) -> Component:
    number = pointer.partition("#")[0]
    try:
        return side.target(ref, f"{number}#")
    except ContractError:
        where = holder(side.document.trees[int(number)], "$ref", ref)
        raise unresolved(side.document, ref, f"{number}#{where or ''}/$ref") from None


def _operation(side: Side, operation: Operation) -> dict[str, int]:
    sent, received, error = _directions(operation)
    raw: dict[str, int] = {}
    node = operation.node
    for value in (operation.item.get("parameters"), node.get("parameters")):
        scan(value, sent, raw, side.promoted)
    scan(node.get("requestBody"), sent, raw, side.promoted)
    responses = node.get("responses")
    for status, value in responses.items() if is_object(responses) else ():
        failed = status.lower() == "default" or status[:1] in {"4", "5"}
        scan(value, error if failed else received, raw, side.promoted)
    found = resolved(side, raw, operation.pointer)
    for name in _schemes(node.get("security", side.tree.get("security"))):
        key = f"components/securitySchemes/{name}"
        if key in side.components:
            found[key] = SENT
    return found


def _directions(operation: Operation) -> tuple[int, int, int]:
    if operation.kind.value == "path":
        return SENT, RECEIVED, ERROR
    return RECEIVED, SENT, SENT


def _schemes(security: Any) -> Iterable[str]:
    for item in security if is_array(security) else ():
        if is_object(item):
            yield from item


__all__ = ["ALL", "ERROR", "RECEIVED", "SENT", "Edges", "edges", "resolved", "scan"]
