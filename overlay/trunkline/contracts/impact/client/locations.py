"""Finds the generated code for an element of a contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline.contracts._loading.pointers import child, tokens
from trunkline.contracts.impact.client.contract import Contract
from trunkline.contracts.impact.client.location import Attribute, Location, Parameter
from trunkline.contracts.impact.client.naming import class_name, identifier
from trunkline.contracts.impact.client.package import Endpoint, template
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.modules import Assigned, ClassInfo, FunctionInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trunkline.contracts.impact.client.package import ClientPackage
    from trunkline.contracts.impact.inference.engine import Engine
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.model import Edit

__all__ = ["Locator"]

_METHODS: Final = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})
_COMBINATORS: Final = frozenset({"oneOf", "anyOf", "allOf", "prefixItems"})


class Locator:
    """Finds the generated code for an element of the contract.

    Args:
        package: the generated client.
        engine: types of the client's code.
        document: the old contract; None if only the client is known, which is less exact.
    """

    def __init__(
        self, package: ClientPackage, engine: Engine, document: Mapping[str, Any] | None
    ) -> None:
        self.package = package
        self.engine = engine
        self.contract = Contract(document or {})
        self.endpoints = {(each.method, each.path): each for each in package.endpoints}
        self._classes: dict[str, ClassInfo | Assigned] = package.classes

    def endpoint(self, method: str, path: str) -> Endpoint | None:
        """Return the endpoint of an operation."""
        return self.endpoints.get((method.upper(), template(path)))

    def find(self, edit: Edit, operations: Iterable[str]) -> Location:
        """Return the code that an edit concerns; `operations` are those that it reaches."""
        inside = tokens(edit.pointer)
        if edit.unit.startswith("components/"):
            found = self._component(edit.unit, inside, operations)
            return replace(found, shared=self._is_shared(edit.unit.split("/", 2), inside))
        method, _, path = edit.unit.partition(" ")
        endpoint = self.endpoint(method, path) if method in _METHODS else None
        if endpoint is not None:
            shared = self._is_shared(["paths", path, method.lower()], inside)
            return replace(self._operation(endpoint, inside), inside=(endpoint,), shared=shared)
        return Location(endpoints=self._reached(operations))

    def _is_shared(self, unit: list[str], inside: list[str]) -> bool:
        """Whether a pointer leads through a reference, as when the reference was changed."""
        node = self.contract.at(unit)
        for token in inside:
            if is_object(node) and "$ref" in node:
                return True
            node = child(node, token)
        return False

    def _reached(self, operations: Iterable[str]) -> tuple[Endpoint, ...]:
        found = [self.endpoint(*each.partition(" ")[::2]) for each in operations]
        return tuple(_unique(found))

    def _component(
        self, unit: str, inside: list[str], operations: Iterable[str], depth: int = 0
    ) -> Location:
        _, section, name = (*unit.split("/", 2), "")[:3]
        if section == "parameters":
            return self._shared_parameter(name, inside, operations)
        if section != "schemas":
            return self._by_reference(unit, inside, depth)
        kinds = self._kinds_of(name)
        if not kinds:
            return self._by_reference(unit, inside, depth)
        for other in self.contract.composed_of(name):
            kinds += self._kinds_of(other)
        return self._walk(kinds, inside)

    def _kinds_of(self, component: str) -> list[Type]:
        schema = self.contract.at(["components", "schemas", component])
        title = schema.get("title") if is_object(schema) else None
        for name in (title, component):
            found = self._classes.get(class_name(name)) if isinstance(name, str) else None
            if found is not None:
                return [t.Instance(self._symbol(found, class_name(str(name))))]
        return []

    def _symbol(self, found: ClassInfo | Assigned, name: str) -> str:
        return found.symbol if isinstance(found, ClassInfo) else f"{found.module.key}::{name}"

    def _operation(self, endpoint: Endpoint, inside: list[str]) -> Location:
        if inside[:1] == ["parameters"] and len(inside) > 1:
            location, _, name = inside[1].partition(":")
            return self._parameter([endpoint], location, name, inside[2:])
        if inside[:1] == ["requestBody"] and "schema" in inside:
            rest = inside[inside.index("schema") + 1 :]
            return self._walk([self._body(endpoint)], rest, (endpoint,))
        if inside[:1] == ["responses"] and "schema" in inside:
            rest = inside[inside.index("schema") + 1 :]
            return self._walk([self._result(endpoint)], rest, (endpoint,))
        return Location(endpoints=(endpoint,))

    def _parameter(
        self, endpoints: Iterable[Endpoint], location: str, name: str, rest: list[str]
    ) -> Location:
        found: list[Parameter] = []
        kinds: list[Type] = []
        for endpoint in endpoints:
            python = endpoint.parameters.get((location, name))
            if python is None and location == "path":
                python = endpoint.parameters.get((location, identifier(name)))
            found.append(Parameter(endpoint, python, name))
            if python is not None:
                kinds.append(self._annotation(endpoint, python))
        if rest[:1] == ["schema"] and set(rest) & {"properties"}:
            return self._walk(kinds, rest[1:])
        return Location(parameters=tuple(found), classes=self._enums(kinds))

    def _shared_parameter(
        self, name: str, inside: list[str], operations: Iterable[str]
    ) -> Location:
        node = self.contract.at(["components", "parameters", name])
        node = node if is_object(node) else {}
        endpoints = self._reached(operations)
        return self._parameter(endpoints, str(node.get("in")), str(node.get("name")), inside)

    def _annotation(self, endpoint: Endpoint, name: str) -> Type:
        for symbol in endpoint.functions:
            signature = self.engine.protocols.signature(t.Function(symbol))
            node = signature.annotations.get(name) if signature else None
            if node is not None and signature is not None:
                return self.engine.program.annotations.read(node, signature.scope)
        return t.UNKNOWN

    def _body(self, endpoint: Endpoint) -> Type:
        return self._annotation(endpoint, "body")

    def _result(self, endpoint: Endpoint) -> Type:
        for symbol in endpoint.functions:
            info = self.engine.world.symbol(symbol)
            if symbol.endswith("_detailed") and isinstance(info, FunctionInfo):
                result = self.engine.protocols.awaited(self.engine.program.result(info, {}))
                return self.engine.program.attribute(result, "parsed")
        return t.UNKNOWN

    def _walk(
        self, kinds: list[Type], inside: list[str], endpoints: tuple[Endpoint, ...] = ()
    ) -> Location:
        """Follow a pointer inside a schema through the classes generated for the schemas."""
        current = _flat(kinds)
        attributes: tuple[Attribute, ...] = ()
        rest = list(inside)
        while rest:
            head = rest.pop(0)
            if head == "properties" and rest:
                attributes = tuple(self._attributes(current, rest.pop(0)))
                current = _flat(self._held(each) for each in attributes)
            elif head in {"items", "additionalProperties", "contains"} and rest:
                current = _flat(self._inside(each) for each in current)
            elif head in _COMBINATORS and rest:
                rest.pop(0)
            else:
                break
        classes = tuple(each.symbol for each in current if isinstance(each, t.Instance))
        own = tuple(each for each in classes if not each.startswith("builtins::"))
        if attributes or own:
            return Location(attributes, (), own)
        return Location(endpoints=endpoints)

    def _attributes(self, kinds: list[Type], wire: str) -> Iterator[Attribute]:
        for kind in kinds:
            if isinstance(kind, t.Instance) and not kind.symbol.startswith("builtins::"):
                yield Attribute(kind.symbol, self.package.attribute_of(kind.symbol, wire), wire)

    def _held(self, attribute: Attribute) -> Type:
        if attribute.name is None:
            return t.UNKNOWN
        return self.engine.program.attribute(t.Instance(attribute.owner), attribute.name)

    def _inside(self, kind: Type) -> Type:
        if isinstance(kind, t.Instance):
            if kind.symbol in {t.LIST, t.TUPLE}:
                return self.engine.protocols.iterate(kind)
            if kind.symbol == t.DICT:
                return kind.args[1]
            extra = self.engine.program.attribute(kind, "additional_properties")
            return extra.args[1] if isinstance(extra, t.Instance) and len(extra.args) > 1 else kind
        return t.UNKNOWN

    def _enums(self, kinds: list[Type]) -> tuple[str, ...]:
        return tuple(
            each.symbol
            for each in _flat(kinds)
            if isinstance(each, t.Instance) and self.engine.program.classes.is_enum(each.symbol)
        )

    def _by_reference(self, unit: str, inside: list[str], depth: int) -> Location:
        """Locate a component without its own class by the references to it."""
        if depth > 6:
            return Location()
        found = [
            self._at([*path, *inside], depth)
            for path in self.contract.referrers.get(f"#/{unit}", ())
        ]
        return Location(
            tuple(dict.fromkeys(each for one in found for each in one.attributes)),
            tuple(_unique(each for one in found for each in one.parameters)),
            tuple(dict.fromkeys(each for one in found for each in one.classes)),
            tuple(_unique(each for one in found for each in one.endpoints)),
        )

    def _at(self, path: list[str], depth: int) -> Location:
        if path[0] == "components" and len(path) > 2:
            return self._component("/".join(path[:3]), path[3:], (), depth + 1)
        if path[0] == "paths" and len(path) > 2:
            endpoint = self.endpoint(path[2], path[1])
            if endpoint is not None:
                return self._operation(endpoint, self._named(path))
        return Location()

    def _named(self, path: list[str]) -> list[str]:
        """Replace the index of a parameter by its location and name."""
        rest = path[3:]
        if rest[:1] == ["parameters"] and len(rest) > 1:
            node = self.contract.at([*path[:3], "parameters", rest[1]])
            if is_object(node):
                rest[1] = f"{node.get('in')}:{node.get('name')}"
        return rest


def _flat(kinds: Iterable[Type]) -> list[Type]:
    return list(dict.fromkeys(each for kind in kinds for each in t.members(kind)))


def _unique(items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for each in items:
        if each is not None and each not in found:
            found.append(each)
    return found
