"""How a field of a request becomes an argument: its annotation, check and imports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline_pipeline.checks.contract.naming import class_name, identifier, inline_class
from trunkline_pipeline.checks.contract.sample_values import one_variant
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array

from .docstring import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_pipeline.checks.contract.operations import Field, Operation

    Document = Mapping[str, Any]

#: A module and a name in it.
Import = tuple[str, str]

_CHECKS: Final = "trunkline._engine.client.validation"
_NESTED: Final = "trunkline._engine.client.nested_objects"
_ABC: Final = "collections.abc"
#: A telephone number is recognised by its pattern, which is that of E.164.
_E164: Final = ("^\\+[1-9]", "^\\+?[1-9]")
_PLAIN: Final = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}


class Form(NamedTuple):
    """An argument.

    Attributes:
        annotation: its type, without ``None``.
        value: the expression that is sent, with ``{name}`` for the argument.
        takes_none: whether the expression accepts None.
        imports: what the expression needs.
        typing: what only the annotation needs.
    """

    annotation: str
    value: str = "{name}"
    takes_none: bool = True
    imports: tuple[Import, ...] = ()
    typing: tuple[Import, ...] = ()

    def expression(self, name: str, *, optional: bool) -> str:
        """Return the expression that is sent for an argument."""
        value = self.value.format(name=name)
        return f"None if {name} is None else {value}" if optional and not self.takes_none else value


def body_class(operation: Operation) -> str:
    """Return the class of a request's body."""
    content = operation.definition.get("requestBody", {}).get("content", {})
    schema = content.get(operation.media_type, {}).get("schema", {})
    if "$ref" in schema:
        return class_name(schema["$ref"].rpartition("/")[2])
    return inline_class(operation.operation_id, schema, "body")


def owner_of(operation: Operation, field: Field) -> str:
    """Return the name from which the generated class of an unnamed field is derived.

    It is the model of the body, or the operation.
    """
    is_inside = field.location in {"json", "form"}
    return body_class(operation) if is_inside else operation.operation_id


def form_of(field: Field, document: Document, package: str, owner: str = "") -> Form:
    """Return the argument of a field; ``owner`` is the result of :func:`owner_of`."""
    name = _reference(field, document)
    if owner and not name:
        name = inline_class(owner, field.schema, field.name)
    schema = one_variant(field.schema, document)
    kinds = schema.get("type", "object" if "properties" in schema else "any")
    kind = next((k for k in kinds if k != "null"), "any") if is_array(kinds) else kinds
    match kind:
        case _ if field.location == "path":
            found = _path(kind, schema)
        case "string" if schema.get("enum"):
            found = _enum(name, package)
        case "string":
            found = _text(schema)
        case "integer" if "minimum" in schema or "maximum" in schema:
            found = _bounded(schema)
        case "array":
            found = _array(schema, document, package)
        case "object" | "any":
            found = _object(name, package, is_any=kind == "any")
        case _:
            found = Form(_PLAIN[kind])
    return found


def _path(kind: str, schema: Document) -> Form:
    if kind == "integer" and ("minimum" in schema or "maximum" in schema):
        return _bounded(schema)
    if kind == "integer":
        return Form("int", 'bounded_int("{name}", {name}, 0)', imports=((_CHECKS, "bounded_int"),))
    if schema.get("format") in {"date", "date-time"}:
        return _text(schema)
    return Form("str", 'identifier("{name}", {name})', imports=((_CHECKS, "identifier"),))


def _reference(field: Field, document: Document) -> str:
    """Return the class of the component of a field's value, empty if there is none."""
    if field.reference and not (field.schema.get("anyOf") or field.schema.get("allOf")):
        return class_name(field.reference)
    for keyword in ("anyOf", "oneOf", "allOf"):
        for part in field.schema.get(keyword, ()):
            if "$ref" in part and resolve(part, document).get("type") != "null":
                return class_name(part["$ref"].rpartition("/")[2])
    return class_name(field.reference) if field.reference else ""


def _enum(name: str, package: str) -> Form:
    if not name:
        return Form("str")
    module = module_of(name, package)
    return Form(
        f"{name}Value | {name}",
        f'enum_member("{{name}}", {{name}}, {name})',
        imports=((_CHECKS, "enum_member"), (module, name)),
        typing=((module, f"{name}Value"),),
    )


def _text(schema: Document) -> Form:
    pattern, form = str(schema.get("pattern", "")), schema.get("format")
    if pattern.startswith(_E164):
        call = 'phone_number("{name}", {name}, self._options)'
        return Form("str", call, takes_none=False, imports=((_CHECKS, "phone_number"),))
    if form == "date-time":
        moment = ("datetime", "datetime"), ("datetime", "date")
        call = 'to_utc("{name}", {name})'
        return Form("datetime | date | str", call, imports=((_CHECKS, "to_utc"),), typing=moment)
    if form == "date":
        call, day = 'plain_day("{name}", {name})', (("datetime", "date"),)
        return Form("date | str", call, imports=((_CHECKS, "plain_day"),), typing=day)
    if form == "uri":
        call = 'web_address("{name}", {name})'
        return Form("str", call, takes_none=False, imports=((_CHECKS, "web_address"),))
    if pattern:
        text = json.dumps(pattern).replace("{", "{{").replace("}", "}}")
        call = f'matching_text("{{name}}", {{name}}, {text})'
        return Form("str", call, imports=((_CHECKS, "matching_text"),))
    return Form("str")


def _bounded(schema: Document) -> Form:
    low, high = schema.get("minimum"), schema.get("maximum")
    bounds = f"{low}" if high is None else f"{low}, {high}"
    call = f'bounded_int("{{name}}", {{name}}, {bounds})'
    return Form("int", call, imports=((_CHECKS, "bounded_int"),))


def _array(schema: Document, document: Document, package: str) -> Form:
    items = resolve(schema.get("items", {}), document)
    name = class_name(str(schema.get("items", {}).get("$ref", "")).rpartition("/")[2])
    sequence = ((_ABC, "Sequence"),)
    if name and items.get("enum"):
        module = module_of(name, package)
        call = f'[enum_member("{{name}}", each, {name}) for each in {{name}}]'
        return Form(
            f"Sequence[{name}Value | {name}]",
            call,
            takes_none=False,
            imports=((_CHECKS, "enum_member"), (module, name)),
            typing=(*sequence, (module, f"{name}Value")),
        )
    if name:
        call = f'[nested_object("{{name}}", {name}, each) for each in {{name}}]'
        return Form(
            "Sequence[Mapping[str, Any]]",
            call,
            takes_none=False,
            imports=((_NESTED, "nested_object"), (module_of(name, package), name)),
            typing=(*sequence, (_ABC, "Mapping"), ("typing", "Any")),
        )
    item = _PLAIN.get(str(items.get("type")), "Any")
    more = (("typing", "Any"),) if item == "Any" else ()
    return Form(f"Sequence[{item}]", "list({name})", takes_none=False, typing=(*sequence, *more))


def _object(name: str, package: str, *, is_any: bool) -> Form:
    anything: tuple[Import, ...] = (("typing", "Any"),)
    if is_any or not name:
        return Form("Any" if is_any else "Mapping[str, Any]", typing=(*anything, (_ABC, "Mapping")))
    call = f'nested_object("{{name}}", {name}, {{name}})'
    return Form(
        "Mapping[str, Any]",
        call,
        takes_none=False,
        imports=((_NESTED, "nested_object"), (module_of(name, package), name)),
        typing=((_ABC, "Mapping"), *anything),
    )


def module_of(name: str, package: str) -> str:
    """Return the module to import a model from, or the package if the module's name is too long.

    The package imports a model lazily, so it costs no more.
    """
    home = f"trunkline_generated.{package}.models"
    module = f"{home}.{identifier(name)}"
    return module if len(f"    from {module} import (") <= WIDTH else home
