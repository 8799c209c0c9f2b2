"""The references between units, and the directions of each."""

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

#: Keys that are not searched: their values are not schemas.
_VALUES: Final = frozenset({"example", "examples", "default", "enum", "const", "callbacks"})
#: Keys with vendor-chosen names below them.
_MAPS: Final = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}
)
#: Keys that refer to a unit, or restrict the directions of everything below them.
_NOTED: Final = frozenset({"$ref", "discriminator", "readOnly", "writeOnly"})


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
        same: components that are equal in both; their references are not collected again.
        pairs: operations of the other document and of this one that inherit the same defaults.

    Raises:
        ContractError: a reference has no target.
    """
    counterparts = {id(new): old for old, new in pairs}
    while True:
        found = Edges()
        count = len(side.promoted)
        for operation in side.operations:
            counterpart = counterparts.get(id(operation))
            if known and counterpart and _is_same(counterpart, operation):
                found.operations[id(operation)] = known.operations[id(counterpart)]
            else:
                found.operations[id(operation)] = _operation(side, operation)
        _components(side, known, same, found)
        if len(side.promoted) == count:
            return found
        known = None  # a reference points into a unit: that value is a unit itself


def _is_same(old: Operation, new: Operation) -> bool:
    parameters = old.item.get("parameters"), new.item.get("parameters")
    return old.kind is new.kind and old.node == new.node and parameters[0] == parameters[1]


def _components(side: Side, known: Edges | None, same: frozenset[str], found: Edges) -> None:
    queue = list(side.components.values())
    for component in queue:
        if known is not None and component.key in same:
            found.components[component.key] = known.components[component.key]
            continue
        below = References(side, component.key)
        below.add(component.node, ALL)
        found.components[component.key] = resolved(side, below.found, component.pointer)
        if len(side.components) > len(queue):
            queue.extend(list(side.components.values())[len(queue) :])


class References:
    """The references below some values of a document, and the directions of each.

    A promoted value counts as a reference to it.

    Args:
        side: the document.
        own: the component being searched, if it is one.
        promoted: whether to skip what is inside values that are units of their own.
    """

    __slots__ = ("_own", "_promoted", "_restricts", "found")

    def __init__(self, side: Side, own: str = "", *, promoted: bool = True) -> None:
        self.found: dict[str, int] = {}
        self._own = own
        self._promoted = side.promoted if promoted else {}
        self._restricts = not side.ignores_siblings

    def add(self, node: Any, mask: int) -> None:
        """Collect the references below a value."""
        promoted, own = self._promoted, self._own
        stack = [node]
        while stack:
            node = stack.pop()
            if node.__class__ is list:
                stack.extend(node)
            elif node.__class__ is not dict:
                continue
            elif promoted and promoted.get(id(node), own) != own:
                self._note(f"\0{promoted[id(node)]}", mask)
            else:
                self._members(node, mask, stack)

    def _note(self, ref: str, mask: int) -> None:
        self.found[ref] = self.found.get(ref, 0) | mask

    def _members(self, node: dict[str, Any], mask: int, stack: list[Any]) -> None:
        if not _NOTED.isdisjoint(node):
            restricted = mask & ~SENT if node.get("readOnly") is True else mask
            restricted &= SENT if node.get("writeOnly") is True else ALL
            if restricted != mask:
                self._restricted(node, mask, restricted)
                return
            self._own_references(node, mask)
        for key, value in node.items():
            kind = value.__class__
            if kind is dict:
                if key in _MAPS:
                    stack.extend(value.values())
                elif key not in _VALUES:
                    stack.append(value)
            elif kind is list and key not in _VALUES:
                stack.extend(value)

    def _own_references(self, node: dict[str, Any], mask: int) -> None:
        ref: Any = node.get("$ref")
        if ref.__class__ is str:
            self._note(ref, mask)
        if "discriminator" in node:
            self._mapping(node["discriminator"], mask)

    def _restricted(self, node: dict[str, Any], mask: int, restricted: int) -> None:
        rest = {k: v for k, v in node.items() if k not in {"readOnly", "writeOnly"}}
        if not self._restricts and isinstance(rest.get("$ref"), str):
            self._note(rest.pop("$ref"), mask)
        self.add(rest, restricted)

    def _mapping(self, discriminator: Any, mask: int) -> None:
        mapping = discriminator.get("mapping") if is_object(discriminator) else None
        for target in mapping.values() if is_object(mapping) else ():
            if isinstance(target, str) and target.startswith("#/"):
                self._note(target, mask)


def resolved(side: Side, raw: dict[str, int], pointer: str) -> dict[str, int]:
    """Return the keys of the targets of collected references, with the directions."""
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
    below = References(side)
    node = operation.node
    for value in (operation.item.get("parameters"), node.get("parameters")):
        below.add(value, sent)
    below.add(node.get("requestBody"), sent)
    responses = node.get("responses")
    for status, value in responses.items() if is_object(responses) else ():
        failed = status.lower() == "default" or status[:1] in {"4", "5"}
        below.add(value, error if failed else received)
    found = resolved(side, below.found, operation.pointer)
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


__all__ = ["ALL", "ERROR", "RECEIVED", "SENT", "Edges", "References", "edges", "resolved"]
