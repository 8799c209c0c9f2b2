"""Members of a request that its contract does not name; vendors ignore them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.sandbox.contract.openapi import Violation, escape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from trunkline.sandbox.contract.openapi import Contract, Document, Operation

__all__ = ["unknown_members", "unknown_parameters"]

MAX_DEPTH = 32
MAX_NAME = 100
KEYWORD = "additionalProperties"


def unknown_parameters(operation: Operation, given: Iterable[str]) -> Iterator[Violation]:
    """Yield query parameters that the operation does not have."""
    known = [item.name for item in operation.parameters if item.location == "query"]
    for name in given:
        # A deepObject parameter is sent as name[member].
        if name.partition("[")[0] not in known:
            yield _violation(("query", name), name, known)


def unknown_members(contract: Contract, media: str, body: Any) -> Iterator[Violation]:
    """Yield unknown members where the schema lists some and does not explicitly allow others."""
    pointer = contract.document.schema_of(media)
    if pointer is not None:
        yield from _Search(contract.document).unknown(pointer, body, ("body",))


class _Search:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._members: dict[str, dict[str, str]] = {}

    def unknown(
        self, pointer: str, value: Any, location: tuple[str | int, ...]
    ) -> Iterator[Violation]:
        if len(location) > MAX_DEPTH:
            return
        if is_array(value):
            for items in self._at_each(pointer, "items"):
                for index, item in enumerate(value):
                    yield from self.unknown(items, item, (*location, index))
        elif is_object(value):
            known = self._known(pointer)
            for name, member in value.items():
                if name in known:
                    yield from self.unknown(known[name], member, (*location, name))
                elif known and not self._is_open(pointer):
                    yield _violation((*location, name), name, known)

    def _known(self, pointer: str) -> dict[str, str]:
        if pointer not in self._members:
            self._members[pointer] = {
                name: f"{where}/{escape(name)}"
                for where in self._at_each(pointer, "properties")
                for name in self._document.at(where)[1]
            }
        return self._members[pointer]

    def _is_open(self, pointer: str) -> bool:
        found = [
            where
            for keyword in (KEYWORD, "patternProperties")
            for where in self._at_each(pointer, keyword)
        ]
        nodes = (self._document.at(where)[1] for where in found)
        return any(node is True or (is_object(node) and not _is_text_map(node)) for node in nodes)

    def _at_each(self, pointer: str, keyword: str, depth: int = 0) -> list[str]:
        """Return the pointers of a keyword in a schema and in those that it is composed of."""
        where, node = self._document.at(pointer)
        if not is_object(node) or depth > MAX_DEPTH:
            return []
        found = [f"{where}/{keyword}"] if keyword in node else []
        for part in ("allOf", "anyOf", "oneOf"):
            for index in range(len(node.get(part, ()))):
                found += self._at_each(f"{where}/{part}/{index}", keyword, depth + 1)
        return found


def _is_text_map(schema: Any) -> bool:
    # `{"type": "string"}` beside named members describes their type and allows no others.
    return is_object(schema) and set(schema) <= {"type", "description"}


def _violation(location: tuple[str | int, ...], name: str, known: Collection[str]) -> Violation:
    short = name[:MAX_NAME]
    near = get_close_matches(short, known, 1)
    advice = f": did you mean {near[0]!r}?" if near else ""
    # repr(), because the text is untrusted and goes into logs.
    return Violation(location, KEYWORD, f"{short!r} is not in the contract{advice}")
