"""OpenAPI documents: which operation a request matches, and whether data fit its schemas.

The patched contracts are read from the generated packages, so that the sandbox and the client
that talks to it stand on the same bytes.
"""

# ruff: noqa: D102  # internal: only docstrings that give a reason
from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from trunkline._json import is_array, is_object
from trunkline.errors import ConfigurationError
from trunkline.sandbox.contract.formats import FORMATS, StrictValidator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Contract", "Document", "Operation", "Parameter", "Violation", "load_contract"]

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


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


class Document:
    """An OpenAPI 3.1 document whose schemas can be pointed at."""

    def __init__(self, name: str, contents: Mapping[str, Any]) -> None:
        self.name = name
        self.contents = contents
        resource = DRAFT202012.create_resource(contents)
        self._registry: Any = Registry[Any]().with_resource(f"contract:{name}", resource)
        self._validators: dict[str, Any] = {}

    def at(self, pointer: str) -> tuple[str, Any]:
        """Return the node at a JSON pointer, with references followed, and its real pointer."""
        node: Any = self.contents
        for token in pointer.split("/")[1:]:
            node = node[int(token)] if is_array(node) else node[_unescaped(token)]
        if is_object(node) and "$ref" in node:
            return self.at(node["$ref"].removeprefix("#"))
        return pointer, node

    def violations(self, pointer: str, value: Any, *location: str | int) -> Iterator[Violation]:
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
    """A parameter of an operation; `pointer` leads to its schema."""

    name: str
    location: str
    is_required: bool
    pointer: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a contract.

    Attributes:
        operation_id: the contract's operationId.
        method: upper case.
        template: the path template.
        pattern: what a raw (still encoded) path must look like.
        parameters: in the contract's order.
        bodies: media type to pointer of its schema; empty when no body is described.
        is_body_required: whether a body must be there.
        responses: status to media type to pointer of its schema (None for any content).
    """

    operation_id: str
    method: str
    template: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    bodies: Mapping[str, str]
    is_body_required: bool
    responses: Mapping[str, Mapping[str, str | None]]

    def path_values(self, raw_path: str) -> dict[str, str] | None:
        """Return the decoded path parameters, None when the path does not match."""
        found = self.pattern.fullmatch(raw_path)
        names = (item.name for item in self.parameters if item.location == "path")
        if found is None:
            return None
        groups = re.findall(r"{([^}]+)}", self.template)
        values = dict(zip(groups, map(unquote, found.groups()), strict=True))
        return {name: values[name] for name in names}


class Contract:
    """All operations of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.operations = tuple(sorted(_operations(document), key=_generality))

    def find(self, method: str, raw_path: str) -> tuple[Operation | None, tuple[str, ...]]:
        """Return the operation of a request, and the methods that its path allows."""
        fitting = [item for item in self.operations if item.pattern.fullmatch(raw_path)]
        same_path = [item for item in fitting if item.template == fitting[0].template]
        chosen = next((item for item in same_path if item.method == method), None)
        return chosen, tuple(sorted(item.method for item in same_path))


def load_contract(package: str) -> Contract:
    """Read the patched contract of a generated package.

    Raises:
        ConfigurationError: the package or its contract is missing.
    """
    try:
        source = resources.files(f"trunkline_generated.{package}").joinpath("openapi.json")
        contents = json.loads(source.read_text("utf-8"))
    except (ModuleNotFoundError, FileNotFoundError):
        raise ConfigurationError(
            f"trunkline_generated.{package} has no openapi.json: install trunkline again, "
            "or run `make generate` in a source tree"
        ) from None
    return Contract(Document(package, contents))


def _operations(document: Document) -> Iterator[Operation]:
    for template, item in document.contents["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(document, template, method)


def _operation(document: Document, template: str, method: str) -> Operation:
    base = f"/paths/{_escaped(template)}/{method}"
    _, node = document.at(base)
    bodies, is_required = _bodies(document, base) if "requestBody" in node else ({}, False)
    return Operation(
        operation_id=node["operationId"],
        method=method.upper(),
        template=template,
        pattern=_path_pattern(template),
        parameters=tuple(_parameters(document, template, method)),
        bodies=bodies,
        is_body_required=is_required,
        responses={
            code: _media(document, f"{base}/responses/{code}") for code in node["responses"]
        },
    )


def _parameters(document: Document, template: str, method: str) -> Iterator[Parameter]:
    path = f"/paths/{_escaped(template)}"
    for owner in (path, f"{path}/{method}"):
        _, node = document.at(owner)
        for index in range(len(node.get("parameters", ()))):
            pointer, spec = document.at(f"{owner}/parameters/{index}")
            yield _parameter(document, pointer, spec)


def _parameter(document: Document, pointer: str, spec: Mapping[str, Any]) -> Parameter:
    where, schema = document.at(f"{pointer}/schema")
    return Parameter(
        name=spec["name"],
        location=spec["in"],
        is_required=bool(spec.get("required", False)),
        pointer=where,
        types=frozenset(_types(schema)),
    )


def _types(schema: Mapping[str, Any]) -> list[str]:
    declared = schema.get("type", "string")
    return [declared] if isinstance(declared, str) else list(declared)


def _bodies(document: Document, operation: str) -> tuple[dict[str, str], bool]:
    where, node = document.at(f"{operation}/requestBody")
    media = _media(document, where)
    return {kind: schema for kind, schema in media.items() if schema}, bool(node.get("required"))


def _media(document: Document, pointer: str) -> dict[str, str | None]:
    where, node = document.at(pointer)
    return {
        kind: f"{where}/content/{_escaped(kind)}/schema" if "schema" in content else None
        for kind, content in node.get("content", {}).items()
    }


def _path_pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"{[^}]+}", template)
    return re.compile("([^/]+)".join(re.escape(part) for part in parts))


def _generality(operation: Operation) -> tuple[int, str, str]:
    # A literal path wins over a templated one, as OpenAPI 3.1 asks.
    return operation.template.count("{"), operation.template, operation.method


def _sentence(error: Any) -> str:
    if error.validator == "required":
        return str(error.message)
    if error.validator in {"anyOf", "oneOf"}:
        return "fits none of the forms that the contract allows"
    return f"does not fit the contract's {error.validator}: {error.validator_value!r:.80}"


def _escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def _unescaped(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")
