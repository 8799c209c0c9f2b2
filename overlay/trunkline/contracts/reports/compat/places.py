"""From operations to the schemas that they send and receive, along every path to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline._json import is_array, is_object
from trunkline.contracts._loading.pointers import MISSING, child, escape, of_fragment, tokens
from trunkline.contracts.reports.compat.references import Position, file_of, leading_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from trunkline.contracts import Document

__all__ = ["Operation", "Place", "operations", "places"]

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS: Final = ("properties", "patternProperties", "dependentSchemas")
_SINGLE: Final = (
    "items",
    "additionalProperties",
    "not",
    "contains",
    "if",
    "then",
    "else",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
)
#: A schema is entered at most so often from one body: nested choices multiply the paths to it.
_MOST: Final = 16
_DEEPEST: Final = 64


class Operation(NamedTuple):
    """An operation of a document, and its position."""

    method: str
    path: str
    pointer: str
    webhook: bool = False


class Place(NamedTuple):
    """A position in a document that belongs to an operation.

    Attributes:
        part: what it is for the operation: ``operation``, ``parameter``, ``request-body`` ...
        required: whether it is a required property.
        node: the value there.
    """

    operation: Operation
    part: str
    required: bool
    node: dict[str, Any]


class _At(NamedTuple):
    """A value, the file that holds it, and its pointer."""

    node: Any
    file: int
    pointer: str

    @property
    def key(self) -> tuple[int, str]:
        return self.file, self.pointer

    def down(self, *keys: str | int) -> _At:
        node, pointer = self.node, self.pointer
        for key in map(str, keys):
            node = child(node, key)
            pointer = f"{pointer}/{escape(key)}"
        return _At(None if node is MISSING else node, self.file, pointer)


def operations(document: Document) -> Iterator[Operation]:
    """Yield the operations of a document: of its paths, then of its webhooks."""
    for section in ("paths", "webhooks"):
        items = document.tree.get(section)
        for path, item in items.items() if is_object(items) else ():
            for method in _METHODS:
                if is_object(item) and is_object(item.get(method)):
                    pointer = f"/{section}/{escape(path)}/{method}"
                    yield Operation(method.upper(), path, pointer, section == "webhooks")


def places(document: Document, wanted: AbstractSet[Position]) -> dict[Position, list[Place]]:
    """Return where the wanted positions take part, one place for each way to them.

    Args:
        document: one side of a comparison.
        wanted: file numbers and pointers.
    """
    search = _Search(document, wanted, leading_to(document, wanted))
    for operation in operations(document):
        search.operation(operation)
    return search.found


@dataclass(slots=True)
class _Search:
    document: Document
    wanted: AbstractSet[Position]
    useful: AbstractSet[Position]
    found: dict[Position, list[Place]] = field(default_factory=dict[Position, list[Place]])
    entered: dict[Position, int] = field(default_factory=dict[Position, int])
    active: set[Position] = field(default_factory=set[Position])

    def operation(self, operation: Operation) -> None:
        """Record what lies in one operation."""
        at = self._at(0, operation.pointer)
        self._hit(at, Place(operation, "operation", required=False, node=at.node))
        item = self._at(0, operation.pointer.rpartition("/")[0])
        for owner in (item, at):
            self._parameters(operation, owner.down("parameters"))
        self._body(operation, at.down("requestBody"), "request")
        responses = at.down("responses")
        for status in responses.node if is_object(responses.node) else ():
            self._body(operation, responses.down(status), "response")

    def _at(self, file: int, pointer: str) -> _At:
        return _At(self.document.trees[file], file, "").down(*tokens(pointer))

    def _follow(self, at: _At) -> _At:
        for _ in range(_DEEPEST):
            ref = at.node.get("$ref") if is_object(at.node) else None
            if not isinstance(ref, str):
                break
            name, _, pointer = ref.partition("#")
            at = self._at(file_of(self.document, at.file, name), of_fragment(pointer))
        return at

    def _hit(self, at: _At, place: Place) -> None:
        if at.key in self.wanted:
            self.found.setdefault(at.key, []).append(place)

    def _parameters(self, operation: Operation, at: _At) -> None:
        for number in range(len(at.node) if is_array(at.node) else 0):
            found = self._follow(at.down(number))
            if is_object(found.node):
                header = "header-" if found.node.get("in") == "header" else ""
                parts = (f"{header}parameter", f"{header}parameter-property")
                self._object(operation, found, parts)

    def _object(self, operation: Operation, at: _At, parts: tuple[str, str]) -> None:
        """Record a parameter or header: itself, its schema, and the schemas of its content."""
        self._hit(at, Place(operation, parts[0], required=False, node=at.node))
        self.entered.clear()
        self._schema(operation, at.down("schema"), parts, depth=0)
        self._content(operation, at.down("content"), parts)

    def _content(self, operation: Operation, at: _At, parts: tuple[str, str]) -> None:
        for media in at.node if is_object(at.node) else ():
            self.entered.clear()
            self._schema(operation, at.down(media, "schema"), parts, depth=0)

    def _body(self, operation: Operation, at: _At, way: str) -> None:
        at = self._follow(at)
        if not is_object(at.node):
            return
        self._hit(at, Place(operation, f"{way}-body", required=False, node=at.node))
        self._content(operation, at.down("content"), (f"{way}-body", f"{way}-property"))
        headers = at.down("headers")
        for name in headers.node if is_object(headers.node) else ():
            self._object(operation, self._follow(headers.down(name)), ("header", "header-property"))

    def _schema(
        self,
        operation: Operation,
        at: _At,
        parts: tuple[str, str],
        *,
        depth: int,
        required: bool = False,
    ) -> None:
        written, at = at, self._follow(at)
        if not is_object(at.node) or at.key in self.active or depth > _DEEPEST:
            return
        place = Place(operation, parts[depth > 0], required, at.node)
        for each in (at,) if written is at else (written, at):
            self._hit(each, place)
        times = self.entered.get(at.key, 0)
        if times < _MOST and (written is at or at.key in self.useful):
            self.entered[at.key] = times + 1
            self.active.add(at.key)
            self._below(operation, at, parts, depth)
            self.active.discard(at.key)

    def _below(self, operation: Operation, at: _At, parts: tuple[str, str], depth: int) -> None:
        needed = at.node.get("required")
        for key in _MAPS:
            for name in at.node.get(key) or () if is_object(at.node.get(key)) else ():
                required = key == "properties" and is_array(needed) and name in needed
                below = at.down(key, name)
                self._schema(operation, below, parts, depth=depth + 1, required=required)
        for key in _LISTS:
            value = at.node.get(key)
            for number in range(len(value) if is_array(value) else 0):
                self._schema(operation, at.down(key, number), parts, depth=depth + 1)
        for key in _SINGLE:
            if is_object(at.node.get(key)):
                self._schema(operation, at.down(key), parts, depth=depth + 1)
