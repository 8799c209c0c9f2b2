"""Selects the kind of an object by the contract's discriminator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from trunkline._json import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["tags"]


class Schemas(Protocol):
    """The schemas of a contract, by pointer."""

    def at(self, pointer: str) -> Any:
        """Return the node at a pointer."""

    def resolve(self, pointer: str) -> tuple[str, Any]:
        """Return the pointer and node at the end of a chain of references."""
        ...

    def leaves(self, pointer: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the alternatives of a schema without references, each with its pointer."""
        ...


def tags(schemas: Schemas, pointer: str) -> tuple[str, dict[str, str]]:
    """Return the discriminator field at a location, and the schemas of the objects by its value.

    A value without an entry in the discriminator's mapping is the name of a schema.
    """
    for at in (pointer, *_branches(schemas, pointer)):
        node = schemas.resolve(at)[1]
        given = node.get("discriminator") if is_object(node) else None
        if is_object(given) and isinstance(given.get("propertyName"), str):
            targets = [schemas.at(f"{each}/$ref") for each in _branches(schemas, at)]
            return given["propertyName"], _by_value(schemas, given.get("mapping"), targets)
    return "", {}


def _by_value(schemas: Schemas, mapping: Any, targets: list[Any]) -> dict[str, str]:
    named = {each.rpartition("/")[2]: each for each in targets if isinstance(each, str)}
    given = mapping.items() if is_object(mapping) else ()
    mapped = {value: named.get(str(target), str(target)) for value, target in given}
    rest = {name: each for name, each in named.items() if each not in mapped.values()}
    leaves = {value: schemas.leaves(unquote(at)) for value, at in {**rest, **mapped}.items()}
    return {value: found[0][0] for value, found in leaves.items() if found}


def _branches(schemas: Schemas, pointer: str) -> Iterator[str]:
    where, node = schemas.resolve(pointer)
    for keyword in ("anyOf", "oneOf"):
        if is_object(node) and is_array(node.get(keyword)):
            yield from (f"{where}/{keyword}/{number}" for number in range(len(node[keyword])))
