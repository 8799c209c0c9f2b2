"""Find where an operation uses a component: in which parameter, body or response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline._json import is_object
from trunkline.contracts._comparing.parameters import follow, parameters
from trunkline.contracts._comparing.schema.objects import as_object
from trunkline.contracts._graph.edges import RECEIVED, SENT, References
from trunkline.contracts._loading.pointers import escape, tokens
from trunkline.contracts.model import OperationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts._comparing.engine import Comparison
    from trunkline.contracts._graph.units import Component, Operation

#: The number of pointer tokens from each keyword to the schema below it.
_STEPS: Final = {
    "properties": 2,
    "patternProperties": 2,
    "dependentSchemas": 2,
    "allOf": 2,
    "anyOf": 2,
    "oneOf": 2,
    "prefixItems": 2,
}
#: Edits whose pointer ends below the schema that they belong to.
_TAILS: Final = (
    ("property-added", 2),
    ("property-removed", 2),
    ("one-of-", 2),
    ("any-of-", 2),
    ("all-of-", 1),
    ("wrapped-", 1),
    ("unwrapped-", 1),
    ("pattern-property-", 2),
    ("dependent-schema-", 2),
    ("prefix-item-", 2),
    ("items-", 1),
    ("additional-properties-", 1),
    ("unevaluated-", 1),
    ("contains-", 1),
    ("property-names-", 1),
    ("content-schema-", 1),
    ("not-", 1),
    ("if-", 1),
    ("then-", 1),
    ("else-", 1),
)
_SINGLE: Final = frozenset(
    {"items", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else"}
    | {"contentSchema", "unevaluatedProperties", "unevaluatedItems"}
)


class Context(NamedTuple):
    """A location in an operation.

    Attributes:
        role: `request`, `response`, `operation` or `document`.
        where: `body`, `parameter`, `header`, or empty outside schemas.
        label: distinguishes locations of the same kind, such as two media types.
        inside: the tokens below the schema.
        nested: whether the schema is itself below the root of a body or parameter.
    """

    role: str
    where: str
    label: str
    inside: tuple[str, ...] = ()
    nested: bool = False


def is_nested(kind: str, inside: tuple[str, ...]) -> bool:
    """Return whether an edit belongs to a schema below the one the tokens start at."""
    tail = next((count for stem, count in _TAILS if kind.startswith(stem)), 0)
    path = inside[: len(inside) - tail] if tail else inside
    return bool(path) and (path[0] in _STEPS or path[0] in _SINGLE)


class Contexts:
    """Finds where components are used; each operation is searched once."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._uses: dict[int, list[tuple[Operation, Context]]] | None = None
        self._closures: dict[tuple[str, int], frozenset[str]] = {}

    def of_pointer(self, pointer: str, operation: Operation) -> Context:
        """Return the context of a pointer inside an operation."""
        parts = tokens(pointer)
        if parts[:1] == ["parameters"]:
            return _schema("request", "parameter", parts[1], parts[2:])
        if parts[:1] == ["requestBody"]:
            return _body("request", parts[1:])
        if parts[:1] == ["responses"]:
            return _body("response", parts[2:], parts[1])
        return Context("operation", "", operation.name)

    def inside(self, context: Context, section: str, pointer: str) -> Context:
        """Return the context of a pointer inside a component that is used in a given context."""
        parts = tokens(pointer)
        if section == "parameters":
            return _schema("request", "parameter", context.label, parts)
        if section in {"requestBodies", "responses"}:
            found = _body(context.role, parts)
            return found._replace(label=f"{context.label} {found.label}")
        if section == "headers":
            return _schema("response", "header", context.label, parts)
        return context._replace(inside=tuple(parts))

    def of_component(self, number: int, _component: Component) -> list[tuple[Operation, Context]]:
        """Return every use of a component, with the operation and the context."""
        if self._uses is None:
            self._uses = {}
            for _, operation in self._comparison.operations:
                for key, context in self._of_operation(operation):
                    pair = self._comparison.pairs.new.get(key)
                    if pair in self._comparison.numbers:
                        self._uses.setdefault(pair, []).append((operation, context))
        return self._uses.get(number, [])

    def _of_operation(self, operation: Operation) -> Iterator[tuple[str, Context]]:
        side = self._comparison.new
        way = SENT if operation.kind is OperationKind.PATH else RECEIVED
        for (location, name), found in parameters(side, operation).items():
            label = f"{location}:{name}"
            if found.ref:
                yield found.ref.key, Context("request", "parameter", label)
            value = found.node.get("schema")
            yield from self._schemas(value, found.pointer, way, "request", "parameter", label)
        body = operation.node.get("requestBody")
        yield from self._holder(body, f"{operation.pointer}/requestBody", way, "request", "")
        back = RECEIVED if way == SENT else SENT
        for status, value in as_object(operation.node.get("responses")).items():
            pointer = f"{operation.pointer}/responses/{escape(status)}"
            yield from self._holder(value, pointer, back, "response", status)

    def _holder(
        self, value: Any, pointer: str, way: int, role: str, label: str
    ) -> Iterator[tuple[str, Context]]:
        found = follow(self._comparison.new, value, pointer)
        if found.ref:
            yield found.ref.key, Context(role, "", label)
        for name, media in as_object(found.node.get("content")).items():
            schema = as_object(media).get("schema")
            yield from self._schemas(schema, found.pointer, way, role, "body", f"{label} {name}")
        for name, value_of in as_object(found.node.get("headers")).items():
            header = follow(self._comparison.new, value_of, found.pointer)
            if header.ref:
                yield header.ref.key, Context(role, "header", f"{label} {name}")
            schema = header.node.get("schema")
            yield from self._schemas(schema, header.pointer, way, role, "header", f"{label} {name}")

    def _schemas(
        self, value: Any, near: str, way: int, role: str, where: str, label: str
    ) -> Iterator[tuple[str, Context]]:
        below = References(self._comparison.new, promoted=False)
        below.add(value, way)
        root = value.get("$ref") if is_object(value) else None
        nested: set[str] = set()
        for ref, mask in below.found.items():
            if not mask & way:
                continue
            key = self._comparison.new.target(ref, near).key
            if ref == root:
                yield key, Context(role, where, label)
            else:
                nested.add(key)
            nested |= self._below(key, way)
        for key in sorted(nested):
            yield key, Context(role, where, label, nested=True)

    def _below(self, key: str, way: int) -> frozenset[str]:
        known = self._closures.get((key, way))
        if known is None:
            components = self._comparison.edges[1].components
            found: set[str] = set()
            stack = [key]
            while stack:
                for other, mask in components.get(stack.pop(), {}).items():
                    if mask & way and other not in found:
                        found.add(other)
                        stack.append(other)
            known = frozenset(found)
            self._closures[key, way] = known
        return known


def _schema(role: str, where: str, label: str, parts: list[str]) -> Context:
    if parts[:1] == ["schema"]:
        return Context(role, where, label, tuple(parts[1:]))
    if parts[:1] == ["content"]:
        return Context(role, where, label, tuple(parts[3:]))
    return Context(role, where, label)


def _body(role: str, parts: list[str], label: str = "") -> Context:
    if parts[:1] == ["content"] and parts[2:3] == ["schema"]:
        return Context(role, "body", f"{label} {parts[1]}", tuple(parts[3:]))
    if parts[:1] == ["headers"] and len(parts) > 2 and parts[2] == "schema":
        return Context(role, "header", f"{label} {parts[1]}", tuple(parts[3:]))
    return Context(role, "", label)
