"""OpenAPI documents: which operation a request matches, and whether data fits its schemas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from trunkline._json import is_array, is_object
from trunkline.sandbox.contract.formats import FORMATS, StrictValidator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Contract", "Document", "Operation", "Parameter", "Violation", "escape", "types_of"]

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
MAX_REFERENCES = 64


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation of the contract.

    Attributes:
        location: ``body``, ``query``, ``path``, ``header`` or ``response``, then names and indexes.
        keyword: the JSON Schema keyword, such as ``required``.
        message: one sentence without the offending value.
    """

    location: tuple[str | int, ...]
    keyword: str
    message: str

    def as_text(self) -> str:
        return f"{'.'.join(map(str, self.location))}: {self.message}"


class Document:
    """An OpenAPI 3.1 document whose schemas are addressed by JSON pointers."""

    def __init__(self, name: str, contents: Mapping[str, Any]) -> None:
        self.name = name
        self.contents = contents
        resource = DRAFT202012.create_resource(contents)
        self._registry: Any = Registry[Any]().with_resource(f"contract:{name}", resource)
        self._validators: dict[str, Any] = {}

    def at(self, pointer: str) -> tuple[str, Any]:
        """Return the node at a JSON pointer, with references followed, and its real pointer.

        Raises:
            LookupError: the pointer matches nothing, or its references are circular.
        """
        node: Any = self.contents
        where, followed = "", 0
        pending: list[str] = pointer.split("/")[:0:-1]
        while True:
            if is_object(node) and isinstance(node.get("$ref"), str):
                followed += 1
                if followed > MAX_REFERENCES:
                    raise LookupError(f"{pointer} refers to itself")
                pending += unquote(node["$ref"].removeprefix("#")).split("/")[:0:-1]
                where, node = "", self.contents
            elif not pending:
                return where, node
            else:
                token = pending.pop()
                where += f"/{token}"
                node = node[int(token)] if is_array(node) else node[_unescape(token)]

    def schema_of(self, media: str) -> str | None:
        """Return the pointer of the schema of a media type object, None without one."""
        return f"{media}/schema" if "schema" in self.at(media)[1] else None

    def violations(self, pointer: str, value: Any, *location: str | int) -> Iterator[Violation]:
        """Yield every violation of the schema at the pointer by the value."""
        for error in self._validator(pointer).iter_errors(value):
            where: tuple[str | int, ...] = (*location, *error.absolute_path)
            yield Violation(where, str(error.validator), _sentence(error))

    def _validator(self, pointer: str) -> Any:
        if pointer not in self._validators:
            schema = {"$ref": f"contract:{self.name}#{pointer}"}
            self._validators[pointer] = StrictValidator(
                schema, registry=self._registry, format_checker=FORMATS
            )
        return self._validators[pointer]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        location: ``path``, ``query``, ``header`` or ``cookie``.
        pointer: the pointer of the schema; None for a parameter that is described by ``content``.
        types: JSON types of the schema, for an array those of its items.
        is_exploded: whether an array is sent as repeated parameters.
    """

    name: str
    location: str
    is_required: bool
    pointer: str | None
    types: frozenset[str]
    is_array: bool
    is_exploded: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a contract.

    Attributes:
        operation_id: from the contract; method and path if it has none.
        template: the path template.
        pattern: what a raw (still encoded) path must match.
        bodies: pointers of media type objects; empty when no body is described.
        responses: by status, pointers of media type objects.
        security: alternatives, each a set of names of security schemes.
    """

    operation_id: str
    method: str
    template: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    bodies: Mapping[str, str]
    is_body_required: bool
    responses: Mapping[str, Mapping[str, str]]
    security: Sequence[frozenset[str]]

    def path_values(self, raw_path: str) -> dict[str, str] | None:
        """Return the decoded path parameters, None when the path does not match."""
        found = self.pattern.fullmatch(raw_path)
        if found is None:
            return None
        names = re.findall(r"{([^}]+)}", self.template)
        return dict(zip(names, map(unquote, found.groups()), strict=True))

    def response(self, status: int) -> Mapping[str, str] | None:
        """Return the media types that are described for a status, None when it is undocumented."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.responses:
                return self.responses[key]
        return None


class Contract:
    """All operations of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.operations = tuple(sorted(_operations(document), key=_generality))
        schemes = document.contents.get("components", {}).get("securitySchemes", {})
        found = (document.at(f"/components/securitySchemes/{escape(name)}")[1] for name in schemes)
        #: Headers and parameters that carry credentials, in lower case.
        self.credential_names = frozenset(
            str(scheme["name"]).lower() for scheme in found if "name" in scheme
        )

    def find(self, method: str, raw_path: str) -> tuple[Operation | None, tuple[str, ...]]:
        """Return the operation of a request, and the methods that its path allows."""
        fitting = [item for item in self.operations if item.pattern.fullmatch(raw_path)]
        same_path = [item for item in fitting if item.template == fitting[0].template]
        chosen = next((item for item in same_path if item.method == method), None)
        return chosen, tuple(sorted(item.method for item in same_path))


def _operations(document: Document) -> Iterator[Operation]:
    for template in document.contents.get("paths", {}):
        _, item = document.at(f"/paths/{escape(template)}")
        for method in METHODS:
            if method in item:
                yield _operation(document, template, method)


def _operation(document: Document, template: str, method: str) -> Operation:
    base = f"/paths/{escape(template)}/{method}"
    where, node = document.at(base)
    body = document.at(f"{where}/requestBody") if "requestBody" in node else None
    codes = (str(code) for code in node.get("responses", {}))
    requirements = node.get("security", document.contents.get("security", []))
    return Operation(
        operation_id=node.get("operationId") or f"{method} {template}",
        method=method.upper(),
        template=template,
        pattern=_path_pattern(template),
        parameters=_parameters(document, f"/paths/{escape(template)}", method),
        bodies=_media(document, body[0]) if body else {},
        is_body_required=bool(body and body[1].get("required")),
        responses={code: _media(document, f"{where}/responses/{code}") for code in codes},
        security=[frozenset(requirement) for requirement in requirements],
    )


def _parameters(document: Document, path: str, method: str) -> tuple[Parameter, ...]:
    found: dict[tuple[str, str], Parameter] = {}
    for owner in (path, f"{path}/{method}"):
        where, node = document.at(owner)
        for index in range(len(node.get("parameters", ()))):
            pointer, spec = document.at(f"{where}/parameters/{index}")
            # A parameter of the operation replaces one of the path.
            found[spec["in"], spec["name"]] = _parameter(document, pointer, spec)
    return tuple(found.values())


def _parameter(document: Document, pointer: str, spec: Mapping[str, Any]) -> Parameter:
    where: str | None = None
    schema: Any = {}
    if "schema" in spec:
        where, schema = document.at(f"{pointer}/schema")
    is_list = "array" in types_of(schema)
    if is_list and where and "items" in schema:
        schema = document.at(f"{where}/items")[1]
    return Parameter(
        name=spec["name"],
        location=spec["in"],
        is_required=bool(spec.get("required", False)),
        # An object is split into several texts, in styles that are not parsed here.
        pointer=None if "object" in types_of(schema) else where,
        types=frozenset(types_of(schema)),
        is_array=is_list,
        is_exploded=spec.get("explode", spec["in"] in {"query", "cookie"}),
    )


def types_of(schema: Any) -> list[str]:
    declared: Any = schema.get("type", ()) if is_object(schema) else ()
    return [declared] if isinstance(declared, str) else list(declared)


def _media(document: Document, pointer: str) -> dict[str, str]:
    where, node = document.at(pointer)
    return {kind: f"{where}/content/{escape(kind)}" for kind in node.get("content", {})}


def _path_pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"{[^}]+}", template)
    return re.compile("([^/]+)".join(re.escape(part) for part in parts))


def _generality(operation: Operation) -> tuple[int, str, str]:
    # A literal path wins over a templated one, as OpenAPI 3.1 requires.
    return operation.template.count("{"), operation.template, operation.method


def _sentence(error: Any) -> str:
    if error.validator == "required":
        return str(error.message)
    if error.validator in {"anyOf", "oneOf"}:
        return "fits none of the forms that the contract allows"
    return f"does not fit the contract's {error.validator}: {error.validator_value!r:.80}"


def escape(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def _unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")
