"""What a contract offers: its operations, with everything that a caller may set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from openapi_python_client.strings import PythonIdentifier

from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.inputs.pins import operations
from trunkline_pipeline.json_types import is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

JSON: Final = "json"
FORM: Final = "form"
_FORM_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to set.

    Attributes:
        name: its name on the wire.
        location: path, query, header, cookie, json or form.
        schema: what it may be.
        inside: names of the objects of the body that it is in, outermost first.
    """

    name: str
    location: str
    schema: Mapping[str, Any]
    inside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.location} {'.'.join([*self.inside, self.name])}"

    def parts(self, document: Mapping[str, Any]) -> tuple[Field, ...]:
        """Return the fields of an object, for a method that takes them one by one."""
        path = (*self.inside, self.name)
        return tuple(
            Field(name, self.location, resolve(schema, document), path)
            for name, schema in properties(self.schema, document).items()
        )

    @property
    def python_name(self) -> str:
        """The name as an argument, by the generator's own rule: ``from_``, ``agent_id``."""
        return str(PythonIdentifier(self.name, "field_"))


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, with one variant of its body.

    Attributes:
        key: the generated package and the name of its endpoint module.
        method: the HTTP method.
        path: the path, with the names of its parameters.
        fields: everything that can be set.
        media_type: of the body, empty where there is none.
        open_body: the body is an object without declared fields: callers must be able to send any.
    """

    key: tuple[str, str]
    method: str
    path: str
    fields: tuple[Field, ...]
    media_type: str
    open_body: bool

    def __str__(self) -> str:
        return f"{'.'.join(self.key)} ({self.method.upper()} {self.path})"


def contract_operations(package: str, document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the operations of a contract, once for each variant of the body.

    Args:
        package: the generated package.
        document: the patched contract.
    """
    for path, method, operation in operations(document):
        shared = document["paths"][path].get("parameters", [])
        parameters = _parameters([*shared, *operation.get("parameters", [])], document)
        for media_type, body in _bodies(operation, document) or [("", ())]:
            yield Operation(
                key=(package, str(PythonIdentifier(operation["operationId"], "field_"))),
                method=method,
                path=path,
                fields=(*parameters, *body),
                media_type=media_type,
                open_body="requestBody" in operation and not body,
            )


def _parameters(parameters: list[Any], document: Mapping[str, Any]) -> list[Field]:
    return [_parameter(reference, document) for reference in parameters]


def _parameter(reference: Mapping[str, Any], document: Mapping[str, Any]) -> Field:
    parameter = resolve(reference, document)
    schema = resolve(parameter.get("schema", {}), document)
    example = {"example": parameter["example"]} if "example" in parameter else {}
    return Field(parameter["name"], parameter["in"], {**schema, **example})


def _bodies(
    operation: Mapping[str, Any], document: Mapping[str, Any]
) -> list[tuple[str, tuple[Field, ...]]]:
    content = resolve(operation.get("requestBody", {}), document).get("content", {})
    return [
        (media_type, _body(media_type, fields, document))
        for media_type, media in content.items()
        for fields in _variants(media.get("schema", {}), document)
    ]


def _body(
    media_type: str, fields: Mapping[str, Any], document: Mapping[str, Any]
) -> tuple[Field, ...]:
    location = FORM if media_type in _FORM_TYPES else JSON
    return tuple(Field(name, location, resolve(fields[name], document)) for name in fields)


def _variants(schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    schema = resolve(schema, document)
    parts = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if not parts:
        return [properties(schema, document)]
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "oneOf"}}
    shared = properties(rest, document)
    return [shared | variant for part in parts for variant in _variants(part, document)]


def properties(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an object schema, over all its parts and variants."""
    schema = resolve(schema, document)
    found: dict[str, Any] = {}
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            found |= properties(part, document)
    own = schema.get("properties", {})
    return found | own if is_object(own) else found
