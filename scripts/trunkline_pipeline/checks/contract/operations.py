"""The operations of a contract, with everything that a caller may set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.inputs.pins import operations
from trunkline_pipeline.json_types import is_object

from .naming import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Document = Mapping[str, Any]

JSON: Final = "json"
FORM: Final = "form"
_FORM_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field that a caller may set.

    Attributes:
        name: its name on the wire.
        location: path, query, header, cookie, json or form.
        schema: its schema.
        required: a request without it is invalid; where the body is optional, the body is invalid:
            most documents that omit ``required`` of a body mean a required body.
        inside: names of the objects in the body that contain it, outermost first.
        reference: the name of the component that describes it, empty if there is none.
    """

    name: str
    location: str
    schema: Mapping[str, Any]
    required: bool = False
    inside: tuple[str, ...] = ()
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.location} {'.'.join([*self.inside, self.name])}"

    def parts(self, document: Document) -> tuple[Field, ...]:
        """Return the fields of an object, for a method that takes them one by one."""
        path, needed = (*self.inside, self.name), required_names(self.schema, document)
        return tuple(
            _field(name, self.location, schema, document, self.required and name in needed, path)
            for name, schema in properties(self.schema, document).items()
        )

    @property
    def python_name(self) -> str:
        """The name as an argument, by the generator's rule: ``from_``, ``agent_id``."""
        return identifier(self.name)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, with one variant of its body.

    Attributes:
        key: the generated package and the name of its endpoint module.
        operation_id: its name in the contract.
        method: the HTTP method, in lower case.
        path: the path, with the names of its parameters.
        fields: the fields that can be set.
        media_type: of the body, empty where there is none.
        open_body: the body is an object without declared fields: callers may send any.
        definition: the operation in the contract.
    """

    key: tuple[str, str]
    operation_id: str
    method: str
    path: str
    fields: tuple[Field, ...]
    media_type: str
    open_body: bool
    definition: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def pointer(self) -> str:
        """Its JSON pointer in the document."""
        return f"/paths/{self.path.replace('~', '~0').replace('/', '~1')}/{self.method}"

    def successes(self, document: Document) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
        """Yield status, media type and schema of each success; the last two may be empty."""
        for status, reference in self.definition.get("responses", {}).items():
            if str(status).startswith("2"):
                content: dict[str, Any] = resolve(reference, document).get("content", {})
                for media_type in content or [""]:
                    yield int(status), media_type, content.get(media_type, {}).get("schema", {})

    def needs_body(self, document: Document) -> bool:
        """Return whether a request without a body is invalid."""
        return resolve(self.definition.get("requestBody", {}), document).get("required") is True

    def schemes(self, document: Document) -> tuple[str, ...]:
        """Return the names of the security schemes of its first alternative."""
        security = self.definition.get("security", document.get("security", []))
        return tuple(security[0]) if security else ()


def contract_operations(package: str, document: Document) -> Iterator[Operation]:
    """Yield the operations of a contract, once for each variant of the body.

    Args:
        package: the generated package.
        document: the patched contract.
    """
    for path, method, operation in operations(document):
        shared = document["paths"][path].get("parameters", [])
        parameters = _parameters([*shared, *operation.get("parameters", [])], document)
        identity = str(operation.get("operationId", f"{method}_{path}"))
        for media_type, body in _bodies(operation, document) or [("", ())]:
            yield Operation(
                key=(package, identifier(identity)),
                operation_id=identity,
                method=method,
                path=path,
                fields=(*parameters, *body),
                media_type=media_type,
                open_body="requestBody" in operation and not body,
                definition=operation,
            )


def _parameters(parameters: list[Any], document: Document) -> list[Field]:
    found = [_parameter(reference, document) for reference in parameters]
    # A parameter of the operation overrides that of its path.
    return list({(each.location, each.name): each for each in found}.values())


def _parameter(reference: Mapping[str, Any], document: Document) -> Field:
    parameter = resolve(reference, document)
    made = _field(
        parameter["name"],
        parameter["in"],
        parameter.get("schema", {}),
        document,
        parameter.get("required") is True,
    )
    more = {
        key: parameter[key] for key in ("example", "deprecated", "description") if key in parameter
    }
    return replace(made, schema={**made.schema, **more})


def _field(
    name: str,
    location: str,
    schema: Mapping[str, Any],
    document: Document,
    required: bool,  # noqa: FBT001  # passed on, never a literal
    inside: tuple[str, ...] = (),
) -> Field:
    reference = str(schema.get("$ref", "")).rpartition("/")[2]
    return Field(name, location, resolve(schema, document), required, inside, reference)


def _bodies(
    operation: Mapping[str, Any], document: Document
) -> list[tuple[str, tuple[Field, ...]]]:
    body = resolve(operation.get("requestBody", {}), document)
    content: dict[str, Any] = body.get("content", {})
    return [
        (media_type, _body(media_type, variant, document))
        for media_type, media in content.items()
        for variant in _variants(media.get("schema", {}), document)
    ]


def _body(
    media_type: str, variant: tuple[dict[str, Any], set[str]], document: Document
) -> tuple[Field, ...]:
    location = FORM if media_type in _FORM_TYPES else JSON
    fields, needed = variant
    return tuple(
        _field(name, location, schema, document, name in needed) for name, schema in fields.items()
    )


def _variants(
    schema: Mapping[str, Any], document: Document
) -> list[tuple[dict[str, Any], set[str]]]:
    schema = resolve(schema, document)
    parts = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "oneOf"}}
    shared = properties(rest, document), required_names(rest, document)
    if not parts:
        return [shared]
    return [
        (shared[0] | fields, shared[1] | needed)
        for part in parts
        for fields, needed in _variants(part, document)
    ]


def properties(schema: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """Return the fields of an object schema, over all its parts and variants."""
    schema = resolve(schema, document)
    found: dict[str, Any] = {}
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            found |= properties(part, document)
    own = schema.get("properties", {})
    return found | own if is_object(own) else found


def required_names(schema: Mapping[str, Any], document: Document) -> set[str]:
    """Return the names of the fields that an object must have."""
    schema = resolve(schema, document)
    found = set(schema.get("required", ()))
    for part in schema.get("allOf", ()):
        found |= required_names(part, document)
    return found
